import TensorCore

/// One model: a training, or several runs of it with other seeds. With several recordings, a number is the mean over
/// samples of each sample's mean over the recordings in which it is defined.
public struct ModelResult: Sendable {
  /// As the user calls it.
  public var name: String
  /// Its place in the list of models, from 0: the reference.
  public var index: Int
  /// One entry a recording; nil where the recording does not say.
  public var seeds: [UInt64?]
  /// nil where the recordings differ or do not say; so is `stopGradient`.
  public var lambda: Double?
  /// Whether the map that exits followed was a constant for the consistency term.
  public var stopGradient: Bool?
  /// How the attention module normalised its maps; nil where recordings differ, and for other maps.
  public var attentionKind: String?
  /// From the earliest to the final one.
  public var exits: [ExitResult]
  /// What leaving early does at the audit's threshold.
  public var earlyExit: EarlyExitResult
  /// Accuracy and cost over thresholds 0…1.
  public var costCurve: [CostPoint]
  /// Mean cost with early exit over the final exit's; nil where MACs are unknown.
  public var earlyExitCostShare: Double? {
    guard let mean = earlyExit.meanMacs, let final = exits.last, final.macs > 0 else { return nil }
    return mean / final.macs
  }

  /// Where maps are compared by concentration, the same for all models; nil where there is no such grid.
  public var sharedGrid: GridSize?
  /// What stopping early costs and brings.
  public var ledger: ExitLedger?
  /// The same of each recording alone, without bootstrap intervals; empty for a single recording.
  public var seedLedgers: [ExitLedger] = []
  /// Every exit's maps against every other's.
  public var matrix: ExitMatrix?
  /// One entry an exit; empty where it was not computed.
  public var calibration: [ExitCalibration] = []
  /// nil where none of its recordings has it.
  public var faithfulness: ModelFaithfulness?

  package init(
    name: String, index: Int, seeds: [UInt64?], lambda: Double?, stopGradient: Bool?,
    attentionKind: String?,
    exits: [ExitResult], earlyExit: EarlyExitResult, costCurve: [CostPoint]
  ) {
    self.name = name
    self.index = index
    self.seeds = seeds
    self.lambda = lambda
    self.stopGradient = stopGradient
    self.attentionKind = attentionKind
    self.exits = exits
    self.earlyExit = earlyExit
    self.costCurve = costCurve
  }
}

/// What is known of an exit beside its numbers.
public struct ExitResult: Sendable {
  /// From 1.
  public var exit: Int
  /// The size of its maps.
  public var grid: GridSize
  /// Multiply–accumulates from the input to this exit's answer; 0 where unknown.
  public var macs: Double
  /// Samples whose consistency is defined, over all recordings of the model; for the final exit, those whose map is.
  public var n: Int
  /// Samples left out: zero, constant or non-finite map at this exit or the final one. Constant means that the
  /// cells' range is at most 1e-6 of their largest magnitude; a 1×1 map always is.
  public var undefined: Int
  /// Consistency against right and wrong answers; nil for the final exit and where no sample is defined.
  public var correctness: CorrectnessResult?
  /// The cosines of all samples, every recording's counted, in 80 bins from −1 to 1; nil for the final exit.
  public var cosineHistogram: Histogram?
  /// Per recording, the mean centred correlation of this exit's maps of two different images, over all ordered pairs: 1
  /// where every image has the same map; nil with fewer than two defined maps.
  public var betweenImages: [Double?] = []

  package init(exit: Int, grid: GridSize, macs: Double, n: Int, undefined: Int) {
    self.exit = exit
    self.grid = grid
    self.macs = macs
    self.n = n
    self.undefined = undefined
  }
}

/// What happens when samples leave at the first exit whose confidence reaches the threshold (simulated).
public struct EarlyExitResult: Sendable {
  /// Confidence at which a sample leaves, 0…1.
  public var threshold: Double
  /// Per exit, the share of samples that leave there; sums to 1.
  public var shares: [Double]
  /// Mean multiply–accumulates a sample; nil where they are unknown.
  public var meanMacs: Double?

  package init(threshold: Double, shares: [Double], meanMacs: Double?) {
    self.threshold = threshold
    self.shares = shares
    self.meanMacs = meanMacs
  }
}

/// Accuracy and cost at one threshold.
public struct CostPoint: Sendable, Equatable {
  /// Confidence at which a sample leaves, 0…1.
  public var threshold: Double
  /// Share of samples answered rightly where they leave.
  public var accuracy: Double
  /// 0 where MACs are unknown.
  public var meanMacs: Double

  package init(threshold: Double, accuracy: Double, meanMacs: Double) {
    self.threshold = threshold
    self.accuracy = accuracy
    self.meanMacs = meanMacs
  }
}
