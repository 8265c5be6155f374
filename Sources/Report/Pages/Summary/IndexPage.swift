import Analysis

/// The summary: alerts, verdict, Table 1, figures, six samples.
enum IndexPage: PageSection {
  static let name = "Summary"
  static let file = Page.index

  static func pages(_ context: ReportContext) -> [Page] {
    [Page(file: file, title: context.title, template: "index", section: name) { fields(context) }]
  }

  private static func fields(_ context: ReportContext) -> Fields {
    [
      "subtitle": .text(subtitle(context)),
      "alerts": .list(FlagGroup.groups(of: context.result.flags).map { alert($0, context) }),
      "hasAlerts": .flag(!context.result.flags.isEmpty),
      "verdict": .list(Verdict(context).sentences),
      "table": .fields(ConsistencyTable.table(context).pageFields),
      "undefinedNote": .optional(ConsistencyTable.undefinedNote(context)),
      "paperTables": .list(
        PaperTables.all(context).map { table in
          ["href": .text("tables/\(table.name)"), "file": .text(table.name)]
        }),
      "figures": .list(context.figures("consistency", "accuracy-cost")),
      "shares": .fields(EarlyExitTable.table(context).pageFields),
      "hasSamples": .flag(!featured(context).isEmpty),
      "samplesAbsent": .text(GalleryPages.absence(context)),
      "featuredRule": .text(context.selection.featuredRule),
      "featured": .list(featured(context)),
      "definitions": .fields(Definitions.fields(context)),
    ]
  }

  private static func subtitle(_ context: ReportContext) -> String {
    let result = context.result
    func name(_ model: ModelResult) -> String {
      let lambda = model.lambda.flatMap { NumberFormat.exact($0) }.map { " (λ = \($0))" } ?? ""
      return context.name(model.index) + lambda
    }
    let others = result.models.dropFirst()
    let models =
      switch others.count {
      case 0: name(result.reference)
      case 1: "\(name(result.reference)) against \(name(others[1]))"
      case ..<ReportContext.drawnLimit:
        "\(DisplayText.list(others.map(name))) against \(name(result.reference))"
      default: "\(NumberFormat.count(others.count)) models against \(name(result.reference))"
      }
    let exits = result.models.map(\.exits.count)
    return """
      \(models) on \(context.sampleCountText), \
      \(NumberFormat.counted(result.classNames.count, "class", "classes")), \
      \(NumberFormat.range(exits)) \(exits.max() == 1 ? "exit" : "exits")
      """
  }

  private static func alert(_ group: FlagGroup, _ context: ReportContext) -> Fields {
    let flags = group.flags
    let place =
      flags[0].model.map(context.name)
      ?? ["This model", "Both models"].dropFirst(context.models.count - 1).first ?? "All models"
    return [
      "code": .text(DisplayText.name(flags[0].code)),
      "place": .text(place + group.exitsText),
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
