import Analysis

/// Table 3: what temperature scaling makes of each exit's scores.
struct ScalingTable {
  /// Of a model, or of its difference from the reference.
  private struct Row: Sendable {
    var owner: RowOwner
    var exit: Int
    var scaling: ScaledCalibration?
    var difference: CalibrationDifference?
  }

  private let context: ReportContext
  private let notices: AnswerNotices
  private let fits: [TemperatureFit]

  init(_ context: ReportContext) {
    self.context = context
    notices = AnswerNotices(context)
    fits = context.result.models.flatMap(\.calibration).flatMap { $0.scaling?.fits ?? [] }
  }

  /// nil where no temperature was fitted.
  var fields: Fields? {
    guard context.result.models.contains(where: { $0.calibration.contains { $0.scaling != nil } })
    else { return nil }
    let isWithheld = notices.confidences != nil
    func pair(
      _ key: String, _ title: String, _ own: KeyPath<CalibrationScores, Estimate> & Sendable,
      _ path: KeyPath<CalibrationDifference, Estimate> & Sendable
    ) -> [Column<Row>] {
      [
        Column(key, title, hasBounds: true) { row in
          row.owner.isDifference
            ? .difference(row.difference?[keyPath: path], isClear: isWithheld ? false : nil)
            : .estimate(row.scaling?.scores[keyPath: own])
        },
        Column("\(key)_change", "Change", nil, .signed, hasBounds: true) { row in
          row.owner.isDifference
            ? .blank
            : .difference(row.scaling?.change[keyPath: path], isClear: isWithheld ? false : nil)
        },
      ]
    }
    var columns: [Column<Row>] = [
      Column(
        "temperature", "Temp.", "one a run", .text,
        help: "The temperature, by which logits are divided: above 1 it lowers confidences."
      ) { row in
        row.owner.isDifference ? .blank : .text(row.scaling.map { Self.temperatures($0.fits) })
      }
    ]
    columns += pair("ece_debiased", "Debiased ECE", \.ece.debiased, \.ece)
    columns += pair("nll", "NLL", \.nll, \.nll)
    columns += pair("brier", "Brier score", \.brier, \.brier)
    return Table(
      columns, rows: rows,
      layout: TableLayout(
        id: "t3", label: "Table 3", number: "Table 3.", caption: caption,
        files: ["calibration.csv", "temperature.csv"], isDense: true,
        group: { [context] in context.group(exit: $0.exit) }, head: { $0.owner.head })
    ).pageFields
  }

  private var caption: String {
    let isOverRuns = context.compared.contains {
      $0.paired?.calibration.contains { $0.overRuns != nil } == true
    }
    let scope = isOverRuns ? ", over images and training runs" : ""
    let delta = context.compared.isEmpty ? "" : " \(context.deltaText), both scaled\(scope)."
    return """
      After temperature scaling, \(context.sampleCountText); 95\u{A0}% intervals in brackets, the temperatures held \
      fixed. Change: after minus before, bold where its interval excludes 0.\(delta)
      """
  }

  private var rows: [Row] {
    context.result.models.flatMap { model in
      model.calibration.map {
        Row(owner: context.owner(model.index), exit: $0.exit, scaling: $0.scaling)
      }
    }
      + context.compared.flatMap { comparison in
        comparison.paired!.calibration.map {
          Row(owner: context.owner(comparison), exit: $0.exit, difference: $0.widestScaled)
        }
      }
  }

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

  /// One a run: "1.42", "1.42, 1.38", "20.00 (limit)".
  private static func temperatures(_ fits: [TemperatureFit]) -> String {
    fits.map { NumberFormat.fixed($0.temperature, 2) + ($0.isAtBound ? " (limit)" : "") }
      .joined(separator: ", ")
  }
}
