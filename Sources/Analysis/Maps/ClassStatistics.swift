import TensorCore

/// The numbers of every class by itself.
struct ClassStatistics {
  let baseline: ModelScan
  let egt: ModelScan
  let options: AuditOptions
  private let means: (baseline: Column, egt: Column)

  /// - Parameters: two scans of the same samples.
  init(baseline: ModelScan, egt: ModelScan, options: AuditOptions) {
    self.baseline = baseline
    self.egt = egt
    self.options = options
    means = (Self.meanCosines(baseline), Self.meanCosines(egt))
  }

  /// Per sample, the mean cosine over the early exits at which it is defined.
  private static func meanCosines(_ scan: ModelScan) -> Column {
    let series = (0..<scan.exitCount - 1).map { scan.series(exit: $0, \.cosine) }
    return Column((0..<scan.sampleCount).map { sample in series.map { $0[sample] }.definedMean })
  }

  func rows(classCount: Int) -> [ClassResult] {
    var members = [[Int]](repeating: [], count: classCount)
    for (sample, label) in baseline.labels.enumerated() { members[label].append(sample) }
    let arms = [baseline, egt].map(ClassSeries.init)
    let known = members
    // Every class has a bootstrap of its own: its samples are drawn from the class.
    return ParallelLoop.map(classCount) { label in
      row(label, known[label], arms)
    }
  }

  private func row(_ label: Int, _ samples: [Int], _ arms: [ClassSeries]) -> ClassResult {
    var bootstrap = Bootstrap(
      sampleCount: samples.count, resamples: options.resamples, seed: options.seed)
    let values = [means.baseline, means.egt].map { all in Column(samples.map { all[$0] }) }
    let series = values + [PairedStatistics.difference(values[1], values[0])]
    let places =
      samples.isEmpty
      ? [nil, nil, nil]
      : series.map { bootstrap.add($0).map { bootstrap.ask(forAverageOf: [$0]) } }
    let distributions = places.allSatisfy { $0 == nil } ? [] : bootstrap.run()
    let estimates = places.map { $0.map { distributions[$0].estimate } }
    return ClassResult(
      label: label, sampleCount: samples.count,
      baseline: arms[0].numbers(samples, mean: estimates[0]),
      egt: arms[1].numbers(samples, mean: estimates[1]), deltaCosine: estimates[2])
  }
}

/// One arm's series, from which a class picks its samples.
private struct ClassSeries: Sendable {
  private struct Exit: Sendable {
    var cosine: Column
    var centred: Column
    var null: Column
    var classNull: Column
    /// [recording]
    var defined: [[Bool]]
  }

  private var exits: [Exit]
  private var rightness: Column

  init(_ scan: ModelScan) {
    exits = (0..<scan.exitCount - 1).map { exit in
      Exit(
        cosine: scan.series(exit: exit, \.cosine), centred: scan.series(exit: exit, \.centred),
        null: scan.series(exit: exit, \.cosineNull.asMap),
        classNull: scan.series(exit: exit, \.classCosineNull.asMap),
        defined: scan.exits.map { $0[exit].consistency!.cosine.map { $0 != nil } })
    }
    rightness = scan.rightness(exit: scan.exitCount - 1)
  }

  func numbers(_ samples: [Int], mean: Estimate?) -> ClassModel {
    let rows = exits.map { exit -> ClassNumbers in
      func mean(_ values: Column) -> Double? { samples.map { values[$0] }.definedMean }
      let cosine = mean(exit.cosine)
      return ClassNumbers(
        n: exit.defined.reduce(0) { sum, list in sum + samples.count { list[$0] } },
        cosine: cosine.map { Estimate($0) }, centred: mean(exit.centred),
        excess: mean(PairedStatistics.difference(exit.cosine, exit.null)),
        sameClassExcess: mean(PairedStatistics.difference(exit.cosine, exit.classNull)))
    }
    return ClassModel(
      mean: ClassNumbers(
        n: samples.count { sample in exits.contains { $0.cosine[sample] != nil } }, cosine: mean,
        centred: rows.map(\.centred).definedMean, excess: rows.map(\.excess).definedMean,
        sameClassExcess: rows.map(\.sameClassExcess).definedMean),
      exits: rows, accuracy: accuracy(samples))
  }

  private func accuracy(_ samples: [Int]) -> Estimate? {
    samples.isEmpty ? nil : WilsonInterval.estimate(meanOf: samples.map { rightness[$0]! })
  }
}
