/// A measured number, with all that is known of how far to trust it.
public struct Number: Sendable, Equatable {
  /// The value, with its interval over images; training runs are held fixed.
  public var estimate: Estimate
  /// The value with its interval over images and training runs; nil with a single run.
  public var runs: RunsEstimate?
  /// What the measure gives for maps that have nothing to do with each other (`Measure.hasNull`); nil where there is no
  /// such thing.
  public var null: Double?
  /// Samples behind it, over all recordings; of a difference, images.
  public var n: Int
  /// Samples left out as undefined, over all recordings; 0 of a difference.
  public var undefined: Int
  /// Of a difference: two-sided, of “it is 0”, over images. McNemar's test for accuracy with one recording a model.
  public var p: Double?
  /// After Holm's adjustment over the exits at which the measure is tested.
  public var holmP: Double?
  /// d_z, the mean of the images' differences over their standard deviation (Cohen, 1988).
  public var effectSize: Estimate?
  /// Of a difference in accuracy with one recording a model.
  public var mcNemar: McNemarTest?
  /// Whether the two sides differ in more than the model (`PairedResult.mapPremise`): then there is no finding.
  public var isWithheld = false

  package init(_ estimate: Estimate, n: Int = 0, undefined: Int = 0) {
    self.estimate = estimate
    self.n = n
    self.undefined = undefined
  }

  /// The value alone; the mean that pages print.
  public var value: Double { estimate.value }

  /// Whether sentences about it rest on images and runs; else the runs are held fixed.
  public var isOverRuns: Bool { runs?.estimate.low != nil }

  /// The number with the interval that sentences rest on: over images and runs where there is one, else over images.
  public var widest: Estimate { isOverRuns ? runs!.estimate : estimate }
  /// The p-value that belongs to it; Holm's where exits were tested together.
  public var widestP: Double? { isOverRuns ? runs!.holmP ?? runs!.p : holmP ?? p }

  /// What `widest` allows to say of a difference.
  public var finding: Finding? {
    guard !isWithheld else { return nil }
    return isOverRuns ? Finding(runs!.estimate, p: runs!.p) : imageFinding
  }

  /// The same of the interval over images, for the given runs.
  public var imageFinding: Finding? { isWithheld ? nil : Finding(estimate, p: p) }
}
