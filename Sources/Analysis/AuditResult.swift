import TensorCore

/// Everything a report prints, as plain values. Exits are numbered from 1, as in the paper.
///
/// Where the arms saw different samples, what describes the samples is the baseline's.
public struct AuditResult: Sendable {
  public var classNames: [String]
  public var sampleCount: Int
  public var input: GridSize
  public var channels: Int
  /// Images per class in the recorded part.
  public var classCounts: [Int]
  /// Confidence at which a sample leaves early.
  public var threshold: Double
  /// Resamples behind every bootstrap interval, and their seed.
  public var bootstrapResamples: Int
  public var bootstrapSeed: UInt64
  public var baseline: ArmResult
  public var egt: ArmResult
  /// nil where the two arms saw different samples; then `pairingRefusal` says why.
  public var paired: PairedResult?
  public var pairingRefusal: String?
  public var flags: [Flag]
  /// Per sample, in recording order; empty where the arms saw different samples.
  public var samples: [SampleResult]
  /// Class by class, one entry a class, in their order; empty where the arms saw different samples.
  public var classes: [ClassResult] = []
  /// nil where no recording has it.
  public var faithfulness: Faithfulness?
  /// Where the models, and their exits, part ways image by image; nil where the arms saw different samples.
  public var disagreement: Disagreement?
  /// nil unless recordings for one were given.
  public var sweep: LambdaSweep?
  /// nil unless the report is of a sweep's folder.
  public var experiment: Experiment?

  public init(
    classNames: [String], sampleCount: Int, input: GridSize, channels: Int, classCounts: [Int],
    threshold: Double, bootstrapResamples: Int, bootstrapSeed: UInt64, baseline: ArmResult,
    egt: ArmResult, paired: PairedResult?, pairingRefusal: String?, flags: [Flag],
    samples: [SampleResult]
  ) {
    self.classNames = classNames
    self.sampleCount = sampleCount
    self.input = input
    self.channels = channels
    self.classCounts = classCounts
    self.threshold = threshold
    self.bootstrapResamples = bootstrapResamples
    self.bootstrapSeed = bootstrapSeed
    self.baseline = baseline
    self.egt = egt
    self.paired = paired
    self.pairingRefusal = pairingRefusal
    self.flags = flags
    self.samples = samples
  }
}

/// A number with its 95 % confidence interval; bounds are nil where none can be given (too few samples).
///
/// Where nothing else is said, the interval is over images, the recordings (seeds) held fixed. Means over samples have
/// BCa bootstrap intervals (`BootstrapDistribution.estimate`), samples being drawn once for all exits and both arms;
/// shares of right answers have Wilson's (`WilsonInterval`), their paired differences Bonett and Price's
/// (`PairedShares`). `RunsEstimate` has intervals over images and training runs.
public struct Estimate: Sendable, Equatable {
  public var value: Double
  public var low: Double?
  public var high: Double?

  public init(_ value: Double, low: Double? = nil, high: Double? = nil) {
    self.value = value
    self.low = low
    self.high = high
  }
}

/// Something the reader must know before believing a number.
public struct Flag: Sendable, Equatable {
  /// "COLLAPSE", "FLATTENED", "NO-EXCESS", "FEW-SEEDS", "UNDEFINED-MAPS", "SKIPPED-IMAGES", …
  public var code: String
  /// "baseline", "egt" or "both".
  public var arm: String
  /// From 1; nil where the flag is about the whole arm.
  public var exit: Int?
  /// One plain sentence with its numbers.
  public var message: String

  public init(code: String, arm: String, exit: Int?, message: String) {
    self.code = code
    self.arm = arm
    self.exit = exit
    self.message = message
  }
}
