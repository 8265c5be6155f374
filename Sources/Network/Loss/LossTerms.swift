/// The loss of one batch, its parts before weighting, as means over the batch's samples.
package struct LossTerms: Sendable, Equatable {
  /// mean_i CE_i + λ · consistency.
  package var total: Double
  /// Per exit.
  package var crossEntropy: [Double]
  /// Per early exit: mean over samples of 1 − cos.
  package var dissimilarity: [Double]
  /// Per early exit: the weight of its `dissimilarity` in this batch; they sum to 1.
  package var consistencyWeights: [Double]
  /// Σ consistencyWeights · dissimilarity.
  package var consistency: Double
  /// Per exit: samples answered rightly.
  package var correct: [Int]

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
