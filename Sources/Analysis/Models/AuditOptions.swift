/// What an audit may be told.
public struct AuditOptions: Sendable, Equatable {
  /// A sample leaves at the first exit whose largest softmax probability is at least this, 0…1.
  public var threshold: Double
  /// Resamples behind every bootstrap interval, at least 1.
  public var resamples: Int
  /// Seeds the resampling; resample r has a generator of its own, so thread counts change nothing.
  public var seed: UInt64
  /// What settings of every policy are chosen for, on the validation answers.
  public var targets: [ThresholdTarget] = [.belowFinal(0.01), .budget(0.5)]

  /// 10,000 resamples are what reports use; fewer make intervals less steady.
  public init(threshold: Double = 0.9, resamples: Int = 10_000, seed: UInt64 = 0) {
    self.threshold = threshold
    self.resamples = resamples
    self.seed = seed
  }
}
