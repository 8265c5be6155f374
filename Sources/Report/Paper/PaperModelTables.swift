import Analysis

/// The paper's two tables for a list of models: `models-consistency.tex` and `models-early-exit.tex`.
enum PaperModelTables {
  /// Empty for a report of one model or two, whose other tables say as much.
  static func all(
    _ context: ReportContext, _ captions: PaperCaptions
  ) -> [(name: String, text: String)] {
    let hasPublished = ModelTables.hasPublished(context)
    guard context.result.models.count > 2 || hasPublished else { return [] }
    let threshold = NumberFormat.fixed(context.result.threshold, 2)
    let source = PublishedNumbers.source
    return [
      document(
        ModelTables.consistency(context), "models-consistency",
        """
        Cosine of each early exit’s \(context.mapPhrase) with the final exit’s, and accuracy (%) of the final exit, on \
        \(captions.data). \(captions.intervals)\(hasPublished ? " Published: \(source), from other data." : "")
        """),
      document(
        ModelTables.earlyExit(context), "models-early-exit",
        """
        Accuracy (%), mean cost (multiply–accumulates in % of the final exit’s) and mean time of one image with every \
        image through the final exit, and leaving at the first exit with a confidence of at least \(threshold), on \
        \(captions.data). \(captions.intervals)\(hasPublished ? " Published: \(source), other data and machine." : "")
        """),
    ]
  }

  private static func document(
    _ table: Table<ModelTables.Row>, _ id: String, _ caption: String
  ) -> (name: String, text: String) {
    var table = table
    table.layout!.id = id
    table.layout!.caption = caption
    return (id, TeXTableWriter.document(table))
  }
}
