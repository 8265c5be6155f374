import TensorCore

/// The numbers of every class by itself: a sample's consistency is the mean over the early exits at which it is defined.
enum ClassNumbers {
  /// Fills the classes' numbers of models that saw the same samples.
  /// - Parameters:
  ///   - models: places in the list.
  ///   - references: of those that are compared, the place of what they are compared with.
  static func fill(
    _ numbers: inout Numbers, _ scans: [ModelScan], models: [Int], references: [Int: Int],
    classCount: Int, _ options: AuditOptions
  ) {
    var members = [[Int]](repeating: [], count: classCount)
    for (sample, label) in scans[models[0]].labels.enumerated() { members[label].append(sample) }
    let known = members
    let series = models.map { ClassSeries(scans[$0], model: $0) }
    // Every class has a bootstrap of its own: its samples are drawn from the class.
    let classes = ParallelLoop.map(classCount) { label in
      row(label, known[label], series, references, options)
    }
    for (label, row) in classes.enumerated() {
      for (place, subject, measure, number) in row {
        let place: Place =
          switch place {
          case .exit(let exit): .labelAtExit(label, exit: exit)
          default: .label(label)
          }
        numbers[measure, place, subject] = number
      }
    }
  }

  typealias Row = [(place: Place, subject: Subject, measure: Measure, number: Number)]

  private static func row(
    _ label: Int, _ samples: [Int], _ models: [ClassSeries], _ references: [Int: Int],
    _ options: AuditOptions
  ) -> Row {
    guard !samples.isEmpty else { return [] }
    var bootstrap = Bootstrap(
      sampleCount: samples.count, resamples: options.resamples, seed: options.seed)
    let values = models.map { model in Column(samples.map { model.mean[$0] }) }
    let own = values.map { bootstrap.mean(of: $0) }
    let differences = models.map { model -> Pending<BootstrapDistribution>? in
      guard let reference = references[model.model] else { return nil }
      let left = models.firstIndex { $0.model == reference }!
      let right = models.firstIndex { $0.model == model.model }!
      return bootstrap.mean(of: Column(difference: values[right], values[left]))
    }
    let isAny = (own + differences).contains { $0 != nil }
    let distributions = isAny ? bootstrap.run() : []
    var row: Row = []
    for (index, model) in models.enumerated() {
      let subject = Subject.model(model.model)
      row += model.numbers(samples, mean: own[index]?.value(in: distributions).estimate)
        .map { ($0, subject, $1, $2) }
      if let difference = differences[index] {
        let number = Number(difference.value(in: distributions).estimate)
        row.append((.early, .difference(model.model), .cosine, number))
      }
    }
    return row
  }
}

/// One model's series, from which a class picks its samples.
private struct ClassSeries: Sendable {
  private struct Exit: Sendable {
    var cosine: Column
    var centred: Column
    var excess: Column
    var sameClassExcess: Column
    /// [recording]
    var defined: [[Bool]]
  }

  let model: Int
  /// Per sample, the mean cosine over the early exits at which it is defined.
  let mean: Column
  private var exits: [Exit]
  private var rightness: Column

  init(_ scan: ModelScan, model: Int) {
    self.model = model
    exits = (0..<scan.exitCount - 1).map { exit in
      let cosine = scan.series(exit: exit, \.cosine)
      return Exit(
        cosine: cosine, centred: scan.series(exit: exit, \.centred),
        excess: Column(difference: cosine, scan.series(exit: exit, \.cosineNull.asMap)),
        sameClassExcess: Column(
          difference: cosine, scan.series(exit: exit, \.classCosineNull.asMap)),
        defined: scan.exits.map { $0[exit].consistency!.cosine.map { $0 != nil } })
    }
    rightness = scan.rightness(exit: scan.exitCount - 1)
    let cosines = exits.map(\.cosine)
    mean = Column((0..<scan.sampleCount).map { sample in cosines.map { $0[sample] }.definedMean })
  }

  /// - Parameter mean: the cosine's mean over samples of their means over exits, with its interval.
  func numbers(_ samples: [Int], mean: Estimate?) -> [(Place, Measure, Number)] {
    var result: [(Place, Measure, Number)] = []
    let measures: [(Measure, KeyPath<Exit, Column>)] = [
      (.cosine, \.cosine), (.centred, \.centred), (.excess, \.excess),
      (.sameClassExcess, \.sameClassExcess),
    ]
    let n = samples.count { sample in exits.contains { $0.cosine[sample] != nil } }
    for (measure, path) in measures {
      let values = exits.map { exit in samples.map { exit[keyPath: path][$0] }.definedMean }
      for (exit, value) in values.enumerated() {
        let defined = exits[exit].defined.reduce(0) { sum, list in
          sum + samples.count { list[$0] }
        }
        if let value {
          result.append((.exit(exit + 1), measure, Number(Estimate(value), n: defined)))
        }
      }
      let whole = measure == .cosine ? mean : values.definedMean.map { Estimate($0) }
      if let whole { result.append((.early, measure, Number(whole, n: n))) }
    }
    let right = samples.map { rightness[$0]! }
    result.append(
      (.early, .accuracy, Number(WilsonInterval.estimate(meanOf: right), n: right.count)))
    return result
  }
}
