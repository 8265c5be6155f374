import Analysis

/// Where images leave at the audit's threshold, how right their answers are and what they cost: `early-exit.csv`, a table
/// of the summary and the efficiency page, and `early-exit.tex`.
enum EarlyExitTable {
  static func table(_ context: ReportContext) -> Table<ModelResult> {
    let numbers = context.numbers
    // Files have the shares exit by exit, in exits.csv.
    let shares = (1...max(1, context.exitCount)).map { exit in
      Column<ModelResult>.number(
        "share_\(exit)", "Exit \(exit)", "%", .percent, in: .print
      ) { model in
        exit <= model.earlyExit.shares.count ? model.earlyExit.shares[exit - 1] : nil
      }
    }
    let threshold = NumberFormat.fixed(context.result.threshold, 2)
    return Table(
      [
        .text("model", in: .data) { $0.name },
        .number("threshold", in: .data) { $0.earlyExit.threshold },
      ] + shares + [
        Column("accuracy", "Accuracy", "%", .percent, hasBounds: true) {
          .own(numbers[.accuracy, .earlyStop, model: $0.index])
        },
        .number("mean_macs", "Million MACs", "an image, mean", .megaMacs) {
          $0.earlyExit.meanMacs
        },
      ], rows: context.result.models,
      layout: TableLayout(
        id: "shares", label: "Table: share of images leaving at each exit",
        caption: """
          Share of images that leave at each exit. An image leaves at the first exit whose confidence reaches the \
          threshold, \(threshold) (simulated). \(context.ownSentence)
          """, files: ["exits.csv", "early-exit.csv"]
      ) { context.owner($0.index).head })
  }
}
