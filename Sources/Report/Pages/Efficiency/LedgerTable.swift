import Analysis

/// Exit by exit: what it costs, who leaves there at the audit's threshold, and how right they are.
enum LedgerTable {
  static func fields(_ context: ReportContext) -> Fields {
    let threshold = NumberFormat.fixed(context.result.threshold, 2)
    return GroupedTable(
      id: "ledger", label: "Table: cost, share and accuracy of each exit",
      caption: """
        Cost from the input to each exit’s answer, who leaves there when confidence reaches \(threshold), and \
        accuracy in per cent with 95\u{A0}% intervals: of those who leave there, and of all images if \
        all stopped there. Several runs: counts are over all of them.
        """,
      columns: [
        .init("Million MACs"), .init("Parameters", "thousands"), .init("Leaving", "images"),
        .init("Share", "%"), .init("Accuracy", "of those leaving"),
        .init("Accuracy", "of all images"),
      ],
      groups: (1...max(1, context.exitCount)).map { exit in
        GroupedTable.Group(
          name: context.isFinal(exit) ? "\(exit), final" : "\(exit)", detail: "",
          rows: context.rows { exit <= $0.exits.count ? cells($0, exit, context) : nil })
      }
    ).fields
  }

  private static func cells(
    _ arm: ModelResult, _ exit: Int, _ context: ReportContext
  ) -> [GroupedTable.Cell] {
    let result = arm.exits.first { $0.exit == exit }
    let line = arm.ledger?.exits.first { $0.exit == exit }
    let percent = { (value: Double?) in NumberFormat.percent(value) }
    return [
      .init(value: NumberFormat.megaMacs(result?.macs)),
      .number(line?.parameters.map { Double($0) / 1e3 }) { NumberFormat.fixed($0, 1) },
      .count(line?.count), .number(line?.share, percent), .number(line?.accuracy, percent),
      .number(context.numbers[.accuracy, .exit(exit), model: arm.index]?.estimate, percent),
    ]
  }
}
