/// What two unrelated maps would score: the mean over all ordered pairs (n, m ≠ n) of ⟨a_n, b_m⟩, a_n being sample
/// n's unit vector at an exit and b_m sample m's at the final exit. Exact and without random numbers, because
/// Σ_{m≠n} ⟨a_n, b_m⟩ = ⟨a_n, Σ_m b_m⟩ − ⟨a_n, b_n⟩. Only samples with both maps defined take part.
struct PermutationNull: Sendable {
  /// Per sample, its exit map against every other sample's final map; nil where undefined or alone.
  private(set) var asMap: Column = []
  /// Per sample, its final map against every other sample's exit map; the same mean.
  private(set) var asTarget: Column = []

  mutating func reserveCapacity(_ count: Int) {
    asMap.reserveCapacity(count)
    asTarget.reserveCapacity(count)
  }

  /// Takes in the next sample: its two means.
  mutating func append(asMap: Double?, asTarget: Double?) {
    self.asMap.append(asMap)
    self.asTarget.append(asTarget)
  }

  /// Takes in the samples that follow.
  mutating func append(_ next: PermutationNull) {
    asMap += next.asMap
    asTarget += next.asTarget
  }

  /// The mean over all pairs; nil with fewer than two defined samples.
  var mean: Double? { asMap.definedMean }
}
