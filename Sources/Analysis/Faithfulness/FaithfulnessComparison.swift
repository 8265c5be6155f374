/// Model − reference of faithfulness, over the samples that both measured.
public struct FaithfulnessComparison: Sendable {
  /// One entry an exit.
  public var exits: [PairedFaithfulness]
  /// Over the early exits together, each with the same weight.
  public var mean: PairedFaithfulness
  /// Whether the intervals are over images and runs (`RunsEstimate`): where every recording was measured and there are
  /// three runs a model. Else runs are held fixed.
  public var areOverRuns: Bool

  package init(exits: [PairedFaithfulness], mean: PairedFaithfulness, areOverRuns: Bool) {
    self.exits = exits
    self.mean = mean
    self.areOverRuns = areOverRuns
  }
}
