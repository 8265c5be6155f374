import Analysis

/// How far training runs differ, where a model has several.
enum RunsPage: PageSection {
  static let name = "Runs"
  static let file = "runs.html"

  static func isPresent(in context: ReportContext) -> Bool {
    context.result.models.contains { $0.seeds.count > 1 }
  }

  static func pages(_ context: ReportContext) -> [Page] {
    [
      Page(file: file, title: "Training runs", template: "runs", section: name) {
        fields(context)
      }
    ]
  }

  private static func fields(_ context: ReportContext) -> Fields {
    let result = context.result
    let fewest = result.models.map(\.seeds.count).min()!
    return [
      "runs": .text(RunWords.runs(result)),
      "samples": .text(context.sampleCountText),
      "hasIntervals": .flag(fewest >= RunsEstimate.leastRuns),
      "leastRuns": .text(String(RunsEstimate.leastRuns)),
      "matching": .text(matching(context)),
      "figures": .list(context.figures("runs")),
      "headline": .fields(RunsTables.headline(context).pageFields),
      "each": .fields(RunsTables.each(context).pageFields),
      "exits": .fields(RunsTables.exits(context).pageFields),
      "hasDifferences": .flag(!context.compared.isEmpty),
    ]
  }

  /// How runs belong together; empty without a comparison.
  private static func matching(_ context: ReportContext) -> String {
    guard !context.compared.isEmpty else { return "" }
    if context.compared.allSatisfy({ $0.paired?.design?.pairs != nil }) {
      return """
        The models have the same seeds, each once. Runs of one seed started from the same weights \
        and saw the same batches in the same order, so they are compared as pairs: the interval of a \
        difference rests on the pairs’ differences and is right whether the two resemble each other \
        or not.
        """
    }
    return """
      Where the models’ seeds are not the same ones, each once, their runs are taken as independent: \
      the interval of a difference rests on the scatter of each model’s runs.
      """
  }
}
