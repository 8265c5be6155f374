import TensorCore

/// Everything a report prints, as plain values. Exits are numbered from 1, as in the paper.
///
/// Where a model saw other samples than the reference, what describes the samples is the reference's.
public struct AuditResult: Sendable {
  /// One name a class, in label order.
  public var classNames: [String]
  /// Recorded samples.
  public var sampleCount: Int
  /// The images' size; maps are compared on this grid.
  public var input: GridSize
  /// 1 (grey) or 3 (colour).
  public var channels: Int
  /// Images per class in the recorded part.
  public var classCounts: [Int]
  /// Confidence at which a sample leaves early.
  public var threshold: Double
  /// Resamples behind every bootstrap interval, and their seed.
  public var bootstrapResamples: Int
  /// The seed of the resampling; equal seeds give equal intervals.
  public var bootstrapSeed: UInt64
  /// The models in the order in which they were given; the first is the reference.
  public var models: [ModelResult]
  /// Every other model against the reference, in the order of `models`.
  public var comparisons: [Comparison]
  /// Every number about the models.
  public var numbers = Numbers()
  /// What a reader must know before believing the numbers.
  public var flags: [Flag]
  /// Per sample of the reference, in recording order.
  public var samples: [SampleResult]
  /// Class by class, one entry a class, in their order.
  public var classes: [ClassResult] = []
  /// nil unless models trained alike at three λ or more are among the reference's samples.
  public var sweep: LambdaSweep?
  /// Planned runs without a recording; nil unless the result is of a sweep's folder.
  public var missing: [MissingRun]?

  package init(
    classNames: [String], sampleCount: Int, input: GridSize, channels: Int, classCounts: [Int],
    threshold: Double, bootstrapResamples: Int, bootstrapSeed: UInt64, models: [ModelResult],
    comparisons: [Comparison], flags: [Flag], samples: [SampleResult]
  ) {
    precondition(!models.isEmpty, "a result of no model")
    self.classNames = classNames
    self.sampleCount = sampleCount
    self.input = input
    self.channels = channels
    self.classCounts = classCounts
    self.threshold = threshold
    self.bootstrapResamples = bootstrapResamples
    self.bootstrapSeed = bootstrapSeed
    self.models = models
    self.comparisons = comparisons
    self.flags = flags
    self.samples = samples
  }

  /// What the others are compared with.
  public var reference: ModelResult { models[0] }

  /// nil for the reference.
  public func comparison(of model: Int) -> Comparison? {
    comparisons.first { $0.model == model }
  }
}
