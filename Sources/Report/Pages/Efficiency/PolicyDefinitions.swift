import Analysis

/// The box that says what each policy does.
enum PolicyDefinitions {
  static let entries: [Fields] = [
    entry(
      .confidence, "The largest softmax probability is at least τ."),
    entry(
      .entropy,
      """
      One minus the entropy of the softmax probabilities over ln of the number of classes is at least τ (BranchyNet: \
      Teerapittayanon et al., 2016).
      """),
    entry(.margin, "The largest softmax probability exceeds the second by at least τ."),
    entry(
      .patience,
      """
      The exit and the t exits before it give one class: t\u{A0}=\u{A0}1 wants two exits in agreement (Zhou et al., \
      2020).
      """),
  ]

  private static func entry(_ policy: ExitPolicy, _ meaning: String) -> Fields {
    ["term": .text(policy.rawValue), "meaning": .text(meaning)]
  }
}
