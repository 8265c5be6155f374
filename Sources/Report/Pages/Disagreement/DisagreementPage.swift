import Analysis

/// Where the two models, and the exits of each, give different answers, or the same answer from different places.
enum DisagreementPage: PageSection {
  static let name = "Disagreement"
  static let file = "disagreement.html"

  /// One model alone has nothing to disagree with; where models saw different images, the page says so.
  static func isPresent(in context: ReportContext) -> Bool {
    !context.result.comparisons.isEmpty
  }

  /// A page a comparison, the first with the navigation's name.
  static func pages(_ context: ReportContext) -> [Page] {
    let comparisons = context.result.comparisons
    return comparisons.enumerated().map { number, comparison in
      let names = [comparison.model, comparison.reference].map(context.name)
      let title = comparisons.count == 1 ? name : "\(name): \(names[0]) and \(names[1])"
      return Page(
        file: file(number), title: title, template: "disagreement", section: name
      ) {
        fields(comparison, context).merging(["others": .list(others(than: number, context))])
      }
    }
  }

  private static func file(_ number: Int) -> String {
    number == 0 ? file : "disagreement-\(number + 1).html"
  }

  private static func others(than number: Int, _ context: ReportContext) -> [Fields] {
    context.result.comparisons.enumerated().compactMap { other, comparison in
      other == number
        ? nil
        : [
          "href": .text(file(other)),
          "names": .text(
            "\(context.name(comparison.model)) and \(context.name(comparison.reference))"),
        ]
    }
  }

  private static func fields(_ comparison: Comparison, _ context: ReportContext) -> Fields {
    guard let disagreement = comparison.disagreement else {
      let why = DisplayText.text(comparison.refusal ?? "the two models saw different images")
      return ["isCompared": false, "refusal": .text(why)]
    }
    let tables = DisagreementPageTables(disagreement, of: comparison, context)
    let lists = DisagreementLists(disagreement, of: comparison, context)
    let runs = [comparison.model, comparison.reference].map {
      context.result.models[$0].seeds.count
    }
    return [
      "isCompared": true,
      "findings": .list(
        DisagreementFindings(disagreement, of: comparison, context).sentences),
      "firstRunNote": .optional(runs.contains { $0 > 1 } ? firstRunNote(disagreement) : nil),
      "modelFigures": .list(
        comparison.model == context.result.comparisons[0].model
          ? context.figures("disagreement") : []),
      "modelTables": .list(tables.models),
      "modelLists": .list(lists.fields(.onlyReferenceRight, .onlyModelRight)),
      "hasEarlyExits": .flag(!disagreement.referenceExits.isEmpty),
      "exitTable": .fields(tables.exits),
      "exitLists": .list(lists.fields(.referenceRightEarly, .modelRightEarly)),
      "sameAnswerTable": .fields(tables.sameAnswer),
      "elsewhereLists": .list(lists.fields(.elsewhere)),
      "confidenceTable": .fields(tables.confidence),
      "confidenceLists": .list(lists.fields(.referenceConfident, .modelConfident)),
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
