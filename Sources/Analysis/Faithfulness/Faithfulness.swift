import TensorCore

/// How far a model's attention maps show what its answers depend on; measured on some of the samples.
///
/// With several recordings, a number is the mean over samples of each sample's mean over the recordings that measured
/// it. Intervals are over the measured samples (BCa bootstrap, see `Estimate`), drawn together for all models that saw the
/// same samples.
public struct ModelFaithfulness: Sendable {
  /// Samples that at least one recording measured.
  public var sampleCount: Int
  /// Recordings of the model that say something about faithfulness.
  public var recordingCount: Int
  /// One an exit, from the earliest to the final one.
  public var exits: [ExitFaithfulness]
  /// Over the early exits together, each with the same weight; nil where not recorded.
  public var meanAdvantage: Estimate?
  /// Mean ROAD gap of the early exits; nil where it was not recorded.
  public var meanRoadGap: Estimate?

  package init(sampleCount: Int, recordingCount: Int, exits: [ExitFaithfulness]) {
    self.sampleCount = sampleCount
    self.recordingCount = recordingCount
    self.exits = exits
  }
}

/// One exit. Each part is nil, or empty, where it was not recorded.
public struct ExitFaithfulness: Sendable {
  /// From 1.
  public var exit: Int
  /// Deletion and insertion; nil where they were not recorded.
  public var masking: MaskingFaithfulness?
  /// Removal with imputation; nil where it was not recorded.
  public var road: RoadFaithfulness?
  /// Maps under random weights, stage by stage; empty where they were not recorded.
  public var randomized: [RandomizedStage] = []
  /// Agreement with Grad-CAM; nil where it was not recorded.
  public var gradCAM: GradCAMAgreement?
  /// What the means are means of, one entry a measured sample.
  public var samples: [SampleFaithfulness] = []

  package init(exit: Int) { self.exit = exit }
}

/// One sample at one exit: the mean over the recordings that measured it; nil where none did, or where undefined.
public struct SampleFaithfulness: Sendable {
  /// In the recording, from 0.
  public var index: Int
  /// Area under the deletion curve, 0…1; small where the map marks what the answer depends on.
  public var deletionArea: Double?
  /// The same in random order.
  public var randomDeletionArea: Double?
  /// Area under the insertion curve, 0…1; large where the map marks what the answer depends on.
  public var insertionArea: Double?
  /// The same in random order.
  public var randomInsertionArea: Double?
  /// See `RoadFaithfulness.gap`.
  public var roadGap: Double?
  /// Cosine of the map with Grad-CAM's, on the input grid.
  public var gradCAMCosine: Double?
  /// Pearson correlation of the two.
  public var gradCAMCentred: Double?
  /// Spearman's rank correlation of the two.
  public var gradCAMSpearman: Double?

  package init(index: Int) { self.index = index }
}

/// Deletion and insertion (Petsiuk, Das and Saenko, 2018), beside the same with pixels in random order.
public struct MaskingFaithfulness: Sendable {
  /// Share of pixels deleted or inserted, from 0 to 1.
  public var fractions: [Double]
  /// Pixels taken away.
  public var deletion: MaskingCurve
  /// Pixels put in.
  public var insertion: MaskingCurve
  /// (deletion's gain + insertion's gain) / 2, sample by sample: 0 is what random order gives on average.
  public var advantage: Estimate
  /// Mean probability of the exit's own answer: to the whole image, with all pixels deleted, with none inserted. What
  /// curves can fall or rise by.
  public var wholeImage: Double
  /// With all pixels deleted.
  public var allDeleted: Double
  /// With no pixel inserted.
  public var noneInserted: Double

  package init(
    fractions: [Double], deletion: MaskingCurve, insertion: MaskingCurve, advantage: Estimate,
    wholeImage: Double, allDeleted: Double, noneInserted: Double
  ) {
    self.fractions = fractions
    self.deletion = deletion
    self.insertion = insertion
    self.advantage = advantage
    self.wholeImage = wholeImage
    self.allDeleted = allDeleted
    self.noneInserted = noneInserted
  }
}

/// One kind of masking, against random order.
public struct MaskingCurve: Sendable {
  /// Area under a sample's curve by the trapezoid rule over the share of pixels, 0…1; mean over samples.
  public var area: Estimate
  /// The same in random order.
  public var randomArea: Estimate
  /// How much better than random order, sample by sample: random − own for deletion, own − random for insertion.
  public var gain: Estimate
  /// Mean probability at each fraction, in the map's order and in random order.
  public var curve: [Double]
  /// The same in random order.
  public var randomCurve: [Double]

  package init(
    area: Estimate, randomArea: Estimate, gain: Estimate, curve: [Double], randomCurve: [Double]
  ) {
    self.area = area
    self.randomArea = randomArea
    self.gain = gain
    self.curve = curve
    self.randomCurve = randomCurve
  }
}

/// ROAD (Rong, Leemann, Borisov, Kasneci and Kasneci, 2022).
public struct RoadFaithfulness: Sendable {
  /// Share of pixels removed and imputed.
  public var fractions: [Double]
  /// The pixels that the map marks most were removed first.
  public var mostRelevantFirst: RoadCurve
  /// The pixels that the map marks least were removed first.
  public var leastRelevantFirst: RoadCurve
  /// Probability with the least attended pixels removed − with the most attended ones, mean over fractions, then over
  /// samples: 0 is what any order gives that does not know where the answer comes from.
  public var gap: Estimate

