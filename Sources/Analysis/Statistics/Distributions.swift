import Foundation

/// The standard normal distribution.
package enum NormalDistribution {
  /// The 97.5 % quantile: the reach of a 95 % interval, in standard errors.
  static let upper95 = -quantile(0.025)

  /// P(Z ≤ x).
  package static func cumulative(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

  /// x where P(Z ≤ x) is `share`; ±∞ at 0 and 1.
  package static func quantile(_ share: Double) -> Double {
    if share <= 0 { return -.infinity }
    if share >= 1 { return .infinity }
    // The lower tail keeps its digits, the upper one is 1 minus little.
    if share > 0.5 { return -quantile(1 - share) }
    return RootFinder.argument(of: cumulative, reaching: share, from: -39, to: 0)
  }
}

/// Student's t with any positive number of degrees of freedom.
package enum StudentDistribution {
  /// P(T ≤ x).
  package static func cumulative(_ x: Double, degreesOfFreedom: Double) -> Double {
    precondition(degreesOfFreedom > 0, "degrees of freedom are positive, got \(degreesOfFreedom)")
    guard degreesOfFreedom < 1e7 else { return NormalDistribution.cumulative(x) }
    let tail =
      0.5
      * IncompleteBeta.value(
        degreesOfFreedom / (degreesOfFreedom + x * x), degreesOfFreedom / 2, 0.5)
    return x > 0 ? 1 - tail : tail
  }

  /// x where P(T ≤ x) is `share`; ±∞ at 0 and 1.
  package static func quantile(_ share: Double, degreesOfFreedom: Double) -> Double {
    if share <= 0 { return -.infinity }
    if share >= 1 { return .infinity }
    if share > 0.5 { return -quantile(1 - share, degreesOfFreedom: degreesOfFreedom) }
    guard degreesOfFreedom < 1e7 else { return NormalDistribution.quantile(share) }
    // On log |x|: with one degree of freedom a quantile may be 1e8.
    let function = { (logarithm: Double) in
      cumulative(-exp(-logarithm), degreesOfFreedom: degreesOfFreedom)
    }
    let logarithm = RootFinder.argument(of: function, reaching: share, from: -700, to: 40)
    return -exp(-logarithm)
  }
}
