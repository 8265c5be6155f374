import Glibc

/// The AUROC of an exit over an arm's recordings.
struct RankingSummary: Sendable {
  private let value: Double
  /// Recordings in which it is defined.
  let recordings: Int
  /// Per sample, the mean over those recordings (`FailureAUROC.influence`); nil where one has none.
  private let influence: [Double]?

  /// - Parameter recordings: those in which the AUROC is defined; nil where none is.
  init?(_ recordings: [FailureAUROC]) {
    guard !recordings.isEmpty else { return nil }
    let count = Double(recordings.count)
    value = recordings.reduce(0) { $0 + $1.value } / count
    self.recordings = recordings.count
    let influences = recordings.compactMap(\.influence)
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
      WilsonInterval.quantile * Self.standardError(influence) / (value * (1 - value))
    func share(_ logit: Double) -> Double { 1 / (1 + exp(-logit)) }
    return Estimate(value, low: share(middle - reach), high: share(middle + reach))
  }

  /// left − right; nil where either is missing. No bounds where either AUROC is 0 or 1, whose standard error
  /// would be 0.
  static func difference(_ left: RankingSummary?, _ right: RankingSummary?) -> Estimate? {
    guard let left, let right else { return nil }
    let value = left.value - right.value
    guard let first = left.influence, let second = right.influence,
      [left.value, right.value].allSatisfy({ $0 > 0 && $0 < 1 })
    else { return Estimate(value) }
    let reach =
      WilsonInterval.quantile * standardError(zip(first, second).map { $0 - $1 })
    return Estimate(value, low: value - reach, high: value + reach)
  }

  private static func standardError(_ influence: [Double]) -> Double {
    influence.reduce(0) { $0 + $1 * $1 }.squareRoot() / Double(influence.count)
  }
}
