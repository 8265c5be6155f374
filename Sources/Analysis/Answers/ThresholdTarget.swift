/// What a setting is chosen for, on the validation answers.
public enum ThresholdTarget: Sendable, Equatable {
  /// The cheapest setting whose validation accuracy is at least this share.
  case accuracy(Double)
  /// The cheapest setting whose validation accuracy is at most this far below the final exit's (a share: 0.01 is one
  /// percentage point).
  case belowFinal(Double)
  /// The setting of the highest validation accuracy among those whose mean cost on the validation answers is at most
  /// this share of the final exit's.
  case budget(Double)
}
