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
  public var stopGradient: Bool?
  public var attentionKind: String?
  public var exits: [ExitResult]
  /// The same fields averaged over the early exits (all but the final one).
  public var mean: MeanResult
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
  /// Every number over the arm's training runs; empty with a single one.
  public var runs: [RunsRow] = []

  public init(
    name: String, index: Int, seeds: [UInt64?], lambda: Double?, stopGradient: Bool?,
    attentionKind: String?,
    exits: [ExitResult], mean: MeanResult, earlyExit: EarlyExitResult, costCurve: [CostPoint]
  ) {
    self.name = name
    self.index = index
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
  /// Every measure of agreement with the final exit that is defined at some sample; empty for the final exit.
  public var similarities: [SimilarityResult] = []
  /// Spread, entropy and Gini coefficient at the resolution that all exits share; nil for a 1×1 grid.
  public var concentration: ConcentrationResult?
  /// Consistency against right and wrong answers; nil for the final exit and where no sample is defined.
  public var correctness: CorrectnessResult?
  /// The cosines of all samples, every recording's counted, in 80 bins from −1 to 1; nil for the final exit.
  public var cosineHistogram: Histogram?
  /// Per recording, the mean centred correlation of this exit's maps of two different images, over all ordered pairs: 1
  /// where every image has the same map; nil with fewer than two defined maps.
  public var betweenImages: [Double?] = []

  init(exit: Int, grid: GridSize, macs: Double, n: Int, undefined: Int) {
    self.exit = exit
    self.grid = grid
    self.macs = macs
    self.n = n
    self.undefined = undefined
    accuracy = Estimate(0)
  }

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
  /// The mean of the largest cosines that any final map could have with these early maps, its grid being as coarse as
  /// it is (`GridCeiling`).
  public var ceiling: Double?

  public init(
    cosine: Estimate, null: Double?, excess: Estimate?, centred: Estimate, centredNull: Double?,
    cosineOnExitGrid: Double?, ceiling: Double? = nil
  ) {
    self.cosine = cosine
    self.null = null
    self.excess = excess
    self.centred = centred
    self.centredNull = centredNull
    self.cosineOnExitGrid = cosineOnExitGrid
    self.ceiling = ceiling
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
