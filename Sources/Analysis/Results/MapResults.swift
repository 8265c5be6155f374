import TensorCore

/// Every exit's maps against every other's, on the input grid; mean over samples at which both are defined.
/// Symmetric. [exit][exit], from 0.
public struct ExitMatrix: Sendable {
  /// Rows and columns are exits, from 0.
  public var cells: [[Cell]]

  /// Two exits' maps of the same images.
  public struct Cell: Sendable, Equatable {
    /// Samples at which both maps are defined, over all recordings.
    public var n: Int
    /// 1 on the diagonal; nil where no sample is defined.
    public var cosine: Double?
    /// Pearson correlation of the cells; 1 on the diagonal.
    public var centred: Double?
    /// The same of different images, over all ordered pairs: on the diagonal, how alike an exit's maps are whatever
    /// the image. nil with fewer than two defined samples.
    public var cosineNull: Double?
    /// The null of `centred`.
    public var centredNull: Double?

    package init(
      n: Int, cosine: Double?, centred: Double?, cosineNull: Double?, centredNull: Double?
    ) {
      self.n = n
      self.cosine = cosine
      self.centred = centred
      self.cosineNull = cosineNull
      self.centredNull = centredNull
    }
  }

  package init(cells: [[Cell]]) {
    self.cells = cells
  }
}

/// Consistency (cosine) of the samples that an early exit answers rightly against those that it does not
/// (`CorrectnessContrast`). With several recordings, each number is the mean over those in which it is defined.
public struct CorrectnessResult: Sendable {
  /// Samples with a consistency, over all recordings.
  public var rightN: Int
  /// The same of wrong answers.
  public var wrongN: Int
  /// Mean cosine of rightly answered samples; nil where there is none.
  public var right: Double?
  /// Mean cosine of wrongly answered samples; nil where there is none.
  public var wrong: Double?
  /// right − wrong.
  public var difference: Estimate?
  /// The probability that a right answer's consistency exceeds a wrong one's; 0.5 says nothing.
  public var auroc: Estimate?

  package init(
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

/// A class of the samples; its numbers are at `Place.label` and `Place.labelAtExit`.
public struct ClassResult: Sendable {
  /// From 0.
  public var label: Int
  /// Recorded samples of the class.
  public var sampleCount: Int

  package init(label: Int, sampleCount: Int) {
    self.label = label
    self.sampleCount = sampleCount
  }
}

extension ClassResult {
  /// Too few samples for a statement about the class alone (`FlagThresholds.classSize`).
  public var isSmall: Bool { sampleCount < FlagThresholds.classSize }
  /// A class of fewer samples is small: its numbers say little.
  public static var smallSize: Int { FlagThresholds.classSize }
}
