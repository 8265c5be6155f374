import Analysis

/// The λ sweep: a row a training run, in `sweep.csv` and below its figure.
enum SweepTable {
  static func table(_ context: ReportContext) -> Table<LambdaSweep.Run> {
    Table(
      [
        .number("lambda", in: .data) { $0.lambda },
        Column("seed", "Seed", nil, .text) { .unsigned($0.seed) },
        .number("cosine", "Consistency", "cosine") { $0.cosine },
        .number("null", "Null", "other image") { $0.null },
        .number("excess", "Excess", "cosine − null", .signed) { $0.excess },
        .number("centred", "Centred r") { $0.centred },
        .estimate("accuracy", "Accuracy", "final exit, %", .percent) { $0.accuracy },
      ], rows: context.result.sweep?.runs ?? [],
      layout: TableLayout(
        id: "sweep-runs", label: "Table: every run of the λ sweep",
        caption: """
          One row per training run: the same training with other λ, on the same images. Means over the early exits; in \
          brackets Wilson’s 95\u{A0}% interval over images.
          """, files: ["sweep.csv"], rowColumn: "λ"
      ) { run in
        RowHead(NumberFormat.exact(run.lambda) ?? NumberFormat.missing)
      })
  }
}
