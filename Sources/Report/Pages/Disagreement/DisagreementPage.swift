import Analysis

/// Where the two models, and the exits of each, give different answers, or the same answer from different places.
enum DisagreementPage: PageSection {
  static let name = "Disagreement"
  static let file = "disagreement.html"

  /// Where the models saw different images, the page says so.
  static func isPresent(in context: ReportContext) -> Bool {
    context.result.disagreement != nil || context.result.pairingRefusal != nil
  }

  static func pages(_ context: ReportContext) -> [Page] {
    [Page(file: file, title: name, template: "disagreement", section: name) { fields(context) }]
  }

  private static func fields(_ context: ReportContext) -> Fields {
    guard let disagreement = context.result.disagreement else {
      let why = DisplayText.text(
        context.result.pairingRefusal ?? "the two models saw different images")
      return ["isCompared": false, "refusal": .text(why)]
    }
    let tables = DisagreementPageTables(disagreement, context)
    let lists = DisagreementLists(disagreement, context)
    let runs = context.result.baseline.seeds.count + context.result.egt.seeds.count
    return [
      "isCompared": true,
      "findings": .list(
        DisagreementFindings(disagreement, of: context.result.comparisons[0], context).sentences),
      "firstRunNote": .optional(runs > 2 ? firstRunNote(disagreement) : nil),
      "modelFigures": .list(context.figures("disagreement")),
      "modelTables": .list(tables.models),
      "modelLists": .list(lists.fields(.onlyBaselineRight, .onlyEGTRight)),
      "hasEarlyExits": .flag(!disagreement.baselineExits.isEmpty),
      "exitTable": .fields(tables.exits.fields),
      "exitLists": .list(lists.fields(.baselineRightEarly, .egtRightEarly)),
      "sameAnswerTable": .fields(tables.sameAnswer.fields),
      "elsewhereLists": .list(lists.fields(.elsewhere)),
      "confidenceTable": .fields(tables.confidence.fields),
      "confidenceLists": .list(lists.fields(.baselineConfident, .egtConfident)),
      "entries": .list(DisagreementDefinitions.entries(context)),
    ]
  }

  private static func firstRunNote(_ disagreement: Disagreement) -> String {
    let text = "Sentences, the figure and lists are of the first training run of each model"
    return disagreement.tables.count > 1
      ? "\(text); runs of equal seed are compared one by one in the tables of the first section."
      : "\(text): answers of several runs to one image are not answers to several images."
  }
}