  package init(
    fractions: [Double], mostRelevantFirst: RoadCurve, leastRelevantFirst: RoadCurve, gap: Estimate
  ) {
    self.fractions = fractions
    self.mostRelevantFirst = mostRelevantFirst
    self.leastRelevantFirst = leastRelevantFirst
    self.gap = gap
  }
}

/// At each fraction, means over samples.
public struct RoadCurve: Sendable {
  /// Of the exit's own answer to the whole image.
  public var probabilities: [Double]
  /// Share answered rightly (against the label).
  public var accuracies: [Double]

  package init(probabilities: [Double], accuracies: [Double]) {
    self.probabilities = probabilities
    self.accuracies = accuracies
  }
}

/// The weight-randomisation check (Adebayo et al., 2018) at one stage: how alike maps are before and after weights
/// became random. Each number is the mean over draws of random weights, then over samples.
public struct RandomizedStage: Sendable {
  /// From 1; in an ExitLens recording 1 is the attention module alone, each further one a block more from the exit down.
  public var stage: Int
  /// nil where no sample is defined.
  public var spearman: Estimate?
  /// Pearson correlation; nil where no sample is defined.
  public var centred: Estimate?
  /// nil also where the grid has no window of three cells.
  public var structuralSimilarity: Estimate?
  /// The least and the greatest mean Spearman correlation of a draw: how much the number owes to which random weights
  /// were drawn, which the interval over samples does not show.
  public var lowestDraw: Double?
  /// The greatest of them.
  public var highestDraw: Double?
  /// Samples and draws with two defined maps (`MapStatistics.isDefined`), over all recordings, and the others.
  public var n: Int
  /// Samples and draws without two defined maps.
  public var undefined: Int

  package init(
    stage: Int, spearman: Estimate?, centred: Estimate?, structuralSimilarity: Estimate?,
    lowestDraw: Double?, highestDraw: Double?, n: Int, undefined: Int
  ) {
    self.stage = stage
    self.spearman = spearman
    self.centred = centred
    self.structuralSimilarity = structuralSimilarity
    self.lowestDraw = lowestDraw
    self.highestDraw = highestDraw
    self.n = n
    self.undefined = undefined
  }
}

/// How far attention maps agree with Grad-CAM maps (Selvaraju et al., 2017) of the same exit and image, on the exit's
/// grid.
public struct GradCAMAgreement: Sendable {
  /// Of the map and Grad-CAM's, on the input grid.
  public var cosine: AgreementWithNull
  /// Pearson correlation of the cells.
  public var centred: AgreementWithNull
  /// Spearman's rank correlation, tied cells (Grad-CAM's zeros) sharing their mean rank.
  public var spearman: AgreementWithNull
  /// Samples with two defined maps, over all recordings, and the others (a Grad-CAM map may be all zeros).
  public var n: Int
  /// Samples without two defined maps.
  public var undefined: Int

  package init(
    cosine: AgreementWithNull, centred: AgreementWithNull, spearman: AgreementWithNull, n: Int,
    undefined: Int
  ) {
    self.cosine = cosine
    self.centred = centred
    self.spearman = spearman
    self.n = n
    self.undefined = undefined
  }
}

/// An agreement beside what the Grad-CAM maps of other images give: the mean over all ordered pairs of different
/// samples, exact.
public struct AgreementWithNull: Sendable {
  /// Mean over samples.
  public var value: Estimate
  /// nil with fewer than two samples; so is the excess.
  public var null: Double?
  /// value − null; its interval lets both sides of the null vary with the samples, as that of
  /// `ExitConsistency.excess`.
  public var excess: Estimate?

  package init(value: Estimate, null: Double?, excess: Estimate?) {
    self.value = value
    self.null = null
    self.excess = excess
  }
}

/// EGT − baseline at one exit, over the samples that both models measured; nil where there are none.
public struct PairedFaithfulness: Sendable {
  /// From 1; 0 for the mean over early exits.
  public var exit: Int
  /// Of `MaskingCurve.gain` for deletion; nil where a side has none. So are the others.
  public var deletionGain: Estimate?
  /// Of `MaskingCurve.gain` for insertion.
  public var insertionGain: Estimate?
  /// Of `MaskingFaithfulness.advantage`.
  public var advantage: Estimate?
  /// Of `RoadFaithfulness.gap`.
  public var roadGap: Estimate?
  /// Of the Pearson correlation with Grad-CAM.
  public var gradCAMCentred: Estimate?

  package init(
    exit: Int, deletionGain: Estimate?, insertionGain: Estimate?, advantage: Estimate?,
    roadGap: Estimate?, gradCAMCentred: Estimate?
  ) {
    self.exit = exit
    self.deletionGain = deletionGain
    self.insertionGain = insertionGain
    self.advantage = advantage
    self.roadGap = roadGap
    self.gradCAMCentred = gradCAMCentred
  }
}
