import Analysis

/// Table 1: per exit, how far maps agree with the final exit's and how often the answer is right.
///
/// A row an exit and model and one a difference, so that models stand under each other and an interval beside its number;
/// the same for the mean of the early exits.
enum ConsistencyTable {
  static func table(_ context: ReportContext) -> Table<PlaceRow> {
    Table(
      PlaceColumns.all, rows: context.placeRows(context.places),
      layout: TableLayout(
        id: "t1", label: "Table 1", number: "Table 1.", caption: caption(context),
        files: ["exits.csv", "numbers.csv"], group: { context.group($0.place) },
        head: { context.head($0) }))
  }

  private static func caption(_ context: ReportContext) -> String {
    let result = context.result
    let hasRuns = result.models.contains { $0.seeds.count > 1 }
    let runs =
      hasRuns ? " and training runs; ± is the standard deviation over runs" : ""
    let own = hasRuns ? "of a model with one run over images" : "of a model over images"
    let resampling =
      "\(NumberFormat.count(result.bootstrapResamples)) bootstrap resamples, seed \(result.bootstrapSeed)"
    let differences =
      context.compared.isEmpty
      ? "; \(resampling)."
        + (result.models.count > 1 ? " The models were not compared image by image." : "")
      : """
      , of differences (\(context.deltaText)) \(RunWords.scope(result, context.sampleCountText)); \(resampling). \
      p is Holm-adjusted over the exits of its column, and not adjusted for the mean. Bold: the interval excludes 0 and \
      the test rejects at 0.05 before adjustment.
      """
    return """
      Agreement of each exit’s map with the final exit’s, and accuracy. Means over \(context.sampleCountText)\(runs). \
      In brackets 95\u{A0}% intervals, \(own)\(differences) A dash: does not apply.
      """
  }

  /// A sentence where maps were left out.
  static func undefinedNote(_ context: ReportContext) -> String? {
    let parts = context.result.models.flatMap { model in
      model.exits.dropLast().filter { $0.undefined > 0 }.map { exit in
        """
        \(context.name(model.index)), exit \(exit.exit): \(NumberFormat.count(exit.undefined)) undefined, \
        \(NumberFormat.count(exit.n)) used
        """
      }
    }
    guard !parts.isEmpty else { return nil }
    return
      "Maps that are zero, constant or not finite have no cosine; they are left out and counted. "
      + parts.joined(separator: "; ") + "."
  }
}
