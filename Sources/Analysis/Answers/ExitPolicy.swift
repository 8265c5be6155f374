/// When a sample leaves early. Each policy gives an exit's answer a score; a sample leaves at the first exit whose
/// score is at least the setting (a tie leaves), and the final exit always answers.
///
/// With p the softmax probabilities of an exit's C logits, in Double, p₍₁₎ ≥ p₍₂₎ the two largest:
///
/// | policy | score | setting |
/// |---|---|---|
/// | confidence | p₍₁₎ | τ in 0…1 |
/// | entropy | 1 − H(p) / ln C, H(p) = −Σ p ln p; so τ means H ≤ (1 − τ) ln C (BranchyNet: Teerapittayanon et al., 2016) | τ in 0…1 |
/// | margin | p₍₁₎ − p₍₂₎ | τ in 0…1 |
/// | patience | how many exits in a row, up to this one, gave the class that the exit before them gave (Zhou et al., 2020) | t = 0, 1, … |
///
/// At τ = 0 and at t = 0 every sample leaves at exit 1. At τ = 1 only those leave early whose score is 1 in Double
/// (a confidence of 1 − 1e-17, say). t = 1 wants two exits of one class, t = 2 three; from t = exits − 1 on, none
/// leaves early. With one class there is no doubt: the first three scores are 1. A class is the first of the
/// largest logits.
public enum ExitPolicy: String, Sendable, CaseIterable {
  case confidence
  case entropy
  case margin
  case patience

  /// The settings of a curve: steps of 0.05 with a closer look near 1, where trained networks have most scores; the
  /// patience of every exit.
  /// - Parameter threshold: the audit's own, which the confidence policy's curve has too.
  func curveSettings(exitCount: Int, threshold: Double) -> [Double] {
    if self == .patience { return (0..<exitCount).map(Double.init) }
    let fixed = (0...19).map { Double($0) / 20 } + [0.99, 0.999, 1]
    guard self == .confidence, !fixed.contains(threshold) else { return fixed }
    return (fixed + [threshold]).sorted()
  }
}
