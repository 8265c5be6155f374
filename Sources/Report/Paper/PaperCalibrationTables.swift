import Analysis

/// `calibration.tex` and `failure.tex`: how far confidences fit the answers, and tell right ones from wrong ones.
enum PaperCalibrationTables {
  private typealias Row = Compared<ExitCalibration, PairedCalibration>

  /// Empty where it was not computed.
  static func all(
    _ context: ReportContext, _ captions: PaperCaptions
  ) -> [(name: String, text: String)] {
    guard context.result.models.contains(where: { !$0.calibration.isEmpty }) else { return [] }
    // Not bold where confidences are none.
    let refusal = AnswerNotices(context).confidences
    let isClear: Bool? = refusal == nil ? nil : false
    let differences =
      refusal.map { "The models are not compared. \($0)" } ?? captions.imageDifferences
    let rows = rows(context)
    let calibration = Table(
      [
        Column<Row>.compared(
          "ece", "ECE, debiased", model: { .estimate($0.scores.ece.debiased) },
          difference: { .difference($0.widest.ece, isClear: isClear) }),
        .compared(
          "nll", "NLL", model: { .estimate($0.scores.nll) },
          difference: { .difference($0.widest.nll, isClear: isClear) }),
      ], rows: rows,
      layout: layout(
        "calibration",
        """
        Calibration of each exit on \(captions.data): debiased expected calibration error (15 bins of equal width) and \
        negative log-likelihood. \(PaperCaptions.imageIntervals) \(differences)
        """))
    let failure = Table(
      [
        Column<Row>.compared(
          "auroc", "AUROC", model: { .estimate($0.auroc) },
          difference: { .difference($0.widestAUROC, isClear: isClear) })
      ], rows: rows,
      layout: layout(
        "failure",
        """
        Failure prediction of each exit on \(captions.data): the AUROC with which confidence tells right answers from \
        wrong ones. \(PaperCaptions.imageIntervals) \(differences)
        """))
    return [
      ("calibration", TeXTableWriter.document(calibration)),
      ("failure", TeXTableWriter.document(failure, isWide: false)),
    ]
  }

  private static func layout(_ id: String, _ caption: String) -> TableLayout<Row> {
    TableLayout(id: id, label: "", caption: caption, group: { $0.group }, head: { $0.head })
  }

  private static func rows(_ context: ReportContext) -> [Row] {
    (1...max(1, context.exitCount)).flatMap { exit -> [Row] in
      let group = GroupHead("Exit \(exit)", context.isFinal(exit) ? "final" : "")
      let own = context.result.models.compactMap { model in
        model.calibration.first { $0.exit == exit }.map {
          Row(group, RowHead(context.name(model.index)), model: $0)
        }
      }
      let differences = context.compared.compactMap { comparison in
        comparison.paired?.calibration.first { $0.exit == exit }.map {
          Row(
            group,
            .difference(
              of: context.name(comparison.model), isOnly: context.compared.count == 1),
            difference: $0)
        }
      }
      return own + differences
    }
  }
}
