import Analysis

/// What the weight λ and the form of guided training do: the paper's tables for a whole sweep.
enum ExperimentPage: PageSection {
  static let name = "Experiment"
  static let file = "experiment.html"

  /// More missing runs than these are counted, not listed.
  private static let mostMissing = 12

  static func isPresent(in context: ReportContext) -> Bool { context.result.experiment != nil }

  static func pages(_ context: ReportContext) -> [Page] {
    [
      Page(
        file: file, title: "Experiment: every λ and form", template: "experiment", section: name
      ) { fields(context) }
    ]
  }

  private static func fields(_ context: ReportContext) -> Fields {
    guard let experiment = context.result.experiment else { return [:] }
    let tables = ExperimentTables(experiment, context)
    // What failed first: the rest is only not there yet.
    let missing =
      experiment.missing.filter { $0.failure != nil }
      + experiment.missing.filter { $0.failure == nil }
    let shown = missing.prefix(mostMissing)
    let runs = experiment.rows.reduce(0) { $0 + $1.arm.seeds.count }
    return [
      "runs": .text(NumberFormat.counted(runs, "training run", "training runs")),
      "rows": .text(
        NumberFormat.counted(experiment.rows.count, "setting", "settings")),
      "samples": .text(context.sampleCountText),
      "source": .text(PublishedNumbers.source),
      "findings": .list(ExperimentFindings.list(experiment)),
      "hasMissing": .flag(!experiment.missing.isEmpty),
      "missingCount": .text(
        NumberFormat.counted(experiment.missing.count, "planned run", "planned runs")),
      "missing": .list(
        shown.map {
          [
            "run": .text(DisplayText.name($0.name)),
            "reason": .text(
              $0.failure.map { "failed: \(DisplayText.text($0, limit: 300))" } ?? "not finished"),
          ]
        }),
      "moreMissing": .optional(
        experiment.missing.count > shown.count
          ? "and \(NumberFormat.count(experiment.missing.count - shown.count)) more, in report.json"
          : nil),
      "consistency": .fields(tables.consistency.fields),
      "figures": .list(context.figures("lambda")),
      "differences": .fields(tables.differences.fields),
      "earlyExit": .fields(tables.earlyExit.fields),
      "alerts": .list(alerts(experiment)),
      "hasAlerts": .flag(experiment.rows.contains { !$0.flags.isEmpty }),
    ]
  }

  /// The codes raised about each setting, with how often.
  private static func alerts(_ experiment: Experiment) -> [Fields] {
    experiment.rows.filter { !$0.flags.isEmpty }.map { row in
      let codes = row.flags.map(\.code)
      let counts = Set(codes).sorted().map { code in
        let count = codes.count { $0 == code }
        return count == 1 ? code : "\(code) (\(count))"
      }
      return [
        "setting": .text(ExperimentTables.name(row)),
        "codes": .text(counts.joined(separator: ", ")),
      ]
    }
  }
}
