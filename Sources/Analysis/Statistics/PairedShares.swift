/// The mean of paired differences of shares: EGT's right answers minus the baseline's, image by image.
///
/// Bonett and Price's (2012) adjusted Wald interval, which Fagerland, Lydersen and Laake (2014) recommend for paired
/// shares: two imagined images join, on one of which only EGT is right and on the other only the baseline. With
/// d̃ = Σdᵢ / (n + 2) and ṽ = ((Σdᵢ² + 2) / (n + 2) − d̃²) / (n + 2), the interval is d̃ ± z·√ṽ, within −1…1. It has
/// a width even where the models agree on every image. With several runs a model, dᵢ is the difference of the shares
/// of runs that are right; with one, it is −1, 0 or 1 and the interval is theirs to the letter.
package struct PairedShares: Sendable {
  /// Σdᵢ / n.
  let mean: Double
  private let centre: Double
  private let error: Double

  package init(_ differences: [Double]) {
    precondition(!differences.isEmpty, "a mean of no differences")
    let total = differences.reduce(0, +)
    let squares = differences.reduce(0) { $0 + $1 * $1 }
    let count = Double(differences.count) + 2
    mean = total / Double(differences.count)
    centre = total / count
    error = (((squares + 2) / count - centre * centre) / count).squareRoot()
  }

  package var estimate: Estimate { estimate(alpha: 0.05) }

  /// The interval of confidence 1 − `alpha`.
  func estimate(alpha: Double) -> Estimate {
    let reach = -NormalDistribution.quantile(alpha / 2) * error
    return Estimate(mean, low: max(-1, centre - reach), high: min(1, centre + reach))
  }

  /// Two-sided p-value of “the mean is 0”, 2·Φ(−|d̃| / √ṽ): below 0.05 exactly where the interval excludes 0.
  package var p: Double { 2 * NormalDistribution.cumulative(-abs(centre) / error) }
}
