import TensorCore

/// One arm's numbers about maps, while they wait for the bootstrap: every measure of agreement, concentration at
/// equal resolution, and consistency against correctness.
struct MapNumbers {
  private struct Measure {
    var measure: MapMeasure
    var mean: Int
    var n: Int
    var null: Double?
    /// Behind its interval.
    var excess: Int?
    var hasExcess: Bool
    var classNull: Double?
    /// Its own value; the series' mean differs from it where only some recordings define a sample.
    var classExcessValue: Double?
    var classExcess: Int?
    var classN: Int
  }

  private struct Concentration {
    var spread: Int?
    var entropy: Int?
    var gini: Int?
    var n: Int
    var shareN: Int
  }

  private struct Correctness {
    var rightN: Int
    var wrongN: Int
    var right: Double?
    var wrong: Double?
    /// Values, and the series behind their intervals.
    var difference: (value: Double, place: Int)?
    var auroc: (value: Double, place: Int)?
  }

  private let scan: ModelScan
  private var total: Int { scan.sampleCount * scan.recordingCount }
  /// One an early exit.
  private var measures: [[Measure]] = []
  private var correctness: [Correctness?] = []
  /// One an exit.
  private var concentration: [Concentration?] = []

  /// Adds the arm's series to a bootstrap.
  init(_ scan: ModelScan, bootstrap: inout Bootstrap) {
    self.scan = scan
    for exit in 0..<scan.exitCount - 1 {
      measures.append(
        MapMeasure.allCases.compactMap { Self.plan($0, scan, exit: exit, &bootstrap) })
      correctness.append(Self.correctness(scan, exit: exit, &bootstrap))
    }
    for exit in 0..<scan.exitCount {
      func add(_ path: (ExitConcentration) -> Column) -> Int? {
        bootstrap.add(scan.mapSeries(exit: exit) { path($0.concentration) })
          .map { bootstrap.ask(forAverageOf: [$0]) }
      }
      let entry = Concentration(
        spread: add(\.spread), entropy: add(\.entropy), gini: add(\.gini),
        n: scan.count(exit: exit) { $0.concentration.spread },
        shareN: scan.count(exit: exit) { $0.concentration.gini })
      concentration.append(entry.spread == nil && entry.gini == nil ? nil : entry)
    }
  }

  /// nil where the measure is undefined at every sample.
  private static func plan(
    _ measure: MapMeasure, _ scan: ModelScan, exit: Int, _ bootstrap: inout Bootstrap
  ) -> Measure? {
    func ask(_ path: (ExitConsistency) -> Column) -> Int? {
      bootstrap.add(scan.series(exit: exit, path)).map { bootstrap.ask(forAverageOf: [$0]) }
    }
    guard let mean = ask(measure.series) else { return nil }
    var plan = Measure(
      measure: measure, mean: mean, n: scan.count(exit: exit) { measure.series($0.consistency!) },
      null: measure.null(scan, exit: exit), excess: nil, hasExcess: measure.reference != nil,
      classNull: nil, classExcessValue: nil, classExcess: nil, classN: 0)
    if let excess = measure.excess { plan.excess = ask(excess) }
    if let classNull = measure.classNull {
      plan.classNull = scan.series(exit: exit, classNull).definedMean
      plan.classN = scan.count(exit: exit) { classNull($0.consistency!) }
      plan.classExcessValue =
        scan.series(exit: exit) {
          PairedStatistics.difference(measure.series($0), classNull($0))
        }.definedMean
      let labels = scan.labels
      plan.classExcess = ask { measure.classExcess($0, labels) }
    }
    return plan
  }

