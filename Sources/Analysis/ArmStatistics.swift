import Recordings
import TensorCore

/// One arm's numbers while they wait for the bootstrap: where each stands among its statistics.
struct ArmStatistics {
  /// Statistics of one exit, or of the mean over early exits.
  private struct Consistency {
    var cosine: Int
    var excess: Int?
    var centred: Int
    var null: Double?
    var centredNull: Double?
    var cosineOnExitGrid: Double?
    var ceiling: Double?
  }

  private let scan: ModelScan
  private let recordings: [Recording]
  /// One entry an early exit; nil where no sample is defined.
  private var consistency: [Consistency?] = []
  private var meanConsistency: Consistency?
  private let runs: RunsStatistics
  private let maps: MapNumbers

  /// Adds the arm's series to a bootstrap.
  init(_ scan: ModelScan, recordings: [Recording], bootstrap: inout Bootstrap) {
    self.scan = scan
    self.recordings = recordings
    var cosines: [Int] = []
    var excesses: [Int] = []
    var centreds: [Int] = []
    for exit in 0..<scan.exitCount - 1 {
      guard let cosine = bootstrap.add(scan.series(exit: exit, \.cosine)),
        let centred = bootstrap.add(scan.series(exit: exit, \.centred))
      else {
        consistency.append(nil)
        continue
      }
      let excess = bootstrap.add(scan.series(exit: exit, \.excess))
      cosines.append(cosine)
      centreds.append(centred)
      if let excess { excesses.append(excess) }
      consistency.append(
        Consistency(
          cosine: bootstrap.ask(forAverageOf: [cosine]),
          excess: excess.map { bootstrap.ask(forAverageOf: [$0]) },
          centred: bootstrap.ask(forAverageOf: [centred]),
          null: scan.series(exit: exit, \.cosineNull.asMap).definedMean,
          centredNull: scan.series(exit: exit, \.centredNull.asMap).definedMean,
          cosineOnExitGrid: scan.series(exit: exit, \.cosineOnExitGrid).definedMean,
          ceiling: scan.series(exit: exit, \.ceiling).definedMean))
    }
    if !cosines.isEmpty {
      // An exit with a single defined sample has a cosine but no null; then the mean has none either.
      let haveNulls = excesses.count == cosines.count
      meanConsistency = Consistency(
        cosine: bootstrap.ask(forAverageOf: cosines),
        excess: haveNulls ? bootstrap.ask(forAverageOf: excesses) : nil,
        centred: bootstrap.ask(forAverageOf: centreds),
        null: haveNulls ? consistency.map { $0?.null }.definedMean : nil,
        centredNull: haveNulls ? consistency.map { $0?.centredNull }.definedMean : nil,
        cosineOnExitGrid: consistency.map { $0?.cosineOnExitGrid }.definedMean,
        ceiling: consistency.map { $0?.ceiling }.definedMean)
    }
    runs = RunsStatistics(scan, bootstrap: &bootstrap)
    maps = MapNumbers(scan, bootstrap: &bootstrap)
  }

  /// The arm's numbers, given the bootstrap's answer.
  func result(_ distributions: [BootstrapDistribution], threshold: Double) -> ModelResult {
    let exits = (0..<scan.exitCount).map { exitResult($0, distributions) }
    var result = ModelResult(
      name: scan.name, seeds: recordings.map(\.seed),
      lambda: common { $0.lambda }, stopGradient: common { $0.stopGradient },
      attentionKind: recordings[0].manifest.attentionKind, exits: exits,
      mean: meanResult(exits, distributions),
      earlyExit: EarlyExitResult(
        threshold: threshold, shares: shares,
        accuracy: Self.accuracy(scan.rightnessOnLeaving()), meanMacs: meanMacs(shares)),
      costCurve: costCurve(threshold: threshold))
    maps.write(to: &result, distributions)
    result.runs = runs.rows(distributions)
    return result
  }

