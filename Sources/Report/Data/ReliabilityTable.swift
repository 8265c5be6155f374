import Analysis

/// Answers by confidence, with the share that is right: `reliability.csv`, and a table an exit on the calibration page.
enum ReliabilityTable {
  struct Row: Sendable {
    var owner: RowOwner
    var exit: Int
    var binning: String
    var index: Int
    var bin: ReliabilityBin
  }

  static func all(_ context: ReportContext) -> Table<Row> {
    Table(
      [
        .model { $0.owner }, .integer("exit", in: .data) { $0.exit },
        .text("binning", in: .data) { $0.binning }, .integer("bin", in: .data) { $0.index + 1 },
        .number("lower", in: .data) { $0.bin.lower }, .number("upper", in: .data) { $0.bin.upper },
        .integer("count", "Answers") { $0.bin.count },
        .number("confidence", "Mean confidence", "%", .percent) { $0.bin.confidence },
        .estimate("accuracy", "Right", "%", .percent) { $0.bin.accuracy },
      ],
      rows: context.result.models.flatMap { model in
        let owner = context.owner(model.index)
        return model.calibration.flatMap { exit in
          [(equalWidth, exit.bins), ("equal mass", exit.equalMassBins)].flatMap { kind, bins in
            bins.enumerated().map {
              Row(owner: owner, exit: exit.exit, binning: kind, index: $0, bin: $1)
            }
          }
        }
      })
  }

  /// An exit's bins of equal width that hold an answer; nil where nothing was computed.
  static func exit(_ exit: Int, _ context: ReportContext) -> Table<Row>? {
    var table = all(context)
    table.rows = table.rows
      .filter { $0.exit == exit && $0.binning == equalWidth && $0.bin.count > 0 }
      .sorted { ($0.index, $0.owner.index) < ($1.index, $1.owner.index) }
    guard !table.rows.isEmpty else { return nil }
    table.layout = TableLayout(
      id: "bins-\(exit)", label: "Table: bins of exit \(exit)",
      caption:
        "Exit \(exit): answers by confidence, with the share that is right (95\u{A0}% Wilson interval).",
      files: ["reliability.csv"], groupColumn: "Confidence",
      group: { row in
        GroupHead("\(NumberFormat.fixed(row.bin.lower))–\(NumberFormat.fixed(row.bin.upper))")
      }, head: { $0.owner.head })
    return table
  }

  private static let equalWidth = "equal width"
}
