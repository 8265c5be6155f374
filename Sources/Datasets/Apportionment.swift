/// Sharing a total out in proportion, in whole numbers.
package enum Apportionment {
  /// The largest-remainder method within bounds: each share is the whole part of its quota
  /// `total · weight / Σ weights`, brought within its bounds; what is missing goes one by one to the
  /// share furthest below its quota, what is too much is taken from the one furthest above.
  /// Ties go to the lower index.
  /// - Returns: shares that add up to `total`, or nil where the bounds do not allow it.
  package static func shares(
    of total: Int, weights: [Int], minimums: [Int], maximums: [Int]
  ) -> [Int]? {
    let sum = weights.reduce(0, +)
    guard sum > 0, zip(minimums, maximums).allSatisfy({ $0 <= $1 }),
      minimums.reduce(0, +) <= total, total <= maximums.reduce(0, +)
    else { return nil }
    var shares = weights.indices.map { index in
      min(max(total * weights[index] / sum, minimums[index]), maximums[index])
    }
    /// How far a share is below its quota, times the sum of weights.
    func deficit(_ index: Int) -> Int { total * weights[index] - shares[index] * sum }
    var missing = total - shares.reduce(0, +)
    while missing != 0 {
      let candidates = weights.indices.filter {
        missing > 0 ? shares[$0] < maximums[$0] : shares[$0] > minimums[$0]
      }
      let chosen = candidates.reduce(candidates[0]) { best, index in
        (missing > 0 ? deficit(index) > deficit(best) : deficit(index) < deficit(best))
          ? index : best
      }
      shares[chosen] += missing.signum()
      missing -= missing.signum()
    }
    return shares
  }
}
