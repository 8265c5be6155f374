import Analysis

/// What an interval is over, in words.
enum RunWords {
  /// "3 pairs of training runs of equal seed", "3 baseline and 5 EGT training runs".
  static func runs(_ result: AuditResult) -> String {
    let counts = (result.baseline.seeds.count, result.egt.seeds.count)
    if let pairs = result.paired?.design?.pairs, pairs.count > 1 {
      return "\(pairs.count) pairs of training runs of equal seed"
    }
    return "\(counts.0) baseline and \(counts.1) EGT training run\(counts == (1, 1) ? "" : "s")"
  }

  /// What the intervals of differences are over.
  static func scope(_ result: AuditResult, _ images: String) -> String {
    let exits = result.paired.map { $0.exits + [$0.mean] } ?? []
    let numbers = exits.flatMap { exit in AuditMeasure.allCases.compactMap { exit[$0] } }
    if numbers.contains(where: \.isOverRuns) {
      let exception =
        numbers.allSatisfy(\.isOverRuns)
        ? "" : " (over images alone where a run has no defined map)"
      return "over \(images) and \(runs(result))\(exception)"
    }
    let isSingle = result.baseline.seeds.count == 1 && result.egt.seeds.count == 1
    return isSingle
      ? "over \(images), for these two networks"
      : "over \(images), the training runs held fixed"
  }

  /// The same, for the end of a sentence about one difference.
  static func scope(isOverRuns: Bool, _ result: AuditResult) -> String {
    guard isOverRuns else { return "over images" }
    let pairs = result.paired?.design?.pairs
    return pairs.map { "over images and \($0.count) pairs of runs" } ?? "over images and runs"
  }
}
