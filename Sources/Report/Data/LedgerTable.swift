import Analysis

/// Exit by exit: what it costs, who leaves there at the audit's threshold, and how right they are. `ledger.csv`, and a
/// table of the efficiency page.
enum LedgerTable {
  static func table(_ context: ReportContext) -> Table<LedgerRow<LedgerExit>> {
    let numbers = context.numbers
    let threshold = NumberFormat.fixed(context.result.threshold, 2)
    return Table(
      LedgerRows.place() + [
        .integer("exit", in: .data) { $0.value.exit },
        .number("macs", "Million MACs", nil, .megaMacs) { $0.value.macs },
        .integer("parameters", "Parameters", nil, .count) { $0.value.parameters },
        .integer("leaving", "Leaving", "images") { $0.value.count },
        .number("share", "Share", "%", .percent) { $0.value.share },
        .estimate("accuracy_of_leaving", "Accuracy", "of those leaving", .percent) {
          $0.value.accuracy
        },
        .estimate("accuracy", "Accuracy", "of all images", .percent, in: .print) { row in
          numbers[.accuracy, .exit(row.value.exit), model: row.owner.index]?.estimate
        },
      ], rows: LedgerRows.rows(context, \.exits), writers: { $0.isWhole ? .all : .data },
      layout: TableLayout(
        id: "ledger", label: "Table: cost, share and accuracy of each exit",
        caption: """
          Cost from the input to each exit’s answer, who leaves there when confidence reaches \(threshold), and \
          accuracy in per cent with 95\u{A0}% intervals: of those who leave there, and of all images if \
          all stopped there. Several runs: counts are over all of them.
          """, files: ["ledger.csv"], group: { context.group(exit: $0.value.exit) },
        head: { $0.owner.head }))
  }
}
