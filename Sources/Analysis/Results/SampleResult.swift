/// One sample under every model (first recording of each).
public struct SampleResult: Sendable {
  /// Its place in the recording, from 0.
  public var index: Int
  /// Its class, from 0.
  public var label: Int
  /// One a model; nil for a model that saw other samples.
  public var models: [SampleModel?]
  /// One a model: the mean of its cosine − the reference's over the early exits at which both are defined; nil where none
  /// is, and for the reference.
  public var deltas: [Double?]
  /// One a model: the cosine of its final map with the reference's on the input grid; nil where one is undefined, and for
  /// the reference.
  public var finalCosines: [Double?]

  package init(
    index: Int, label: Int, models: [SampleModel?], deltas: [Double?], finalCosines: [Double?]
  ) {
    self.index = index
    self.label = label
    self.models = models
    self.deltas = deltas
    self.finalCosines = finalCosines
  }
}

/// A sample under one model; every list has one entry an exit.
public struct SampleModel: Sendable {
  /// Per exit: predicted class, its softmax probability, cosine with the final map (nil for the final exit or
  /// where undefined), and the map's largest finite cell as recorded (0 where there is none).
  public var predictions: [Int]
  /// The softmax probability of the predicted class.
  public var confidences: [Double]
  /// Cosine with the final map on the input grid; nil for the final exit and where undefined.
  public var cosines: [Double?]
  /// Pearson correlation with the final map; nil likewise.
  public var centred: [Double?]
  /// The map's largest finite cell as recorded; 0 where there is none.
  public var mapMaxima: [Double]
  /// From 1: the first exit whose confidence reaches the threshold, else the final one.
  public var leavesAt: Int
  /// Per exit, the other measures of agreement with the final map; nil for the final exit or where undefined.
  public var spearman: [Double?] = []
  /// `Measure.structuralSimilarity`, nil likewise.
  public var structuralSimilarity: [Double?] = []
  /// `Measure.top10`, nil likewise.
  public var top10: [Double?] = []
  /// `Measure.top20`, nil likewise.
  public var top20: [Double?] = []
  /// Per exit, at the resolution that all exits share; nil where undefined.
  public var sharedSpread: [Double?] = []

  package init(
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
