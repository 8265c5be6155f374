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

/// A number with its 95 % confidence interval; bounds are nil where none can be given (fewer than two samples).
///
/// Means over samples have percentile bootstrap intervals over images, the recordings (seeds) held fixed; samples
/// are drawn once for all exits and both arms. The share of right answers of a single recording has
/// Wilson's interval.
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

/// One model (or one model with several seeds). With several recordings, a number is the mean over samples of each
/// sample's mean over the recordings in which it is defined.
public struct ArmResult: Sendable {
  public enum Name: String, Sendable {
    case baseline
    case egt
  }
  public var name: Name
  /// One entry a recording; nil where the recording does not say.
  public var seeds: [UInt64?]
  /// nil where the recordings differ or do not say; so is `stopGradient`.
  public var lambda: Double?
  public var stopGradient: Bool?
  public var attentionKind: String?
  public var exits: [ExitResult]
  /// The same fields averaged over the early exits (all but the final one).
  public var mean: MeanResult
  public var earlyExit: EarlyExitResult
  /// Accuracy and cost over thresholds 0…1.
  public var costCurve: [CostPoint]

  public init(
    name: Name, seeds: [UInt64?], lambda: Double?, stopGradient: Bool?, attentionKind: String?,
    exits: [ExitResult], mean: MeanResult, earlyExit: EarlyExitResult, costCurve: [CostPoint]
  ) {
    self.name = name
    self.seeds = seeds
    self.lambda = lambda
    self.stopGradient = stopGradient
    self.attentionKind = attentionKind
    self.exits = exits
    self.mean = mean
    self.earlyExit = earlyExit
    self.costCurve = costCurve
  }
}

public struct ExitResult: Sendable {
  /// From 1.
  public var exit: Int
  public var grid: GridSize
  /// Multiply–accumulates from the input to this exit's answer; 0 where unknown.
  public var macs: Double
  /// Share of samples answered rightly at this exit.
  public var accuracy: Estimate
  /// Samples whose consistency is defined, over all recordings of the arm; for the final exit, those whose map is.
  public var n: Int
  /// Samples left out: zero, constant or non-finite map at this exit or the final one. Constant means that the
  /// cells' range is at most 1e-6 of their largest magnitude; a 1×1 map always is.
  public var undefined: Int
  /// nil for the final exit, and where no sample is defined.
  public var consistency: ConsistencyResult?
  /// Standard deviation over mean of the map's cells on its own grid (ddof 1), mean over samples; nil for 1×1 grids.
  /// Constant maps count (as 0), so that a collapse shows; maps without a positive finite mean do not.
  public var spread: Double?
  /// Entropy of the map over log(cells), mean over samples: 1 is uniform. nil for 1×1 grids; maps with negative or
  /// non-finite cells do not count.
  public var entropy: Double?

  public init(
    exit: Int, grid: GridSize, macs: Double, accuracy: Estimate, n: Int, undefined: Int,
    consistency: ConsistencyResult?, spread: Double?, entropy: Double?
  ) {
    self.exit = exit
    self.grid = grid
    self.macs = macs
    self.accuracy = accuracy
    self.n = n
    self.undefined = undefined
    self.consistency = consistency
    self.spread = spread
    self.entropy = entropy
  }
}

/// How far an exit's map agrees with the final exit's, both upsampled to the input grid; means over samples.
public struct ConsistencyResult: Sendable {
  public var cosine: Estimate
  /// The same cosine against the final map of another image: its mean over all ordered pairs of
  /// different images at which it is defined. Exact, no random numbers; nil where only one is defined.
  public var null: Double?
  /// cosine − null; nil where the null is. Its interval lets both sides of the null vary with the samples.
  public var excess: Estimate?
  /// Pearson correlation of the cells.
  public var centred: Estimate
  /// The permutation null of the centred correlation; nil where only one sample is defined.
  public var centredNull: Double?
  /// The cosine on this exit's own grid, the final map interpolated to it; nil in the rare case that
  /// interpolation leaves no final map different from zero.
  public var cosineOnExitGrid: Double?

  public init(
    cosine: Estimate, null: Double?, excess: Estimate?, centred: Estimate, centredNull: Double?,
    cosineOnExitGrid: Double?
  ) {
    self.cosine = cosine
    self.null = null
    self.excess = excess
    self.centred = centred
    self.centredNull = centredNull
    self.cosineOnExitGrid = cosineOnExitGrid
  }
}

