/// The numbers that arms and training runs are compared by.
public enum AuditMeasure: String, Sendable, CaseIterable {
  /// Mean cosine with the final exit's map; that minus its null; Pearson correlation; spread of the maps.
  case cosine
  case excess
  case centred
  case spread
  /// Share of right answers.
  case accuracy

  /// Values that the measure can take.
  var range: ClosedRange<Double> {
    switch self {
    case .cosine, .centred: -1...1
    case .excess: -2...2
    case .spread: 0...Double.infinity
    case .accuracy: 0...1
    }
  }

  /// Values that a difference of two can take.
  var differences: ClosedRange<Double> {
    let width = range.upperBound - range.lowerBound
    return -width...width
  }
}

/// Where a measure is taken.
public enum AuditPlace: Sendable, Equatable {
  /// From 1.
  case exit(Int)
  /// The mean over the early exits.
  case mean
  /// Where each image leaves at the audit's threshold.
  case earlyExit

  static func all(exitCount: Int) -> [AuditPlace] {
    (1...exitCount).map { .exit($0) } + [.mean, .earlyExit]
  }
}
