import TensorCore

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

/// A class of the samples; its numbers are at `Place.label` and `Place.labelAtExit`.
public struct ClassResult: Sendable {
  public var label: Int
  public var sampleCount: Int

  public init(label: Int, sampleCount: Int) {
    self.label = label
    self.sampleCount = sampleCount
  }
}

extension ClassResult {
  /// Too few samples for a statement about the class alone (`FlagThresholds.classSize`).
  public var isSmall: Bool { sampleCount < FlagThresholds.classSize }
  public static var smallSize: Int { FlagThresholds.classSize }
}
