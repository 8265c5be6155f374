import Analysis

/// The two tables of the calibration page: scores of each exit, and what temperature scaling makes of them.
struct CalibrationTable {
  private let context: ReportContext
  private let notices: AnswerNotices
  private var result: AuditResult { context.result }

  init(_ context: ReportContext) {
    self.context = context
    notices = AnswerNotices(context)
  }

  private typealias Cell = GroupedTable.Cell

  private func exit(_ number: Int, of model: ModelResult) -> ExitCalibration? {
    model.calibration.first { $0.exit == number }
  }

  private func paired(_ number: Int, _ comparison: Comparison) -> PairedCalibration? {
    comparison.paired?.calibration.first { $0.exit == number }
  }

  private var isOverRuns: Bool {
    context.compared.contains { $0.paired?.calibration.contains { $0.overRuns != nil } == true }
  }

  private func groups(
    _ cells: (ExitCalibration) -> [Cell], _ difference: (PairedCalibration) -> [Cell]
  ) -> [GroupedTable.Group] {
    (1...max(1, context.exitCount)).map { number in
      GroupedTable.Group(
        name: "Exit \(number)" + (context.isFinal(number) ? ", final" : ""), detail: "",
        rows: context.rows { exit(number, of: $0).map(cells) }
          + context.differences { paired(number, $0).map(difference) })
    }
  }

  /// Table 2.
  var scores: GroupedTable {
    let scope = isOverRuns ? ", its interval over images and training runs" : ""
    let delta =
      context.compared.isEmpty
      ? ""
      : " \(context.deltaText)\(scope), bold where that excludes 0; lower is better but for the AUROC."
    return GroupedTable(
      id: "t2", label: "Table 2", number: "Table 2.",
      caption: """
        Calibration and failure prediction on \(context.sampleCountText); 95\u{A0}% intervals in brackets. Confidence \
        above accuracy: over-confident.\(delta) Equal-mass ECE too is in calibration.csv.
        """,
      columns: [
        .init("Accuracy", "%"), .init("Confidence", "mean, %"), .init("ECE", "15 bins"),
        .init("By chance", "ECE"), .init("Debiased ECE"), .init("NLL"),
        .init("Brier score", "0…2"), .init("AUROC", "right or wrong"),
      ],
      groups: groups { exit in
        let scores = exit.scores
        return [
          .number(exit.accuracy, Self.percent), .number(scores.confidence, Self.percent),
          .number(scores.ece.value), .number(scores.ece.null), .number(scores.ece.debiased),
          .number(scores.nll), .number(scores.brier), .number(exit.auroc),
        ]
      } _: { paired in
        [.empty, .empty, .empty, .empty, difference(paired.widest.ece)]
          + [difference(paired.widest.nll), difference(paired.widest.brier)]
          + [difference(paired.widestAUROC)]
      })
  }

  private var calibrations: [ExitCalibration] { result.models.flatMap(\.calibration) }

  /// Whether a temperature was fitted at some exit of some model.
  var hasScaling: Bool { calibrations.contains { $0.scaling != nil } }

  private var fits: [TemperatureFit] { calibrations.flatMap { $0.scaling?.fits ?? [] } }

  /// What temperatures were fitted on.
  var validationText: String {
    let counts = fits.map(\.sampleCount)
    return NumberFormat.range(counts)
      + (counts.max() == 1 ? " validation image" : " validation images")
      + (notices.isValidationTest
        ? ", which are the test images (\(FlagKind.validationIsTest.rawValue)): nothing was held out"
        : "")
  }

  /// What "limit" behind a temperature says; nil where there is none.
  var boundNote: String? {
    guard fits.contains(where: \.isAtBound) else { return nil }
    return """
      The best temperature is searched from \
      \(NumberFormat.fixed(TemperatureScaling.range.lowerBound, 2)) to \
      \(NumberFormat.fixed(TemperatureScaling.range.upperBound, 0)); “limit” says that it lies at an end or \
      beyond. That happens when (nearly) all validation answers are right, and says little about test images.
      """
  }

  /// Table 3.
  var scaling: GroupedTable {
    let scope = isOverRuns ? ", over images and training runs" : ""
    let delta = context.compared.isEmpty ? "" : " \(context.deltaText), both scaled\(scope)."
    return GroupedTable(
      id: "t3", label: "Table 3", number: "Table 3.",
      caption: """
        After temperature scaling, \(context.sampleCountText); 95\u{A0}% intervals in brackets, the temperatures held \
        fixed. Change: after minus before, bold where its interval excludes 0.\(delta) The temperatures are in \
        temperature.csv.
        """,
      columns: [
        .init("Temperature", "one a run"), .init("Debiased ECE"), .init("Change"), .init("NLL"),
        .init("Change"), .init("Brier score"), .init("Change"),
      ],
      groups: groups { exit in
        let scaling = exit.scaling
        return [
          Cell(value: scaling.map { Self.temperatures($0.fits) } ?? NumberFormat.missing),
          .number(scaling?.scores.ece.debiased), difference(scaling?.change.ece),
          .number(scaling?.scores.nll), difference(scaling?.change.nll),
          .number(scaling?.scores.brier), difference(scaling?.change.brier),
        ]
      } _: { paired in
        let scaled = paired.widestScaled
        return [
          .empty, difference(scaled?.ece), .empty, difference(scaled?.nll), .empty,
          difference(scaled?.brier), .empty,
        ]
      })
  }

  /// One a run: "1.42", "1.42, 1.38", "20.00 (limit)".
  private static func temperatures(_ fits: [TemperatureFit]) -> String {
    fits.map { NumberFormat.fixed($0.temperature, 2) + ($0.isAtBound ? " (limit)" : "") }
      .joined(separator: ", ")
  }

  private func difference(_ estimate: Estimate?) -> Cell {
    .difference(estimate, isComparable: notices.confidences == nil)
  }

  private static func percent(_ share: Double?) -> String { NumberFormat.percent(share) }
}
