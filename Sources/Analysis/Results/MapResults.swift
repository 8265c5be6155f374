import TensorCore

/// A way to say how far an exit's map agrees with the final exit's, of the same image.
public enum MapMeasure: String, Sendable, CaseIterable {
  /// Cosine on the input grid: the headline.
  case cosine
  /// Cosine on the early exit's own grid, the final map interpolated to it.
  case cosineOnExitGrid
  /// Pearson correlation on the input grid.
  case centred
  /// Spearman's rank correlation on the comparison grid (`RankCorrelation`).
  case spearman
  /// Structural similarity of the maps divided by their means, with their own variation as the dynamic range, on the
  /// comparison grid (`StructuralSimilarity`).
  case structuralSimilarity
  /// Intersection over union of the top 10 % of cells, on the comparison grid (`TopCells`).
  case top10
  case top20

  /// What two maps that have nothing to do with each other are taken to be.
  public enum Reference: Sendable {
    /// The exit's map and the final map of another image (`PermutationNull`).
    case otherImage
    /// Two sets of as many cells, drawn at random (`TopCells.chance`).
    case randomCells
  }

  /// nil where there is none.
  public var reference: Reference? {
    switch self {
    case .cosine, .centred, .spearman: .otherImage
    case .top10, .top20: .randomCells
    case .cosineOnExitGrid, .structuralSimilarity: nil
    }
  }
}

/// One measure of one early exit: means over samples.
///
/// The comparison grid has the finer side of the two maps' own grids along each axis; a map of another grid is
/// interpolated to it. Ranks and largest cells of maps that were both blown up to the input would count every
/// repeated cell many times.
public struct SimilarityResult: Sendable {
  public var measure: MapMeasure
  /// Where the maps are compared.
  public var grid: GridSize
  public var value: Estimate
  /// Samples at which it is defined, over all recordings, and the others. Structural similarity is undefined too
  /// where a map's mean is not positive or no window fits.
  public var n: Int
  public var undefined: Int
  /// The same for maps that have nothing to do with each other (`MapMeasure.reference`); nil where the measure has no
  /// such reference or only one sample is defined.
  public var null: Double?
  /// value − null. Of the cosine and the centred correlation with an interval, which lets the null vary with the
  /// samples too.
  public var excess: Estimate?
  /// The null with only images of the same class taken as others: per sample the mean over the other defined
  /// samples of its class, mean over the samples that have any.
  public var sameClassNull: Double?
  /// Mean of the measure − sameClassNull over the samples that have one.
  public var sameClassExcess: Estimate?
  /// Those samples, over all recordings.
  public var sameClassN = 0

  public init(
    measure: MapMeasure, grid: GridSize, value: Estimate, n: Int, undefined: Int
  ) {
    self.measure = measure
    self.grid = grid
    self.value = value
    self.n = n
    self.undefined = undefined
  }
}

/// How an exit's maps spread their attention, on a grid that all exits of both models share (`Concentration`,
/// `BoxAverage`): the smallest height and width of any exit's grid, 1×1 grids left out.
public struct ConcentrationResult: Sendable {
  public var grid: GridSize
  /// Standard deviation over mean; nil where undefined at every sample.
  public var spread: Estimate?
  /// Entropy over log(cells).
  public var entropy: Estimate?
  public var gini: Estimate?
  /// Samples at which the spread is defined, over all recordings, and the others.
  public var n: Int
  public var undefined: Int
  /// The same for entropy and Gini coefficient, which are undefined for maps with negative cells too.
  public var shareN: Int
  public var shareUndefined: Int

  public init(
    grid: GridSize, spread: Estimate?, entropy: Estimate?, gini: Estimate?, n: Int,
    undefined: Int, shareN: Int, shareUndefined: Int
  ) {
    self.grid = grid
    self.spread = spread
    self.entropy = entropy
    self.gini = gini
    self.n = n
    self.undefined = undefined
    self.shareN = shareN
    self.shareUndefined = shareUndefined
  }
}

/// Every exit's maps against every other's, on the input grid; mean over samples at which both are defined.
/// Symmetric. [exit][exit], from 0.
public struct ExitMatrix: Sendable {
  public var cells: [[Cell]]

