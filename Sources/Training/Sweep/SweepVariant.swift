/// A form of guided training that a sweep compares: what it changes in the paper's loss.
package enum SweepVariant: String, Sendable, Codable, CaseIterable {
  /// The paper's form: both maps move, every early exit counts the same.
  case paper
  /// The final map is held fixed in the consistency term.
  case stopGradient = "stop-gradient"
  /// In each batch the exits that agree least count most.
  case adaptive
  /// Each exit follows the next one, not the final one.
  case hierarchical
  case stopGradientAdaptive = "stop-gradient-adaptive"
  case stopGradientHierarchical = "stop-gradient-hierarchical"

  /// Puts the variant into a training run's settings.
  package func apply(to configuration: inout TrainingConfiguration) {
    configuration.loss.stopGradient =
      [.stopGradient, .stopGradientAdaptive, .stopGradientHierarchical].contains(self)
    configuration.loss.adaptiveWeights = [.adaptive, .stopGradientAdaptive].contains(self)
    configuration.loss.target =
      [.hierarchical, .stopGradientHierarchical].contains(self) ? .next : .final
  }
}
