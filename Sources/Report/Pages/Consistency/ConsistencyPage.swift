import Analysis

/// Everything about how exits' maps agree: with what chance gives, by every measure, between all exits, for right and
/// wrong answers, and class by class.
enum ConsistencyPage: PageSection {
  static let name = "Consistency"
  static let file = "consistency.html"

  static func isPresent(in context: ReportContext) -> Bool { context.earlyExitCount > 0 }

  static func pages(_ context: ReportContext) -> [Page] {
    [Page(file: file, title: name, template: "consistency", section: name) { fields(context) }]
  }

  private static func fields(_ context: ReportContext) -> Fields {
    let tables = ConsistencyTables(context)
    return [
      "premise": .optional(premise(context)),
      "definitions": .list(ConsistencyDefinitions.entries(context)),
      "chanceTable": .fields(tables.chance.pageFields),
      "distributionFigures": .list(
        context.figures("consistency-distributions", "consistency-differences")),
      "matrixFigures": .list(
        context.figures("exit-matrices-cosine", "exit-matrices-centred")),
      "hasMatrices": .flag(
        !context.figures("exit-matrices-cosine", "exit-matrices-centred").isEmpty),
      "concentrationVerdict": .text(ConcentrationVerdict.text(context)),
      "concentrationFigures": .list(context.figures("concentration")),
      "concentrationTable": .fields(tables.concentration.pageFields),
      "measureFigures": .list(context.figures("similarity")),
      "measureTables": .list(tables.measures.map(\.pageFields)),
      "correctnessFigures": .list(context.figures("correctness")),
      "correctnessTable": .fields(RightWrongTable.table(context).pageFields),
      "hasSweep": .flag(context.result.sweep != nil),
      "sweepFigures": .list(context.figures("lambda")),
      "sweepTable": .optional(
        context.result.sweep.map { _ in SweepTable.table(context).pageFields }),
      "hasClasses": .flag(!context.result.classes.isEmpty),
      "classTable": .fields(ClassTable.table(context).pageFields),
      "classNote": .optional(ClassTable.note(context)),
    ]
  }

  /// Which models' maps are not compared, and why; nil where all are.
  private static func premise(_ context: ReportContext) -> String? {
    let reasons = context.compared.compactMap { $0.paired?.mapPremise?.reason }
    guard !reasons.isEmpty else { return nil }
    return "Some maps are not compared, and none of their differences is marked: "
      + reasons.map { DisplayText.text($0, limit: 300) }.joined(separator: "; ") + "."
  }
}
