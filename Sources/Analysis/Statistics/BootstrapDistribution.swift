/// What resampling says about one number.
package struct BootstrapDistribution: Sendable {
  /// The number on the samples as they are.
  package let value: Double
  /// Samples behind it (the fewest, where several series are averaged).
  package let definedCount: Int
  /// Over resamples, ascending; those in which it is undefined are left out.
  private let sorted: [Double]
  /// Σuᵢ³ / (6 · (Σuᵢ²)^{3/2}), uᵢ being sample i's influence on the number.
  private let acceleration: Double
  /// Φ⁻¹ of the share of resamples below the number, those equal to it counting half.
  private let bias: Double

  /// - Parameter influences: each sample's share in the number's deviation (its empirical influence function), up to
  ///   a common factor.
  package init(value: Double, definedCount: Int, resampled: [Double], influences: [Double]) {
    self.value = value
    self.definedCount = definedCount
    let sorted = resampled.filter { !$0.isNaN }.sorted()
    self.sorted = sorted
    var squares = 0.0
    var cubes = 0.0
    for influence in influences {
      squares += influence * influence
      cubes += influence * influence * influence
    }
    acceleration = squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
    bias = NormalDistribution.quantile(Self.share(below: value, in: sorted))
  }

  /// The number with its 95 % interval; no interval with fewer than two samples.
  ///
  /// BCa (Efron, 1987): the quantiles of the resampled numbers at Φ(z₀ + (z₀ + z) / (1 − a·(z₀ + z))), z₀ for their
  /// median's bias and a for skew, at z = ∓√(n / (n − 1)) · t₀.₉₇₅ with n − 1 degrees of freedom instead of ∓1.96
  /// (Hesterberg, 2015): resampling n values varies too little by the factor (n − 1) / n and knows nothing of
  /// Student's t. For n = 1,364 that is 1.9625.
  package var estimate: Estimate { estimate(alpha: 0.05) }

  /// The interval of confidence 1 − `alpha`.
  func estimate(alpha: Double) -> Estimate {
    guard definedCount > 1, !sorted.isEmpty else { return Estimate(value) }
    let reach = widening * StudentDistribution.quantile(1 - alpha / 2, degreesOfFreedom: freedom)
    return Estimate(value, low: quantile(at: -reach), high: quantile(at: reach))
  }

  /// Two-sided p-value of “the number is 0”: the largest α whose interval holds 0, so that it is below 0.05 where
  /// `estimate` excludes 0. Resamples of exactly 0 count half on either side, and never all of them on one, so that p
  /// is never 0. nil with fewer than two samples.
  package var p: Double? {
    guard definedCount > 1, !sorted.isEmpty else { return nil }
    let z = NormalDistribution.quantile(Self.share(below: 0, in: sorted))
    let shifted = z - bias
    let level = (shifted / max(1 + acceleration * shifted, 1e-6) - bias) / widening
    let tail = StudentDistribution.cumulative(-abs(level), degreesOfFreedom: freedom)
    return min(1, 2 * tail)
  }

  /// The plain percentile interval at 95 % (Efron, 1979): no correction for bias, skew or few samples.
  package var percentiles: (low: Double, high: Double)? {
    guard definedCount > 1, !sorted.isEmpty else { return nil }
    return (quantile(0.025), quantile(0.975))
  }

  private var freedom: Double { Double(definedCount - 1) }
  private var widening: Double { (Double(definedCount) / freedom).squareRoot() }

  /// The resampled quantile that BCa reads at a standard normal level.
  private func quantile(at level: Double) -> Double {
    let shifted = bias + level
    let factor = 1 - acceleration * shifted
    // |a| is at most 1/6, so only levels beyond 6 get here.
    guard factor > 0 else { return quantile(shifted > 0 ? 1 : 0) }
    return quantile(NormalDistribution.cumulative(bias + shifted / factor))
  }

  /// Linear between order statistics (Hyndman and Fan's type 7, NumPy's default).
  package func quantile(_ share: Double) -> Double {
    let position = share * Double(sorted.count - 1)
    let low = Int(position)
    let high = min(low + 1, sorted.count - 1)
    return sorted[low] + (position - Double(low)) * (sorted[high] - sorted[low])
  }

  /// The share of values below a number, equal ones counting half, kept half a value away from none and all; ½ of no
  /// values.
  private static func share(below value: Double, in sorted: [Double]) -> Double {
    guard !sorted.isEmpty else { return 0.5 }
    let count = Double(sorted.firstIndex(from: value) + sorted.firstIndex(after: value)) / 2
    return min(max(count, 0.5), Double(sorted.count) - 0.5) / Double(sorted.count)
  }
}

extension [Double] {
  /// In an ascending list, the position of the first value that is at least `value`; the count where none is.
  fileprivate func firstIndex(from value: Double) -> Int { partition { $0 >= value } }

  /// The position of the first value above `value`.
  fileprivate func firstIndex(after value: Double) -> Int { partition { $0 > value } }

  private func partition(_ isUpper: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isUpper(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
