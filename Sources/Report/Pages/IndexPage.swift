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
      "alerts": .list(alerts(context.result.flags)),
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
    func lambda(_ arm: ArmResult) -> String {
      arm.lambda.flatMap { NumberFormat.exact($0) }.map { "λ = \($0)" } ?? "λ not provided"
    }
    return """
      Baseline (\(lambda(result.baseline))) against EGT (\(lambda(result.egt))) on \
      \(context.sampleCountText), \
      \(NumberFormat.counted(result.classNames.count, "class", "classes")), \
      \(NumberFormat.counted(context.exitCount, "exit", "exits"))
      """
  }

  /// Flags of one code and one model stand together, in the order of the first of each.
  private static func alerts(_ flags: [Flag]) -> [Fields] {
    var groups: [[Flag]] = []
    for flag in flags {
      if let place = groups.firstIndex(where: { $0[0].code == flag.code && $0[0].arm == flag.arm })
      {
        groups[place].append(flag)
      } else {
        groups.append([flag])
      }
    }
    return groups.map(alert)
  }

  private static func alert(_ flags: [Flag]) -> Fields {
    let arm =
      switch flags[0].arm {
      case "baseline": "Baseline"
      case "egt": "EGT"
      default: "Both models"
      }
    let exits = flags.compactMap(\.exit).map(String.init)
    let place = exits.isEmpty ? "" : ", exit\(exits.count == 1 ? "" : "s") "
    return [
      "code": .text(DisplayText.name(flags[0].code)),
      "place": .text(arm + place + exits.joined(separator: ", ")),
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
