/// The Wilson score interval of a share, without continuity correction (Wilson, 1927).
enum WilsonInterval {
  /// The 97.5 % quantile of the standard normal distribution.
  static let quantile = 1.959_963_984_540_054

  /// - Parameters:
  ///   - successes: 0…count.
  ///   - count: at least 1.
  static func estimate(_ successes: Int, of count: Int) -> Estimate {
    precondition(
      count > 0 && (0...count).contains(successes), "\(successes) of \(count) is no share")
    return estimate(share: Double(successes) / Double(count), of: count)
  }

  /// The same for a share that need not be a whole number of successes: one measured on more answers than there are
  /// independent ones.
  static func estimate(share: Double, of count: Int) -> Estimate {
    precondition(count > 0 && (0...1).contains(share), "\(share) of \(count) is no share")
    let total = Double(count)
    let square = quantile * quantile
    let centre = share + square / (2 * total)
    let reach =
      quantile * (share * (1 - share) / total + square / (4 * total * total)).squareRoot()
    let scale = 1 + square / total
    return Estimate(
      share, low: max(0, (centre - reach) / scale), high: min(1, (centre + reach) / scale))
  }
}
