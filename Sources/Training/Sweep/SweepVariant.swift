/// A form of guided training that a sweep compares: what it changes in the paper's loss.
public enum SweepVariant: String, Sendable, Codable, CaseIterable {
  /// The paper's form: both maps move, every early exit counts the same.
  case paper
  /// The final map is held fixed in the consistency term.
  case stopGradient = "stop-gradient"

  /// Puts the variant into a training run's settings.
  public func apply(to configuration: inout TrainingConfiguration) {
    switch self {
    case .paper: break
    case .stopGradient: configuration.loss.stopGradient = true
    }
  }
}
