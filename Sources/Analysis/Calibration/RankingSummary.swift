import Glibc

/// The AUROC of an exit over a model's recordings.
struct RankingSummary: Sendable {
  private let value: Double
  /// Recordings in which it is defined.
  let recordings: Int
  /// Per sample, the mean over those recordings (`FailureAUROC.influence`); nil where one has none.
  private let influence: [Double]?
  /// One a recording; empty where one has no influences.
  private let runs: [RunNumber]

  /// - Parameter recordings: those in which the AUROC is defined; nil where none is.
  init?(_ recordings: [FailureAUROC]) {
    guard !recordings.isEmpty else { return nil }
    let count = Double(recordings.count)
    value = recordings.reduce(0) { $0 + $1.value } / count
    self.recordings = recordings.count
    let influences = recordings.compactMap(\.influence)
    runs =
      influences.count == recordings.count
      ? recordings.map { RunNumber(value: $0.value, influences: $0.influence!) } : []
    influence =
      influences.count == recordings.count
      ? influences[0].indices.map { sample in influences.reduce(0) { $0 + $1[sample] } / count }
      : nil
  }

  /// With the logit interval: value·(1 − value) is the slope that carries the standard error there.
  var estimate: Estimate {
    guard let influence, value > 0, value < 1 else { return Estimate(value) }
    let middle = log(value / (1 - value))
    let reach =
      NormalDistribution.upper95 * Self.standardError(influence) / (value * (1 - value))
    func share(_ logit: Double) -> Double { 1 / (1 + exp(-logit)) }
    return Estimate(value, low: share(middle - reach), high: share(middle + reach))
  }

  /// left − right; nil where either is missing. No bounds where either AUROC is 0 or 1, whose standard error
  /// would be 0.
  static func difference(
    _ left: RankingSummary?, _ right: RankingSummary?, alpha: Double = 0.05
  ) -> Estimate? {
    guard let left, let right else { return nil }
    let value = left.value - right.value
    guard let first = left.influence, let second = right.influence,
      [left.value, right.value].allSatisfy({ $0 > 0 && $0 < 1 })
    else { return Estimate(value) }
    let reach =
      NormalDistribution.quantile(1 - alpha / 2)
      * standardError(zip(first, second).map { $0 - $1 })
    return Estimate(value, low: value - reach, high: value + reach)
  }

  /// The same over images and training runs (`RunsEstimate`); nil with fewer than three runs a model, and where there is
  /// no interval over images. The left is EGT.
  static func differenceOverRuns(
    _ left: RankingSummary?, _ right: RankingSummary?, _ design: RunDesign
  ) -> Estimate? {
    // In a matched pair both runs must have a number.
    guard let left, let right, left.runs.count == design.modelCount,
      right.runs.count == design.referenceCount
    else { return nil }
    return RunComponent.widen(
      { difference(left, right, alpha: $0)! }, by: design.components(right.runs, left.runs),
      range: -1...1)
  }

  private static func standardError(_ influence: [Double]) -> Double {
    influence.reduce(0) { $0 + $1 * $1 }.squareRoot() / Double(influence.count)
  }
}