  /// Each number is the mean over the recordings in which it is defined, and so is the series behind its interval.
  private static func correctness(
    _ scan: ModelScan, exit: Int, _ bootstrap: inout Bootstrap
  ) -> Correctness? {
    let contrasts = scan.exits.map {
      CorrectnessContrast($0[exit].consistency!.cosine, isRight: $0[exit].answers.isRight)
    }
    let (right, wrong) = (contrasts.map(\.rightCount), contrasts.map(\.wrongCount))
    guard right.reduce(0, +) + wrong.reduce(0, +) > 0 else { return nil }
    let both = contrasts.filter { $0.auroc != nil }
    func ask(
      _ value: (CorrectnessContrast) -> Double?, _ series: (CorrectnessContrast) -> Column
    ) -> (value: Double, place: Int)? {
      guard let value = both.map(value).definedMean,
        let number = bootstrap.add(ModelScan.average(both.map(series)))
      else { return nil }
      return (value, bootstrap.ask(forAverageOf: [number]))
    }
    return Correctness(
      rightN: right.reduce(0, +), wrongN: wrong.reduce(0, +),
      right: contrasts.map(\.rightMean).definedMean, wrong: contrasts.map(\.wrongMean).definedMean,
      difference: ask(\.difference, \.differenceSeries), auroc: ask(\.auroc, \.aurocSeries))
  }

  /// Writes the numbers into the arm's result.
  func write(to arm: inout ModelResult, _ distributions: [BootstrapDistribution]) {
    for exit in arm.exits.indices {
      arm.exits[exit].concentration = concentration[exit].map { result($0, distributions) }
      guard exit < arm.exits.count - 1 else { continue }
      let (grid, final) = (arm.exits[exit].grid, arm.exits[arm.exits.count - 1].grid)
      arm.exits[exit].similarities = measures[exit].map { entry in
        let place =
          switch entry.measure {
          case .cosine, .centred: scan.input
          case .cosineOnExitGrid: grid
          default: MapComparison.grid(grid, final)
          }
        return result(entry, grid: place, distributions)
      }
      arm.exits[exit].correctness = correctness[exit].map { entry in
        CorrectnessResult(
          rightN: entry.rightN, wrongN: entry.wrongN, right: entry.right, wrong: entry.wrong,
          difference: entry.difference.map { distributions[$0.place].estimate(of: $0.value) },
          auroc: entry.auroc.map { distributions[$0.place].estimate(of: $0.value) })
      }
      arm.exits[exit].cosineHistogram = Histogram(
        scan.exits.lazy.flatMap { $0[exit].consistency!.cosine }.compactMap { $0 }, low: -1,
        high: 1, bins: 80)
    }
    let pairs = scan.pairs[0].pairs
    let nulls = pairs.indices.map { index in
      scan.pairs.map { $0.pairs[index].nulls(input: scan.input) }
    }
    arm.matrix = ExitMatrix(scan, arm, nulls: nulls)
    for (pair, nulls) in zip(pairs, nulls) where pair.first == pair.second {
      arm.exits[pair.first].betweenImages = nulls.map { $0?.centred }
    }
  }

  private func result(
    _ entry: Measure, grid: GridSize, _ distributions: [BootstrapDistribution]
  ) -> SimilarityResult {
    var result = SimilarityResult(
      measure: entry.measure, grid: grid, value: distributions[entry.mean].estimate, n: entry.n,
      undefined: total - entry.n)
    result.null = entry.null
    if entry.hasExcess, let null = entry.null {
      // A reader who subtracts must get what is printed: see `ArmStatistics`.
      let excess = result.value.value - null
      result.excess =
        entry.excess.map { distributions[$0].estimate(of: excess) } ?? Estimate(excess)
    }
    result.sameClassNull = entry.classNull
    if let value = entry.classExcessValue, let place = entry.classExcess {
      result.sameClassExcess = distributions[place].estimate(of: value)
    }
    result.sameClassN = entry.classN
    return result
  }

  private func result(
    _ entry: Concentration, _ distributions: [BootstrapDistribution]
  ) -> ConcentrationResult {
    ConcentrationResult(
      grid: scan.sharedGrid!, spread: entry.spread.map { distributions[$0].estimate },
      entropy: entry.entropy.map { distributions[$0].estimate },
      gini: entry.gini.map { distributions[$0].estimate }, n: entry.n, undefined: total - entry.n,
      shareN: entry.shareN, shareUndefined: total - entry.shareN)
  }
}

extension BootstrapDistribution {
  /// The interval with a value that the series has for its mean only where all recordings define the same samples.
  fileprivate func estimate(of value: Double) -> Estimate {
    var result = estimate
    result.value = value
    return result
  }
}
