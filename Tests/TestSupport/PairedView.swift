import Analysis

/// A model's differences from the reference with their numbers at hand.
@dynamicMemberLookup
public struct PairedView: Sendable {
  public var paired: PairedResult
  public var exits: [PairedExitView]
  public var mean: MeanView
  /// Accuracy where images leave.
  public var earlyAccuracy: Number?

  public subscript<Value>(dynamicMember path: WritableKeyPath<PairedResult, Value>) -> Value {
    get { paired[keyPath: path] }
    set { paired[keyPath: path] = newValue }
  }

  init(_ paired: PairedResult, _ numbers: Numbers, model: Int) {
    let subject = Subject.difference(model)
    self.paired = paired
    exits = paired.exits.map { PairedExitView($0, numbers, subject) }
    mean = MeanView(numbers, subject)
    earlyAccuracy = numbers[.accuracy, .earlyStop, subject]
  }

  public init(exits: [PairedExitView], mean: MeanView) {
    paired = PairedResult(exits: exits.map(\.exit))
    self.exits = exits
    self.mean = mean
  }

  public func write(into result: inout AuditResult, model: Int) {
    let subject = Subject.difference(model)
    var paired = paired
    paired.exits = exits.map(\.exit)
    let place = result.comparisons.firstIndex { $0.model == model }!
    result.comparisons[place].paired = paired
    for exit in exits { exit.numbers.write(&result.numbers, .exit(exit.exit.exit), subject) }
    mean.numbers.write(&result.numbers, .early, subject)
    result.numbers[.accuracy, .earlyStop, subject] = earlyAccuracy
  }
}

/// The differences at an exit.
@dynamicMemberLookup
public struct PairedExitView: Sendable {
  public var exit: PairedExit
  public var numbers: PlaceNumbers

  public subscript<Value>(dynamicMember path: WritableKeyPath<PairedExit, Value>) -> Value {
    get { exit[keyPath: path] }
    set { exit[keyPath: path] = newValue }
  }

  public subscript(measure: Measure) -> Number? {
    get { numbers[measure] }
    set { numbers[measure] = newValue }
  }

  init(_ exit: PairedExit, _ numbers: Numbers, _ subject: Subject) {
    self.exit = exit
    self.numbers = PlaceNumbers(numbers, .exit(exit.exit), subject)
  }

  public init(_ exit: Int, _ numbers: [Measure: Number]) {
    self.exit = PairedExit(exit: exit)
    self.numbers = PlaceNumbers(numbers)
  }
}
