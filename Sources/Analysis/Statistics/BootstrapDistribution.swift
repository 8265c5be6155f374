/// What resampling says about one number.
struct BootstrapDistribution: Sendable {
  /// The number on the samples as they are.
  let value: Double
  /// Samples behind it (the fewest, where several series are averaged).
  let definedCount: Int
  /// Over resamples, ascending; those in which it is undefined are left out.
  private let sorted: [Double]

  init(value: Double, definedCount: Int, resampled: [Double]) {
    self.value = value
    self.definedCount = definedCount
    sorted = resampled.filter { !$0.isNaN }.sorted()
  }

  /// The number with its 95 % percentile interval; no interval with fewer than two samples.
  var estimate: Estimate {
    guard definedCount > 1, !sorted.isEmpty else { return Estimate(value) }
    return Estimate(value, low: quantile(0.025), high: quantile(0.975))
  }

  /// Two-sided p-value of "the number is 0": 2 · min(P(x* ≤ 0), P(x* ≥ 0)), at most 1, each share with one added to
  /// numerator and denominator, so that it is never 0. nil with fewer than two samples.
  var p: Double? {
    guard definedCount > 1, !sorted.isEmpty else { return nil }
    let below = sorted.count { $0 <= 0 }
    let above = sorted.count { $0 >= 0 }
    return min(1, 2 * Double(min(below, above) + 1) / Double(sorted.count + 1))
  }

  /// Linear between order statistics (Hyndman and Fan's type 7, NumPy's default).
  func quantile(_ share: Double) -> Double {
    let position = share * Double(sorted.count - 1)
    let low = Int(position)
    let high = min(low + 1, sorted.count - 1)
    return sorted[low] + (position - Double(low)) * (sorted[high] - sorted[low])
  }
}