  public struct Cell: Sendable, Equatable {
    /// Samples at which both maps are defined, over all recordings.
    public var n: Int
    /// 1 on the diagonal; nil where no sample is defined.
    public var cosine: Double?
    public var centred: Double?
    /// The same of different images, over all ordered pairs: on the diagonal, how alike an exit's maps are whatever
    /// the image. nil with fewer than two defined samples.
    public var cosineNull: Double?
    public var centredNull: Double?

    public init(
      n: Int, cosine: Double?, centred: Double?, cosineNull: Double?, centredNull: Double?
    ) {
      self.n = n
      self.cosine = cosine
      self.centred = centred
      self.cosineNull = cosineNull
      self.centredNull = centredNull
    }
  }

  public init(cells: [[Cell]]) {
    self.cells = cells
  }
}

/// Consistency (cosine) of the samples that an early exit answers rightly against those that it does not
/// (`CorrectnessContrast`). With several recordings, each number is the mean over those in which it is defined.
public struct CorrectnessResult: Sendable {
  /// Samples with a consistency, over all recordings.
  public var rightN: Int
  public var wrongN: Int
  public var right: Double?
  public var wrong: Double?
  /// right − wrong.
  public var difference: Estimate?
  /// The probability that a right answer's consistency exceeds a wrong one's; 0.5 says nothing.
  public var auroc: Estimate?

  public init(
    rightN: Int, wrongN: Int, right: Double?, wrong: Double?, difference: Estimate?,
    auroc: Estimate?
  ) {
    self.rightN = rightN
    self.wrongN = wrongN
    self.right = right
    self.wrong = wrong
    self.difference = difference
    self.auroc = auroc
  }
}

/// One class under every model. A sample's consistency is the mean over the early exits at which it is defined.
public struct ClassResult: Sendable {
  public var label: Int
  public var sampleCount: Int
  /// One a model; nil for a model that saw other samples.
  public var models: [ClassModel?]
  /// One a model: its cosine − the reference's over the class's samples; nil where none is defined in both, and for the
  /// reference.
  public var deltas: [Estimate?]

  public init(label: Int, sampleCount: Int, models: [ClassModel?], deltas: [Estimate?]) {
    self.label = label
    self.sampleCount = sampleCount
    self.models = models
    self.deltas = deltas
  }
}

public struct ClassModel: Sendable {
  /// Over the early exits: the cosine's mean over samples of their means over exits, with its interval; of the other
  /// numbers the mean over exits.
  public var mean: ClassNumbersRow
  /// One an early exit.
  public var exits: [ClassNumbersRow]
  /// Share of samples that the final exit answers rightly, mean over recordings; nil for a class without samples.
  public var accuracy: Estimate?

  public init(mean: ClassNumbersRow, exits: [ClassNumbersRow], accuracy: Estimate?) {
    self.mean = mean
    self.exits = exits
    self.accuracy = accuracy
  }
}

public struct ClassNumbersRow: Sendable {
  /// Samples with a consistency: at an exit, over all recordings; in the mean, those that have one at some exit.
  public var n: Int
  /// With an interval for the mean over early exits only.
  public var cosine: Estimate?
  public var centred: Double?
  /// Cosine − its null with all other images, and with those of the class.
  public var excess: Double?
  public var sameClassExcess: Double?

  public init(
    n: Int, cosine: Estimate?, centred: Double?, excess: Double?, sameClassExcess: Double?
  ) {
    self.n = n
    self.cosine = cosine
    self.centred = centred
    self.excess = excess
    self.sameClassExcess = sameClassExcess
  }
}

/// EGT − baseline of one measure, over the samples at which it is defined in both.
public struct MeasureDifference: Sendable {
  public var measure: MapMeasure
  public var value: Estimate
  /// Those samples.
  public var n: Int

  public init(measure: MapMeasure, value: Estimate, n: Int) {
    self.measure = measure
    self.value = value
    self.n = n
  }
}

/// EGT − baseline of how maps spread their attention, at equal resolution.
public struct ConcentrationDifference: Sendable {
  public var spread: Estimate?
  public var entropy: Estimate?
  public var gini: Estimate?

  public init(spread: Estimate?, entropy: Estimate?, gini: Estimate?) {
    self.spread = spread
    self.entropy = entropy
    self.gini = gini
  }
}

extension ClassResult {
  /// Too few samples for a statement about the class alone (`FlagThresholds.classSize`).
  public var isSmall: Bool { sampleCount < FlagThresholds.classSize }
  public static var smallSize: Int { FlagThresholds.classSize }
}
