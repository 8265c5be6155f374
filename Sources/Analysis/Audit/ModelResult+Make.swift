import Recordings
import TensorCore

extension ModelResult {
  /// What is known of a model beside its numbers.
  init(_ model: Model, index: Int, _ scan: ModelScan, threshold: Double) {
    let recordings = model.recordings
    let shares = Self.shares(scan.outcomes, exitCount: scan.exitCount)
    self.init(
      name: model.name, index: index, seeds: recordings.map(\.seed),
      lambda: Self.common(recordings) { $0.lambda },
      stopGradient: Self.common(recordings) { $0.stopGradient },
      attentionKind: recordings[0].manifest.attentionKind,
      exits: (0..<scan.exitCount).map { ExitResult($0, scan, recordings[0].manifest) },
      earlyExit: EarlyExitResult(
        threshold: threshold, shares: shares, meanMacs: Self.meanMacs(shares, recordings[0])),
      costCurve: Self.costCurve(scan, recordings[0], threshold: threshold))
    sharedGrid = scan.sharedGrid
    let pairs = scan.pairs[0].pairs
    let nulls = pairs.indices.map { index in
      scan.pairs.map { $0.pairs[index].nulls(input: scan.input) }
    }
    matrix = ExitMatrix(scan, nulls: nulls)
    for (pair, nulls) in zip(pairs, nulls) where pair.first == pair.second {
      exits[pair.first].betweenImages = nulls.map { $0?.centred }
    }
  }

  /// Per exit, the share of samples that leave there, mean over recordings.
  private static func shares(_ outcomes: [PolicyOutcome], exitCount: Int) -> [Double] {
    let shares = outcomes.map { $0.shares(exitCount: exitCount) }
    return (0..<exitCount).map { exit in
      shares.reduce(0) { $0 + $1[exit] } / Double(shares.count)
    }
  }

  /// nil where an exit's MACs are unknown.
  private static func meanMacs(_ shares: [Double], _ recording: Recording) -> Double? {
    let macs = recording.manifest.exits.map(\.macs)
    guard macs.allSatisfy({ $0 > 0 }) else { return nil }
    return zip(shares, macs).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func costCurve(
    _ scan: ModelScan, _ recording: Recording, threshold: Double
  ) -> [CostPoint] {
    let thresholds = ExitPolicy.confidence.curveSettings(
      exitCount: scan.exitCount, threshold: threshold)
    return thresholds.map { threshold in
      let outcomes = scan.exits.map { PolicyOutcome($0.map(\.answers), threshold: threshold) }
      let right = outcomes.reduce(0) { $0 + $1.isRight.count { $0 } }
      return CostPoint(
        threshold: threshold, accuracy: Double(right) / Double(scan.total),
        meanMacs: meanMacs(shares(outcomes, exitCount: scan.exitCount), recording) ?? 0)
    }
  }

  /// What all recordings say; nil where they differ or one is silent.
  private static func common<Value: Equatable>(
    _ recordings: [Recording], _ path: (Provenance) -> Value?
  ) -> Value? {
    let values = recordings.map { $0.manifest.provenance.flatMap(path) }
    return values.allSatisfy { $0 == values[0] } ? values[0] : nil
  }
}

extension ExitResult {
  /// - Parameter exit: from 0.
  fileprivate init(_ exit: Int, _ scan: ModelScan, _ manifest: RecordingManifest) {
    let defined = scan.definedCount(exit: exit)
    self.init(
      exit: exit + 1, grid: manifest.exits[exit].grid, macs: manifest.exits[exit].macs,
      n: defined, undefined: scan.total - defined)
    guard exit < scan.exitCount - 1 else { return }
    cosineHistogram = Histogram(
      scan.exits.lazy.flatMap { $0[exit].consistency!.cosine }.compactMap { $0 }, low: -1,
      high: 1, bins: 80)
  }
}
