/// EGT − baseline on the same samples.
public struct PairedResult: Sendable {
  public var exits: [PairedExit]
  /// Over the early exits together: the mean of their differences.
  public var mean: PairedExit
  /// One entry an exit; empty where it was not computed.
  public var calibration: [PairedCalibration] = []

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
