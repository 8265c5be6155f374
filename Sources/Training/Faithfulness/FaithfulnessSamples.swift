import Datasets

/// Which images of a part the faithfulness of maps is measured on: a rule without random numbers, so that every
/// model is asked about the same ones.
package enum FaithfulnessSamples {
  /// At most `count` sample numbers, ascending: as many of each class as its share of the part (largest remainder, one
  /// at least where there is room for all classes), evenly spaced in the part's order.
  package static func choose(_ count: Int, labels: [Int], classCount: Int) -> [Int] {
    precondition(count >= 1, "at least one sample, got \(count)")
    var members = [[Int]](repeating: [], count: classCount)
    for (sample, label) in labels.enumerated() { members[label].append(sample) }
    let sizes = members.map(\.count)
    let present = sizes.count { $0 > 0 }
    let total = min(count, labels.count)
    let shares = Apportionment.shares(
      of: total, weights: sizes, minimums: sizes.map { total >= present ? min(1, $0) : 0 },
      maximums: sizes)!
    return zip(members, shares).flatMap { members, share in
      (0..<share).map { members[(2 * $0 + 1) * members.count / (2 * share)] }
    }.sorted()
  }
}
