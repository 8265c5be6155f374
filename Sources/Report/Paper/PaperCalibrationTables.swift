import Analysis

/// `calibration.tex` and `failure.tex`: how far confidences fit the answers, and tell right ones from wrong ones.
enum PaperCalibrationTables {
  /// Empty where it was not computed.
  static func all(
    _ context: ReportContext, _ captions: PaperCaptions
  ) -> [(name: String, text: String)] {
    guard context.result.models.contains(where: { !$0.calibration.isEmpty }) else { return [] }
    let differences =
      AnswerNotices(context).confidences.map { "The models are not compared. \($0)" }
      ?? captions.imageDifferences
    func table(_ id: String, _ keys: [String], _ caption: String) -> Table<CalibrationTable.Row> {
      var table = CalibrationTable.table(context)
      table.columns = table.columns(keys)
      table.layout = TableLayout(
        id: id, label: "", caption: "\(caption) \(PaperCaptions.imageIntervals) \(differences)",
        group: { context.group(exit: $0.exit) }, head: { $0.owner.head })
      return table
    }
    return [
      (
        "calibration",
        TeXTableWriter.document(
          table(
            "calibration", ["ece_debiased", "nll"],
            """
            Calibration of each exit on \(captions.data): debiased expected calibration error (15 bins of equal width) \
            and negative log-likelihood.
            """))
      ),
      (
        "failure",
        TeXTableWriter.document(
          table(
            "failure", ["auroc"],
            """
            Failure prediction of each exit on \(captions.data): the AUROC with which confidence tells right answers \
            from wrong ones.
            """), isWide: false)
      ),
    ]
  }
}
