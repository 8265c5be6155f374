/// What a value of the training loss says about cosines, whatever the network and the data.
///
/// On the loss's own alignment grid and the batches that it was measured on. The audit's grid is the input's; there
/// the same holds for runs trained with `--alignment-grid input` only.
public enum LossBound {
  /// The mean cosine behind a consistency term: 1 − term, since the term is the weighted mean of 1 − cosine over images
  /// and early exits. With adaptive weights a lower bound of the plain mean: they weigh what is large the most.
  public static func meanCosine(consistencyTerm: Double) -> Double { 1 - consistencyTerm }

  /// A lower bound of that mean cosine from the whole loss: cross-entropies are not negative, so λ · term ≤ loss.
  /// - Returns: nil where λ is 0, and no loss says anything.
  public static func leastMeanCosine(loss: Double, lambda: Double) -> Double? {
    lambda > 0 ? 1 - loss / lambda : nil
  }

  /// An upper bound of the share, weighted as the term is, of pairs of an image and an early exit whose cosine is at
  /// most `cosine`: term / (1 − cosine), by Markov's inequality, as 1 − cosine is not negative.
  /// - Parameter cosine: below 1.
  public static func greatestShare(consistencyTerm: Double, atMost cosine: Double) -> Double {
    min(1, consistencyTerm / (1 - cosine))
  }
}
