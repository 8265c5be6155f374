import Analysis

/// All models of a sweep, or of a longer list, side by side: the paper's tables.
enum ExperimentPage: PageSection {
  static let name = "Models"
  static let file = "experiment.html"

  /// More missing runs than these are counted, not listed.
  private static let mostMissing = 12

  static func isPresent(in context: ReportContext) -> Bool {
    context.result.models.count > 2 || context.result.missing != nil
  }

  static func pages(_ context: ReportContext) -> [Page] {
    [
      Page(
        file: file, title: "All models", template: "experiment", section: name
      ) { fields(context) }
    ]
  }

  private static func fields(_ context: ReportContext) -> Fields {
    // What failed first: the rest is only not there yet.
    let planned = context.result.missing ?? []
    let missing =
      planned.filter { $0.failure != nil } + planned.filter { $0.failure == nil }
    let shown = missing.prefix(mostMissing)
    let models = context.result.models
    let runs = models.reduce(0) { $0 + $1.seeds.count }
    return [
      "runs": .text(NumberFormat.counted(runs, "training run", "training runs")),
      "rows": .text(
        NumberFormat.counted(models.count, "model", "models")),
      "samples": .text(context.sampleCountText),
      "source": .text(PublishedNumbers.source),
      "isSweep": .flag(context.result.missing != nil),
      "findings": .list(ExperimentFindings.list(context)),
      "hasMissing": .flag(!missing.isEmpty),
      "missingCount": .text(
        NumberFormat.counted(missing.count, "planned run", "planned runs")),
      "missing": .list(
        shown.map {
          [
            "run": .text(DisplayText.name($0.name)),
            "reason": .text(
              $0.failure.map { "failed: \(DisplayText.text($0, limit: 300))" } ?? "not finished"),
          ]
        }),
      "moreMissing": .optional(
        missing.count > shown.count
          ? "and \(NumberFormat.count(missing.count - shown.count)) more, in report.json"
          : nil),
      "consistency": .fields(ModelTables.consistency(context).pageFields),
      "figures": .list(context.figures("lambda")),
      "differences": .fields(ModelDifferences.table(context).pageFields),
      "earlyExit": .fields(ModelTables.earlyExit(context).pageFields),
      "alerts": .list(alerts(context)),
      "hasAlerts": .flag(context.result.flags.contains { $0.model != nil }),
    ]
  }

  /// The codes raised about each model, with how often.
  private static func alerts(_ context: ReportContext) -> [Fields] {
    context.models.compactMap { model in
      let codes = context.result.flags.filter { $0.model == model }.map(\.code)
      guard !codes.isEmpty else { return nil }
      let counts = Set(codes).sorted().map { code in
        let count = codes.count { $0 == code }
        return count == 1 ? code : "\(code) (\(count))"
      }
      return [
        "setting": .text(context.name(model)), "codes": .text(counts.joined(separator: ", ")),
      ]
    }
  }
}
