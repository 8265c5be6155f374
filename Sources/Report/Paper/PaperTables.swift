import Analysis

/// The tables of a report for a paper: `tables/NAME.tex`, each with a caption that says what its intervals are.
struct PaperTables {
  /// File name and content, in the order in which they are written.
  static func all(_ context: ReportContext) -> [(name: String, text: String)] {
    let captions = PaperCaptions(context)
    var tables: [(name: String, text: String)] = [
      ("accuracy", TeXTableWriter.document(accuracy(context, captions), isWide: false)),
      ("classes", TeXTableWriter.document(PaperClassTable.table(context), isWide: false)),
      ("early-exit", TeXTableWriter.document(earlyExit(context, captions))),
    ]
    if context.earlyExitCount > 0 {
      tables += [Measure.cosine, .centred].map { measure in
        let table = agreement(measure, context, captions)
        return (table.layout!.id, TeXTableWriter.document(table))
      }
    }
    tables += PaperCalibrationTables.all(context, captions)
    tables += PaperModelTables.all(context, captions)
    return tables.sorted { $0.name < $1.name }.map { ("\($0.name).tex", $0.text) }
  }

  /// What maps agree by: one table each, so that each fits the page of any venue (397 points at NeurIPS).
  private static func agreement(
    _ measure: Measure, _ context: ReportContext, _ captions: PaperCaptions
  ) -> Table<PlaceRow> {
    let what =
      measure == .cosine
      ? "mean cosine, and its null, the cosine with the final map of another image"
      : "mean centred (Pearson) correlation of the cells, and its null, that with the final map of another image"
    let early = (1...context.earlyExitCount).map { Place.exit($0) }
    return Table(
      PlaceColumns.columns([PlaceColumns.key(measure), PlaceColumns.nullKey(measure)]),
      rows: context.placeRows(early + [.early]),
      layout: layout(
        measure == .cosine ? "consistency" : "centred",
        """
        Agreement of each early exit’s \(context.mapPhrase) with the final exit’s on \(captions.data): \(what). \
        \(captions.intervals) \(captions.premise ?? captions.differences)
        """, context))
  }

  private static func accuracy(
    _ context: ReportContext, _ captions: PaperCaptions
  ) -> Table<PlaceRow> {
    Table(
      PlaceColumns.columns(["accuracy"]),
      rows: context.placeRows((1...max(1, context.exitCount)).map { .exit($0) }),
      layout: layout(
        "accuracy",
        "Accuracy (%) of each exit on \(captions.data). \(captions.intervals) \(captions.differences)",
        context))
  }

  private static func layout(
    _ id: String, _ caption: String, _ context: ReportContext
  ) -> TableLayout<PlaceRow> {
    TableLayout(
      id: id, label: "", caption: caption,
      group: { row in
        var head = context.group(row.place)
        // A grid is no news in a paper's table.
        head.detail = ""
        return head
      }, head: { context.head($0) })
  }

  private static func earlyExit(
    _ context: ReportContext, _ captions: PaperCaptions
  ) -> Table<ModelResult> {
    var table = EarlyExitTable.table(context)
    table.layout = TableLayout(
      id: "early-exit", label: "",
      caption: """
        Early exit at confidence τ = \(NumberFormat.exact(context.result.threshold) ?? "undefined"), simulated from \
        the recorded answers on \(captions.data): share of images that leaves at each exit (%), accuracy (%) and mean \
        cost (million multiply–accumulates an image). \(captions.intervals)
        """
    ) { RowHead(context.name($0.index)) }
    return table
  }
}
