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

extension ModelScan {
  /// A measure's series at a place, [recording][series][image]: one series, or one an early exit for their mean; nil
  /// where undefined. nil where the measure does not exist there.
  func series(_ measure: AuditMeasure, _ place: AuditPlace) -> [[Column]]? {
    let exits: Range<Int>
    switch place {
    case .exit(let exit):
      guard exit < exitCount || [.accuracy, .spread].contains(measure) else { return nil }
      exits = exit - 1..<exit
    case .mean: exits = 0..<exitCount - 1
    case .earlyExit:
      guard measure == .accuracy else { return nil }
      return outcomes.map { [Self.shares($0.isRight)] }
    }
    return self.exits.map { scans in scans[exits].map { Self.values(measure, $0) } }
  }

  /// The same with each image's mean over the recordings in which it is defined, [series][image].
  func imageSeries(_ measure: AuditMeasure, _ place: AuditPlace) -> [Column]? {
    guard let recordings = series(measure, place) else { return nil }
    guard recordings.count > 1 else { return recordings[0] }
    return recordings[0].indices.map { series in
      ModelScan.average(recordings.map { $0[series] })
    }
  }

  private static func values(_ measure: AuditMeasure, _ scan: ExitScan) -> Column {
    switch measure {
    case .cosine: scan.consistency!.cosine
    case .excess: scan.consistency!.excess
    case .centred: scan.consistency!.centred
    case .spread: scan.spread
    case .accuracy: shares(scan.answers.isRight)
    }
  }

  private static func shares(_ isRight: [Bool]) -> Column {
    Column(isRight.lazy.map { $0 ? 1 : 0 })
  }
}
