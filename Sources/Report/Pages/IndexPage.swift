import Analysis

/// The summary: alerts, verdict, Table 1, figures, six samples.
enum IndexPage: PageSection {
  static let name = "Summary"
  static let file = "index.html"

  static func pages(_ context: ReportContext) -> [Page] {
    [Page(file: file, title: context.title, template: "index", section: name) { fields(context) }]
  }

  private static func fields(_ context: ReportContext) -> Fields {
    [
      "subtitle": .text(subtitle(context)),
      "alerts": .list(FlagGroup.groups(of: context.result.flags).map(alert)),
      "hasAlerts": .flag(!context.result.flags.isEmpty),
      "verdict": .list(Verdict(context).sentences),
      "table": .fields(ConsistencyTable(context).fields),
      "paperTables": .list(
        PaperTables.all(context).map { table in
          ["href": .text("tables/\(table.name)"), "file": .text(table.name)]
        }),
      "figures": .list(context.figures("consistency", "accuracy-cost")),
      "shares": .fields(ExitSharesTable.fields(context)),
      "hasSamples": .flag(!featured(context).isEmpty),
      "samplesAbsent": .text(GalleryPages.absence(context)),
      "featuredRule": .text(SampleSelection.featuredRule),
      "featured": .list(featured(context)),
      "definitions": .fields(Definitions.fields(context)),
    ]
  }

  private static func subtitle(_ context: ReportContext) -> String {
    let result = context.result
    func lambda(_ arm: ModelResult) -> String {
      arm.lambda.flatMap { NumberFormat.exact($0) }.map { "λ = \($0)" } ?? "λ not provided"
    }
    return """
      Baseline (\(lambda(result.baseline))) against EGT (\(lambda(result.egt))) on \
      \(context.sampleCountText), \
      \(NumberFormat.counted(result.classNames.count, "class", "classes")), \
      \(NumberFormat.counted(context.exitCount, "exit", "exits"))
      """
  }

  private static func alert(_ group: FlagGroup) -> Fields {
    let flags = group.flags
    let arm =
      switch flags[0].arm {
      case "baseline": "Baseline"
      case "egt": "EGT"
      default: "Both models"
      }
    return [
      "code": .text(DisplayText.name(flags[0].code)),
      "place": .text(arm + group.exitsText),
      "messages": .list(
        flags.map { ["message": .text(DisplayText.text($0.message, limit: 600))] }),
    ]
  }

  private static func featured(_ context: ReportContext) -> [Fields] {
    context.selection.featured.compactMap { featured in
      guard let sheet = SampleCard(context, featured.sample)?.sheetFields,
        let href = GalleryPages.link(to: featured.sample, in: context)
      else { return nil }
      return sheet.merging([
        "reason": .text(featured.reason),
        "href": .text(href),
      ])
    }
  }
}