  private func exitResult(
    _ exit: Int, _ distributions: [BootstrapDistribution]
  ) -> ExitResult {
    let description = recordings[0].manifest.exits[exit]
    let defined = scan.definedCount(exit: exit)
    let isFinal = exit == scan.exitCount - 1
    return ExitResult(
      exit: exit + 1, grid: description.grid, macs: description.macs,
      accuracy: Self.accuracy(scan.rightness(exit: exit)),
      n: defined, undefined: scan.sampleCount * scan.recordingCount - defined,
      consistency: isFinal ? nil : consistency[exit].map { result($0, distributions) },
      spread: scan.mapSeries(exit: exit, \.spread).definedMean,
      entropy: scan.mapSeries(exit: exit, \.entropy).definedMean)
  }

  private func meanResult(
    _ exits: [ExitResult], _ distributions: [BootstrapDistribution]
  ) -> MeanResult {
    let early = exits.dropLast()
    let defined = scan.definedCount(
      atEvery: consistency.indices.filter { consistency[$0] != nil })
    return MeanResult(
      accuracy: early.map(\.accuracy.value).reduce(0, +) / Double(early.count), n: defined,
      undefined: scan.sampleCount * scan.recordingCount - defined,
      consistency: meanConsistency.map { result($0, distributions) },
      spread: early.map(\.spread).definedMean)
  }

  private func result(
    _ places: Consistency, _ distributions: [BootstrapDistribution]
  ) -> ConsistencyResult {
    let cosine = distributions[places.cosine].estimate
    var excess = places.excess.map { distributions[$0].estimate }
    // The series' own mean differs from cosine − null by the weights of samples that only some recordings define:
    // a reader who subtracts must get what is printed.
    if let null = places.null { excess?.value = cosine.value - null }
    return ConsistencyResult(
      cosine: cosine, null: places.null, excess: excess,
      centred: distributions[places.centred].estimate, centredNull: places.centredNull,
      cosineOnExitGrid: places.cosineOnExitGrid, ceiling: places.ceiling)
  }

  /// - Parameter rightness: per image, the share of recordings that are right.
  private static func accuracy(_ rightness: Column) -> Estimate {
    WilsonInterval.estimate(meanOf: rightness.compactMap { $0 })
  }
}

extension ArmStatistics {
  /// Per exit, the share of samples that leave there, mean over recordings.
  private var shares: [Double] {
    Self.shares(scan.outcomes, exitCount: scan.exitCount)
  }

  private static func shares(_ outcomes: [PolicyOutcome], exitCount: Int) -> [Double] {
    let shares = outcomes.map { $0.shares(exitCount: exitCount) }
    return (0..<exitCount).map { exit in
      shares.reduce(0) { $0 + $1[exit] } / Double(shares.count)
    }
  }

  /// nil where an exit's MACs are unknown.
  private func meanMacs(_ shares: [Double]) -> Double? {
    let macs = recordings[0].manifest.exits.map(\.macs)
    guard macs.allSatisfy({ $0 > 0 }) else { return nil }
    return zip(shares, macs).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private func costCurve(threshold: Double) -> [CostPoint] {
    let thresholds = ExitPolicy.confidence.curveSettings(
      exitCount: scan.exitCount, threshold: threshold)
    return thresholds.map { threshold in
      let outcomes = scan.exits.map { PolicyOutcome($0.map(\.answers), threshold: threshold) }
      let right = outcomes.reduce(0) { $0 + $1.isRight.count { $0 } }
      let shares = Self.shares(outcomes, exitCount: scan.exitCount)
      return CostPoint(
        threshold: threshold,
        accuracy: Double(right) / Double(scan.sampleCount * scan.recordingCount),
        meanMacs: meanMacs(shares) ?? 0)
    }
  }

  /// What all recordings say; nil where they differ or one is silent.
  private func common<Value: Equatable>(_ path: (Provenance) -> Value?) -> Value? {
    let values = recordings.map { $0.manifest.provenance.flatMap(path) }
    return values.allSatisfy { $0 == values[0] } ? values[0] : nil
  }
}
