/// One number over a model's training runs, or one difference between models.
public struct RunsEstimate: Sendable, Equatable {
  /// Fewer runs say too little about their spread for an interval: with 2, its coverage falls to 91 %.
  public static let leastRuns = 3

  /// The number of each run: per recording in the model's order; of a difference, per matched pair in the baseline's
  /// order. Empty for a difference between independent runs. nil where a run has no defined image.
  public var values: [Double?]
  /// Standard deviation of `values` (ddof 1); nil with fewer than two.
  public var deviation: Double?
  /// The number as the report prints it, with a 95 % interval over images *and* runs: what it would do with other
  /// images of this kind and with other runs of this training. Bounds are nil with fewer than three runs a model.
  ///
  /// Runs and images are crossed random effects (every run sees the same images). With l and u the interval over
  /// images, runs held fixed, and A the variance that runs add to the mean, the bounds are x − √((x − l)² + t²·A) and
  /// x + √((u − x)² + t²·A) (Howe, 1974; Zou and Donner, 2008). A is the sum over models, or the one value of matched
  /// pairs, of max(0, s² / S − v): s² is the variance of the S runs' numbers, and v what their images alone would
  /// give it, ((mean over runs of the image variance of a run's mean) − (that of the mean over runs)) / (S − 1).
  /// t is Student's quantile at Welch's degrees of freedom (Σ s²/S)² / Σ (s²/S)² / (S − 1). Simulated coverage is
  /// 94–98 % with 3 to 10 runs (docs/STATISTICS.md). Bounds never leave the range that the number can take.
  public var estimate: Estimate
  /// Welch's degrees of freedom of the runs; nil where there is no interval.
  public var degreesOfFreedom: Double?
  /// The mean of `values` (or the difference of such means) with the percentiles of the nested bootstrap, which draws
  /// runs with replacement too; nil with fewer than two runs a model. For comparison: with S runs it varies too little
  /// by (S − 1) / S and knows nothing of Student's t, so that it holds the truth in about 75 % of cases at 3 runs
  /// where runs differ much, and in 93 % from about 20 on (docs/STATISTICS.md). No sentence rests on it.
  public var nested: Estimate?
  /// Of a difference: the largest α whose interval over images and runs holds 0, never less than the p-value over
  /// images alone; and the same after Holm's adjustment over exits. nil where there is no interval.
  public var p: Double?
  /// `p` after Holm's adjustment over exits.
  public var holmP: Double?

  package init(
    values: [Double?], deviation: Double?, estimate: Estimate, degreesOfFreedom: Double?,
    nested: Estimate?, p: Double? = nil, holmP: Double? = nil
  ) {
    self.values = values
    self.deviation = deviation
    self.estimate = estimate
    self.degreesOfFreedom = degreesOfFreedom
    self.nested = nested
    self.p = p
    self.holmP = holmP
  }
}
