/// Wilson's score interval of a share, without continuity correction (Wilson, 1927), at 95 %.
package enum WilsonInterval {
  /// - Parameters:
  ///   - successes: 0…count.
  ///   - count: at least 1.
  package static func estimate(_ successes: Int, of count: Int) -> Estimate {
    precondition(
      count > 0 && (0...count).contains(successes), "\(successes) of \(count) is no share")
    return estimate(Double(successes) / Double(count), effectiveCount: Double(count), alpha: 0.05)
  }

  /// The same for a share that need not be a whole number of successes: one measured on more answers than there are
  /// independent ones.
  static func estimate(share: Double, of count: Int) -> Estimate {
    precondition(count > 0 && (0...1).contains(share), "\(share) of \(count) is no share")
    return estimate(share, effectiveCount: Double(count), alpha: 0.05)
  }

  /// The interval of a mean of values in 0…1, one an image: here the share of runs that are right about it.
  ///
  /// Wilson's with the effective number of images p(1 − p) / v, where v = Σ(xᵢ − p)² / (n(n − 1)) is the variance of
  /// the mean and p the mean itself (Kott and Carr, 1997; Korn and Graubard, 1998). Runs that answer an image alike
  /// count once, runs that answer independently count each. At least n, which is also used where all answers are
  /// right or all wrong, so that the interval never has no width.
  package static func estimate(meanOf shares: [Double], alpha: Double = 0.05) -> Estimate {
    precondition(!shares.isEmpty, "a mean of no shares")
    let count = Double(shares.count)
    let mean = shares.reduce(0, +) / count
    let squares = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let variance = shares.count > 1 ? squares / (count * (count - 1)) : 0
    let effective = variance > 0 ? max(count, mean * (1 - mean) / variance) : count
    return estimate(mean, effectiveCount: effective, alpha: alpha)
  }

  private static func estimate(
    _ share: Double, effectiveCount total: Double, alpha: Double
  ) -> Estimate {
    let quantile = -NormalDistribution.quantile(alpha / 2)
    let square = quantile * quantile
    let centre = share + square / (2 * total)
    let reach =
      quantile * (share * (1 - share) / total + square / (4 * total * total)).squareRoot()
    let scale = 1 + square / total
    // Exact in theory, not after rounding: a share of 0 or 1 is inside its interval.
    return Estimate(
      share, low: share == 0 ? 0 : (centre - reach) / scale,
      high: share == 1 ? 1 : (centre + reach) / scale)
  }
}