/// Means over the early exits, each exit with the same weight; consistency is the mean over those that have one.
public struct MeanResult: Sendable {
  public var accuracy: Double
  /// Samples defined at every early exit that has a consistency, over all recordings; `undefined` are the others.
  public var n: Int
  public var undefined: Int
  public var consistency: ConsistencyResult?
  public var spread: Double?

  public init(
    accuracy: Double, n: Int, undefined: Int, consistency: ConsistencyResult?, spread: Double?
  ) {
    self.accuracy = accuracy
    self.n = n
    self.undefined = undefined
    self.consistency = consistency
    self.spread = spread
  }
}

/// What happens when samples leave at the first exit whose confidence reaches the threshold (simulated).
public struct EarlyExitResult: Sendable {
  public var threshold: Double
  /// Per exit, the share of samples that leave there; sums to 1.
  public var shares: [Double]
  public var accuracy: Estimate
  /// nil where MACs are unknown.
  public var meanMacs: Double?

  public init(threshold: Double, shares: [Double], accuracy: Estimate, meanMacs: Double?) {
    self.threshold = threshold
    self.shares = shares
    self.accuracy = accuracy
    self.meanMacs = meanMacs
  }
}

public struct CostPoint: Sendable, Equatable {
  public var threshold: Double
  public var accuracy: Double
  /// 0 where MACs are unknown.
  public var meanMacs: Double

  public init(threshold: Double, accuracy: Double, meanMacs: Double) {
    self.threshold = threshold
    self.accuracy = accuracy
    self.meanMacs = meanMacs
  }
}

/// EGT − baseline on the same samples.
public struct PairedResult: Sendable {
  public var exits: [PairedExit]
  /// Over the early exits together: the mean of their differences.
  public var mean: PairedExit

  public init(exits: [PairedExit], mean: PairedExit) {
    self.exits = exits
    self.mean = mean
  }
}

public struct PairedExit: Sendable {
  /// From 1; 0 for the mean over early exits.
  public var exit: Int
  /// Mean difference of the cosine over the samples that are defined in both arms, paired bootstrap interval; nil
  /// for the final exit and where no sample is.
  public var deltaCosine: Estimate?
  /// Two-sided bootstrap p-value of deltaCosine: 2 · min(P(Δ* ≤ 0), P(Δ* ≥ 0)) over resamples, one added to each
  /// count, at most 1.
  public var p: Double?
  public var deltaCentred: Estimate?
  public var deltaAccuracy: Estimate

  public init(
    exit: Int, deltaCosine: Estimate?, p: Double?, deltaCentred: Estimate?, deltaAccuracy: Estimate
  ) {
    self.exit = exit
    self.deltaCosine = deltaCosine
    self.p = p
    self.deltaCentred = deltaCentred
    self.deltaAccuracy = deltaAccuracy
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

/// One sample under both arms (first recording of each).
public struct SampleResult: Sendable {
  public var index: Int
  public var label: Int
  public var baseline: SampleArm
  public var egt: SampleArm
  /// Mean of EGT's cosine − baseline's over the early exits at which both are defined; nil where none is.
  public var deltaCosine: Double?

  public init(index: Int, label: Int, baseline: SampleArm, egt: SampleArm, deltaCosine: Double?) {
    self.index = index
    self.label = label
    self.baseline = baseline
    self.egt = egt
    self.deltaCosine = deltaCosine
  }
}

public struct SampleArm: Sendable {
  /// Per exit: predicted class, its softmax probability, cosine with the final map (nil for the final exit or
  /// where undefined), and the map's largest finite cell as recorded (0 where there is none).
  public var predictions: [Int]
  public var confidences: [Double]
  public var cosines: [Double?]
  public var centred: [Double?]
  public var mapMaxima: [Double]
  /// From 1: the first exit whose confidence reaches the threshold, else the final one.
  public var leavesAt: Int

  public init(
    predictions: [Int], confidences: [Double], cosines: [Double?], centred: [Double?],
    mapMaxima: [Double], leavesAt: Int
  ) {
    self.predictions = predictions
    self.confidences = confidences
    self.cosines = cosines
    self.centred = centred
    self.mapMaxima = mapMaxima
    self.leavesAt = leavesAt
  }
}
