import Analysis

/// Training runs, and what an interval is over, in words.
enum RunWords {
  /// "1 Baseline, 1 EGT"; "3 of each of 12 models" where a list would be long.
  static func counts(_ result: AuditResult) -> String {
    let counts = result.models.map(\.seeds.count)
    guard result.models.count > 1 else { return String(counts[0]) }
    guard result.models.count <= ReportContext.drawnLimit else {
      return "\(NumberFormat.range(counts)) of each of \(result.models.count) models"
    }
    let parts = result.models.map { "\($0.seeds.count) \(name($0))" }
    return parts.joined(separator: parts.contains { $0.contains(",") } ? "; " : ", ")
  }

  /// "3 pairs of training runs of equal seed", "3 training runs of Baseline and 5 of EGT".
  static func runs(_ result: AuditResult) -> String {
    let counts = result.models.map(\.seeds.count)
    if result.models.count == 1 {
      return NumberFormat.counted(counts[0], "training run", "training runs")
    }
    if result.models.count == 2, let pairs = result.comparisons.first?.paired?.design?.pairs,
      pairs.count > 1
    {
      return "\(pairs.count) pairs of training runs of equal seed"
    }
    if Set(counts).count == 1 || result.models.count > ReportContext.drawnLimit {
      let runs = counts.max() == 1 ? "training run" : "training runs"
      return "\(NumberFormat.range(counts)) \(runs) of each model"
    }
    return DisplayText.list(
      result.models.map { model in
        let runs =
          model.index > 0 ? "" : model.seeds.count == 1 ? " training run" : " training runs"
        return "\(model.seeds.count)\(runs) of \(name(model))"
      })
  }

  /// What the intervals of differences are over.
  static func scope(_ result: AuditResult, _ images: String) -> String {
    let numbers = result.numbers
    let differences = result.comparisons.flatMap { comparison in
      let exits = result.models[comparison.model].exits.count
      return Place.all(exitCount: max(1, exits)).dropLast().flatMap { place in
        Measure.headline.compactMap { numbers[$0, place, difference: comparison.model] }
      }
    }
    if differences.contains(where: \.isOverRuns) {
      let exception =
        differences.allSatisfy(\.isOverRuns)
        ? "" : " (over images alone where a run has no defined map)"
      return "over \(images) and \(runs(result))\(exception)"
    }
    return result.models.allSatisfy { $0.seeds.count == 1 }
      ? "over \(images), for these \(result.models.count == 2 ? "two " : "")networks"
      : "over \(images), the training runs held fixed"
  }

  /// The same, for the end of a sentence about one difference.
  static func scope(isOverRuns: Bool, _ comparison: Comparison?) -> String {
    guard isOverRuns else { return "over images" }
    let pairs = comparison?.paired?.design?.pairs
    return pairs.map { "over images and \($0.count) pairs of runs" } ?? "over images and runs"
  }

  private static func name(_ model: ModelResult) -> String {
    DisplayText.name(model.name, limit: 40)
  }
}
