/// One sample under both arms (first recording of each).
public struct SampleResult: Sendable {
  public var index: Int
  public var label: Int
  public var baseline: SampleArm
  public var egt: SampleArm
  /// Mean of EGT's cosine − baseline's over the early exits at which both are defined; nil where none is.
  public var deltaCosine: Double?
  /// Cosine of the two models' final maps on the input grid; nil where one is undefined.
  public var finalCosine: Double? = nil

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
  /// Per exit, the other measures of agreement with the final map; nil for the final exit or where undefined.
  public var spearman: [Double?] = []
  public var structuralSimilarity: [Double?] = []
  public var top10: [Double?] = []
  public var top20: [Double?] = []
  /// Per exit, at the resolution that all exits share; nil where undefined.
  public var sharedSpread: [Double?] = []

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
