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

  private static let arms = [("Baseline", "baseline"), ("EGT", "egt")]

  private func exit(_ number: Int, _ arm: Int) -> ExitCalibration? {
    [result.baseline, result.egt][arm].calibration.first { $0.exit == number }
  }

  private var exits: ClosedRange<Int> { 1...max(1, context.exitCount) }

  /// Table 2.
  var scores: Fields {
    [
      "sampleCountText": .text(context.sampleCountText),
      "groups": .list(
        exits.map { number in
          let paired = result.paired?.calibration.first { $0.exit == number }
          return group(number, rows: scoreRows(number) + [scoreDelta(paired)])
        }),
    ]
  }

  private func scoreRows(_ number: Int) -> [Fields] {
    Self.arms.enumerated().map { index, arm in
      let exit = exit(number, index)
      let scores = exit?.scores
      return row(
        arm,
        [
          cell(exit.map { Estimate($0.accuracy) }, Self.percent),
          cell(scores.map { Estimate($0.confidence) }, Self.percent),
          cell(scores.map { Estimate($0.ece.value) }), cell(scores.map { Estimate($0.ece.null) }),
          cell(scores?.ece.debiased), cell(scores?.nll), cell(scores?.brier), cell(exit?.auroc),
        ])
    }
  }

  private func scoreDelta(_ paired: PairedCalibration?) -> Fields {
    delta([
      empty, empty, empty, empty, difference(paired?.widest.ece),
      difference(paired?.widest.nll), difference(paired?.widest.brier),
      difference(paired?.widestAUROC),
    ])
  }

  /// Whether a temperature was fitted at some exit of some arm.
  var hasScaling: Bool {
    (result.baseline.calibration + result.egt.calibration).contains { $0.scaling != nil }
  }

  /// Table 3.
  var scaling: Fields {
    let fits = (result.baseline.calibration + result.egt.calibration).flatMap {
      $0.scaling?.fits ?? []
    }
    let counts = fits.map(\.sampleCount)
    return [
      "sampleCountText": .text(context.sampleCountText),
      "validationText": .text(
        NumberFormat.range(counts)
          + (counts.max() == 1 ? " validation image" : " validation images")
          + (notices.isValidationTest
            ? ", which are the test images (\(FlagKind.validationIsTest.rawValue)): nothing was held out"
            : "")
      ),
      "boundNote": .optional(
        fits.contains(where: \.isAtBound)
          ? """
          The best temperature is searched from \
          \(NumberFormat.fixed(TemperatureScaling.range.lowerBound, 2)) to \
          \(NumberFormat.fixed(TemperatureScaling.range.upperBound, 0)); “limit” says that it lies at an end or \
          beyond. That happens when (nearly) all validation answers are right, and says little about test images.
          """ : nil),
      "groups": .list(
        exits.map { number in
          let paired = result.paired?.calibration.first { $0.exit == number }
          return group(number, rows: scalingRows(number) + [scalingDelta(paired)])
        }),
    ]
  }

  private func scalingRows(_ number: Int) -> [Fields] {
    Self.arms.enumerated().map { index, arm in
      let scaling = exit(number, index)?.scaling
      return row(
        arm,
        [
          [
            "value": .text(scaling.map { Self.temperatures($0.fits) } ?? NumberFormat.missing),
            "interval": false, "isClear": false,
          ],
          cell(scaling?.scores.ece.debiased), difference(scaling?.change.ece),
          cell(scaling?.scores.nll), difference(scaling?.change.nll),
          cell(scaling?.scores.brier), difference(scaling?.change.brier),
        ])
    }
  }

  private func scalingDelta(_ paired: PairedCalibration?) -> Fields {
    let scaled = paired?.widestScaled
    return delta([
      empty, difference(scaled?.ece), empty, difference(scaled?.nll), empty,
      difference(scaled?.brier), empty,
    ])
  }

  /// One a run: "1.42", "1.42, 1.38", "20.00 (limit)".
  private static func temperatures(_ fits: [TemperatureFit]) -> String {
    fits.map { NumberFormat.fixed($0.temperature, 2) + ($0.isAtBound ? " (limit)" : "") }
      .joined(separator: ", ")
  }

  private func group(_ number: Int, rows: [Fields]) -> Fields {
    [
      "groupName": .text("Exit \(number)"), "detail": "", "isMean": false,
      "isFinal": .flag(number == context.exitCount), "rows": .list(rows),
    ]
  }

  private func row(_ arm: (name: String, mark: String), _ cells: [Fields]) -> Fields {
    [
      "name": .text(arm.name), "mark": .text(arm.mark), "isFirst": .flag(arm.mark == "baseline"),
      "isDelta": false, "cells": .list(cells),
    ]
  }

  private func delta(_ cells: [Fields]) -> Fields {
    ["name": "Δ", "mark": false, "isFirst": false, "isDelta": true, "cells": .list(cells)]
  }

  private func cell(
    _ estimate: Estimate?, _ format: (Double?) -> String = { NumberFormat.fixed($0) }
  ) -> Fields {
    [
      "value": .text(format(estimate?.value)),
      "interval": .optional(NumberFormat.interval(estimate, format)), "isClear": false,
    ]
  }

  private func difference(_ estimate: Estimate?) -> Fields {
    [
      "value": .text(NumberFormat.signed(estimate?.value)),
      "interval": .optional(NumberFormat.interval(estimate) { NumberFormat.signed($0) }),
      "isClear": .flag(estimate?.excludesZero == true && notices.confidences == nil),
    ]
  }

  private static func percent(_ share: Double?) -> String { NumberFormat.percent(share) }

  /// Where no difference is estimated.
  private var empty: Fields { ["value": "", "interval": false, "isClear": false] }
}
