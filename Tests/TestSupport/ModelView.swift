import Analysis
import TensorCore

/// A model with its numbers at hand, as tests read and write them: what is set here goes into `AuditResult.numbers`.
@dynamicMemberLookup
public struct ModelView: Sendable {
  public var model: ModelResult
  public var exits: [ExitView]
  public var mean: MeanView
  /// Accuracy where images leave.
  public var earlyAccuracy: Number?

  public subscript<Value>(dynamicMember path: WritableKeyPath<ModelResult, Value>) -> Value {
    get { model[keyPath: path] }
    set { model[keyPath: path] = newValue }
  }

  public init(_ model: ModelResult, _ numbers: Numbers) {
    let subject = Subject.model(model.index)
    self.model = model
    exits = model.exits.map { ExitView($0, numbers, subject) }
    mean = MeanView(numbers, subject)
    earlyAccuracy = numbers[.accuracy, .earlyStop, subject]
  }

  public init(
    name: String, index: Int, lambda: Double?, exits: [ExitView], mean: MeanView,
    earlyExit: EarlyExitResult, earlyAccuracy: Estimate, costCurve: [CostPoint]
  ) {
    model = ModelResult(
      name: name, index: index, seeds: [1], lambda: lambda, stopGradient: false,
      attentionKind: "softmax", exits: exits.map(\.exit), earlyExit: earlyExit,
      costCurve: costCurve)
    self.exits = exits
    self.mean = mean
    self.earlyAccuracy = Number(earlyAccuracy)
  }

  public func write(into result: inout AuditResult) {
    let subject = Subject.model(model.index)
    var model = model
    model.exits = exits.map(\.exit)
    result.models[model.index] = model
    for exit in exits { exit.numbers.write(&result.numbers, .exit(exit.exit.exit), subject) }
    mean.numbers.write(&result.numbers, .early, subject)
    result.numbers[.accuracy, .earlyStop, subject] = earlyAccuracy
  }
}

/// An exit with its numbers.
@dynamicMemberLookup
public struct ExitView: Sendable {
  public var exit: ExitResult
  public var numbers: PlaceNumbers

  public subscript<Value>(dynamicMember path: WritableKeyPath<ExitResult, Value>) -> Value {
    get { exit[keyPath: path] }
    set { exit[keyPath: path] = newValue }
  }

  public subscript(measure: Measure) -> Number? {
    get { numbers[measure] }
    set { numbers[measure] = newValue }
  }

  init(_ exit: ExitResult, _ numbers: Numbers, _ subject: Subject) {
    self.exit = exit
    self.numbers = PlaceNumbers(numbers, .exit(exit.exit), subject)
  }

  public init(_ exit: ExitResult, _ numbers: [Measure: Number]) {
    self.exit = exit
    self.numbers = PlaceNumbers(numbers)
  }
}

/// The mean over the early exits.
public struct MeanView: Sendable {
  public var numbers: PlaceNumbers

  public subscript(measure: Measure) -> Number? {
    get { numbers[measure] }
    set { numbers[measure] = newValue }
  }

  init(_ numbers: Numbers, _ subject: Subject) {
    self.numbers = PlaceNumbers(numbers, .early, subject)
  }

  public init(_ numbers: [Measure: Number]) { self.numbers = PlaceNumbers(numbers) }
}

/// Every number at a place, of one subject.
public struct PlaceNumbers: Sendable {
  private var numbers: [Measure: Number] = [:]

  public subscript(measure: Measure) -> Number? {
    get { numbers[measure] }
    set { numbers[measure] = newValue }
  }

  public init(_ numbers: [Measure: Number] = [:]) { self.numbers = numbers }

  init(_ all: Numbers, _ place: Place, _ subject: Subject) {
    for measure in Measure.all { numbers[measure] = all[measure, place, subject] }
  }

  func write(_ all: inout Numbers, _ place: Place, _ subject: Subject) {
    for measure in Measure.all { all[measure, place, subject] = numbers[measure] }
  }
}
