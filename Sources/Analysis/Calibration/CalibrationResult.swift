/// What one exit's confidences are worth, over all recordings of a model.
///
/// With several recordings (seeds) every number is the mean of the recordings' own: of a sample's NLL and Brier
/// score, of the recordings' ECE and AUROC.
public struct ExitCalibration: Sendable {
  /// From 1.
  public var exit: Int
  /// The share of right answers.
  public var accuracy: Double
  /// At temperature 1, the probabilities as recorded.
  public var scores: CalibrationScores
  /// How well confidence tells right answers from wrong ones (`FailureAUROC`), mean over `aurocRecordings` recordings in
  /// which it is defined; nil where none: all answers right, or all wrong.
  ///
  /// The interval is DeLong's (DeLong, DeLong and Clarke-Pearson, 1988), normal on the logit scale so that it stays
  /// within 0…1; none at exactly 0 or 1, and where a recording has a single right or a single wrong answer.
  public var auroc: Estimate?
  /// Recordings in which `auroc` is defined.
  public var aurocRecordings: Int
  /// 15 bins of equal width, and up to 15 of equal mass, over all recordings' answers together.
  public var bins: [ReliabilityBin]
  /// Up to 15 bins of equal mass.
  public var equalMassBins: [ReliabilityBin]
  /// nil where a recording has no validation answers, or none that a temperature changes.
  public var scaling: ScaledCalibration?

  package init(
    exit: Int, accuracy: Double, scores: CalibrationScores, auroc: Estimate?,
    aurocRecordings: Int, bins: [ReliabilityBin], equalMassBins: [ReliabilityBin],
    scaling: ScaledCalibration?
  ) {
    self.exit = exit
    self.accuracy = accuracy
    self.scores = scores
    self.auroc = auroc
    self.aurocRecordings = aurocRecordings
    self.bins = bins
    self.equalMassBins = equalMassBins
    self.scaling = scaling
  }
}

/// How far confidences fit the answers.
public struct CalibrationScores: Sendable, Equatable {
  /// Mean confidence; above the accuracy, the exit is over-confident.
  public var confidence: Double
  /// Mean −ln p of the label (nats).
  public var nll: Estimate
  /// Mean Σ_c (p_c − [c = label])², 0…2.
  public var brier: Estimate
  /// Expected calibration error over 15 bins of equal width.
  public var ece: CalibrationErrorEstimate

  package init(
    confidence: Double, nll: Estimate, brier: Estimate, ece: CalibrationErrorEstimate
  ) {
    self.confidence = confidence
    self.nll = nll
    self.brier = brier
    self.ece = ece
  }
}

/// Expected calibration error; see `CalibrationError` for the definitions.
public struct CalibrationErrorEstimate: Sendable, Equatable {
  /// The plain ECE: 15 equal-width bins, top-label. Biased upwards.
  public var value: Double
  /// The ECE with its bias taken off, at least 0. Its interval takes the plain ECE's bootstrap variation, the sign of each
  /// bin's deviation held, around the debiased value. It starts at 0 where the plain ECE is no larger than perfect
  /// calibration gives in 97.5 % of samples (`isWithinChance`): there the deviations' signs are chance. In
  /// simulations (n = 100 to 10,000, five shapes of miscalibration) it holds the true value in 92 to 98 % of samples; the
  /// percentile interval of the plain ECE does so in 0 to 93 %, because resampling adds the bias once more.
  public var debiased: Estimate
  /// The plain ECE that perfect calibration would have here, by chance.
  public var null: Double
  /// value ≤ null + 1.96 standard deviations.
  public var isWithinChance: Bool
  /// The plain ECE over 15 equal-mass bins.
  public var equalMass: Double

  package init(
    value: Double, debiased: Estimate, null: Double, isWithinChance: Bool, equalMass: Double
  ) {
    self.value = value
    self.debiased = debiased
    self.null = null
    self.isWithinChance = isWithinChance
    self.equalMass = equalMass
  }
}

/// The same test answers with each exit's logits divided by a temperature that was fitted on validation answers; the
/// temperature is held fixed in all intervals.
public struct ScaledCalibration: Sendable {
  /// One a recording.
  public var fits: [TemperatureFit]
  /// After scaling.
  public var scores: CalibrationScores
  /// After − before, on the same samples.
  public var change: CalibrationDifference

  package init(
    fits: [TemperatureFit], scores: CalibrationScores, change: CalibrationDifference
  ) {
    self.fits = fits
    self.scores = scores
    self.change = change
  }
}

/// A difference of scores on the same samples: BCa bootstrap intervals over images for NLL and Brier score.
public struct CalibrationDifference: Sendable, Equatable {
  /// Of the mean −ln p of the label, nats; below 0 is better.
  public var nll: Estimate
  /// Of the Brier score; below 0 is better.
  public var brier: Estimate
  /// Of the debiased ECEs. Its interval is made as theirs are; where one of the two is within chance of 0, it reaches
  /// as far as if that one were 0. In simulations it holds the truth in 94 to 99 % of samples, and lies wholly on
  /// one side of 0 where the truth is 0 in 1 to 6 %.
  public var ece: Estimate

  package init(nll: Estimate, brier: Estimate, ece: Estimate) {
    self.nll = nll
    self.brier = brier
    self.ece = ece
  }
}

/// EGT − baseline at one exit.
public struct PairedCalibration: Sendable {
  /// From 1.
  public var exit: Int
  /// Intervals over images, the training runs held fixed.
  public var difference: CalibrationDifference
  /// nil where either model has none. The interval is normal, from the differences of the samples' influences
  /// (`FailureAUROC`); none where either model has none.
  public var auroc: Estimate?
  /// After temperature scaling of both; nil where either model has none.
  public var scaled: CalibrationDifference?
  /// The same numbers with intervals over images and training runs (`RunsEstimate`), where each model has three runs or
  /// more.
  public var overRuns: CalibrationDifference?
  /// `auroc` with its interval over images and training runs.
  public var aurocOverRuns: Estimate?
  /// `scaled` with its intervals over images and training runs.
  public var scaledOverRuns: CalibrationDifference?

  package init(
    exit: Int, difference: CalibrationDifference, auroc: Estimate?, scaled: CalibrationDifference?
  ) {
    self.exit = exit
    self.difference = difference
    self.auroc = auroc
    self.scaled = scaled
  }

  /// What a sentence may rest on: over images and runs where that interval exists, else over images alone.
  public var widest: CalibrationDifference { overRuns ?? difference }
  /// The same of `auroc`.
  public var widestAUROC: Estimate? { aurocOverRuns ?? auroc }
  /// The same of `scaled`.
  public var widestScaled: CalibrationDifference? { scaledOverRuns ?? scaled }
}
