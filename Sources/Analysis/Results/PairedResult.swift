/// EGT − baseline on the same samples.
public struct PairedResult: Sendable {
  public var exits: [PairedExit]
  /// Over the early exits together: the mean of their differences.
  public var mean: PairedExit
  /// One entry an exit; empty where it was not computed.
  public var calibration: [PairedCalibration] = []
  /// Accuracy where each image leaves at the audit's threshold.
  public var earlyExit: PairedNumber?
  /// How the arms' training runs belong together.
  public var design: RunDesign?
  /// What stopping early costs and brings.
  public var ledger: PairedLedger?
  /// Why nothing may be said of differences between maps; nil where nothing speaks against it.
  public var mapPremise: MapPremise?

  public init(exits: [PairedExit], mean: PairedExit) {
    self.exits = exits
    self.mean = mean
  }

  /// nil where the measure is not compared there.
  public func number(_ measure: AuditMeasure, _ place: AuditPlace) -> PairedNumber? {
    switch place {
    case .exit(let exit): exits.first { $0.exit == exit }?[measure]
    case .mean: mean[measure]
    case .earlyExit: measure == .accuracy ? earlyExit : nil
    }
  }

  /// Holm's adjustment: a family is one measure over all exits at which it is tested. The mean and the early exit are
  /// questions of their own and are not adjusted.
  mutating func adjust() {
    for measure in AuditMeasure.allCases {
      let images = HolmAdjustment.adjusted(exits.map { $0[measure]?.p })
      let runs = HolmAdjustment.adjusted(exits.map { $0[measure]?.runs?.p })
      for index in exits.indices {
        exits[index][measure]?.holmP = images[index]
        exits[index][measure]?.runs?.holmP = runs[index]
      }
    }
  }
}

/// The differences at one exit.
public struct PairedExit: Sendable {
  /// From 1; 0 for the mean over early exits.
  public var exit: Int
  /// nil for the final exit, and where no sample is defined in both arms.
  public var cosine: PairedNumber?
  public var excess: PairedNumber?
  public var centred: PairedNumber?
  public var spread: PairedNumber?
  public var accuracy: PairedNumber?
  /// The same of every measure of agreement with the final exit; empty for the final exit and the mean.
  public var differences: [MeasureDifference] = []
  /// Of how maps spread their attention, at equal resolution; nil for the mean.
  public var concentration: ConcentrationDifference?
  /// The samples' differences of the cosine in 80 bins from −2 to 2; nil where there is no deltaCosine.
  public var deltaHistogram: Histogram?
  /// Shares of those samples whose cosine is lower and higher under EGT; the rest are the same to the last bit.
  public var shareBelow: Double?
  public var shareAbove: Double?

  public init(exit: Int) { self.exit = exit }

  public init(
    exit: Int, deltaCosine: Estimate?, p: Double?, deltaCentred: Estimate?, deltaAccuracy: Estimate
  ) {
    self.exit = exit
    cosine = deltaCosine.map { PairedNumber(delta: $0, p: p) }
    centred = deltaCentred.map { PairedNumber(delta: $0, p: nil) }
    accuracy = PairedNumber(delta: deltaAccuracy, p: nil)
  }

  public subscript(measure: AuditMeasure) -> PairedNumber? {
    get {
      switch measure {
      case .cosine: cosine
      case .excess: excess
      case .centred: centred
      case .spread: spread
      case .accuracy: accuracy
      }
    }
    set {
      switch measure {
      case .cosine: cosine = newValue
      case .excess: excess = newValue
      case .centred: centred = newValue
      case .spread: spread = newValue
      case .accuracy: accuracy = newValue
      }
    }
  }
}

extension PairedExit {
  public var deltaCosine: Estimate? {
    get { cosine?.delta }
    set { set(newValue, \.cosine) }
  }

  public var deltaCentred: Estimate? {
    get { centred?.delta }
    set { set(newValue, \.centred) }
  }

  public var deltaAccuracy: Estimate? {
    get { accuracy?.delta }
    set { set(newValue, \.accuracy) }
  }

  /// Of the cosine.
  public var p: Double? { cosine?.p }

  private mutating func set(
    _ delta: Estimate?, _ path: WritableKeyPath<PairedExit, PairedNumber?>
  ) {
    self[keyPath: path] = delta.map { PairedNumber(delta: $0, p: self[keyPath: path]?.p) }
  }
}

/// One paired difference: its interval and test over images, the runs held fixed, and both over images and runs.
public struct PairedNumber: Sendable, Equatable {
  /// Mean over the images that are defined in both arms, each image's number being the mean over the arm's runs.
  /// Intervals over images: BCa bootstrap, for accuracy Bonett and Price's.
  public var delta: Estimate
  /// Two-sided, of “the difference is 0”: the bootstrap's p-value, which is below 0.05 where `delta` excludes 0. For
  /// accuracy McNemar's exact test with one recording an arm, which is a little more cautious than the interval, else
  /// that of Bonett and Price's interval.
  public var p: Double?
  /// After Holm's adjustment over the exits at which the measure is tested; nil for the mean and the early exit.
  public var holmP: Double?
  /// d_z, the mean of the images' differences over their standard deviation (ddof 1; Cohen, 1988), with its BCa
  /// interval over images; for the mean over exits, of each image's mean over them. nil for accuracy, whose effect
  /// is the difference itself and McNemar's odds ratio, and where all images differ alike.
  public var effectSize: Estimate?
  /// Of accuracy with one recording an arm.
  public var mcNemar: McNemarTest?
  /// Over images and training runs; nil where an arm has a single one.
  public var runs: RunsEstimate?
  /// Whether the two sides differ in more than the model (`PairedResult.mapPremise`): then there is no finding.
  public var isWithheld = false

  public init(delta: Estimate, p: Double?) {
    self.delta = delta
    self.p = p
  }

  /// Whether sentences about the difference rest on images and runs; else the runs are held fixed.
  public var isOverRuns: Bool { runs?.estimate.low != nil }

  /// The difference with the interval and the p-value that sentences rest on: over images and runs where there is one,
  /// else over images. `p` is Holm's where exits were tested together.
  public var interval: Estimate { isOverRuns ? runs!.estimate : delta }
  public var intervalP: Double? {
    isOverRuns ? runs!.holmP ?? runs!.p : holmP ?? p
  }

  /// What that interval allows to say.
  public var finding: Finding? {
    guard !isWithheld else { return nil }
    return isOverRuns ? Finding(runs!.estimate, p: runs!.p) : imageFinding
  }

  /// The same of the interval over images, for the given runs.
  public var imageFinding: Finding? { isWithheld ? nil : Finding(delta, p: p) }
}
