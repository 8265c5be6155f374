/// The loss of one batch, its parts before weighting, as means over the batch's samples.
public struct LossTerms: Sendable, Equatable {
  /// mean_i CE_i + λ · consistency.
  public var total: Double
  /// Per exit.
  public var crossEntropy: [Double]
  /// Per early exit: mean over samples of 1 − cos.
  public var dissimilarity: [Double]
  /// Per early exit: the weight of its `dissimilarity` in this batch; they sum to 1.
  public var consistencyWeights: [Double]
  /// Σ consistencyWeights · dissimilarity.
  public var consistency: Double
  /// Per exit: samples answered rightly.
  public var correct: [Int]

  /// Zeros.
  init(exits: Int) {
    total = 0
    crossEntropy = [Double](repeating: 0, count: exits)
    dissimilarity = [Double](repeating: 0, count: exits - 1)
    consistencyWeights = dissimilarity
    consistency = 0
    correct = [Int](repeating: 0, count: exits)
  }
}
