import Analysis

extension ReportJSON {
  /// An arm's `calibration`: one object an exit; `scaled` is null without validation answers.
  static func calibration(_ arm: ModelResult) -> JSONValue {
    .list(
      arm.calibration.map { exit in
        .object(
          [("exit", .integer(exit.exit)), ("accuracy", .number(exit.accuracy))]
            + scores(exit.scores) + estimate("auroc", exit.auroc)
            + [
              ("aurocRecordings", .integer(exit.aurocRecordings)),
              ("scaled", exit.scaling.map(scaling) ?? .null),
            ])
      })
  }

  /// `paired.calibration`: EGT − baseline, one object an exit.
  static func calibration(_ paired: PairedResult) -> JSONValue {
    .list(
      paired.calibration.map { exit in
        .object(
          [("exit", .integer(exit.exit))] + difference(exit.difference)
            + estimate("deltaAuroc", exit.auroc)
            + [
              ("scaled", exit.scaled.map { .object(difference($0)) } ?? .null),
              ("overRuns", overRuns(exit)),
            ])
      })
  }

  /// The same with intervals over images and training runs; null with fewer than three runs an arm.
  private static func overRuns(_ exit: PairedCalibration) -> JSONValue {
    guard let wide = exit.overRuns else { return .null }
    return .object(
      difference(wide) + estimate("deltaAuroc", exit.aurocOverRuns)
        + [("scaled", exit.scaledOverRuns.map { .object(difference($0)) } ?? .null)])
  }

  private static func scaling(_ scaling: ScaledCalibration) -> JSONValue {
    .object(
      [
        ("temperatures", .list(scaling.fits.map { .number($0.temperature) })),
        ("atBound", .list(scaling.fits.map { .flag($0.isAtBound) })),
      ] + scores(scaling.scores) + [("change", .object(difference(scaling.change)))])
  }

  private static func scores(_ scores: CalibrationScores) -> [(String, JSONValue)] {
    [("confidence", .number(scores.confidence))] + estimate("nll", scores.nll)
      + estimate("brier", scores.brier)
      + [
        ("ece", .number(scores.ece.value)), ("eceNull", .number(scores.ece.null)),
        ("eceWithinChance", .flag(scores.ece.isWithinChance)),
      ] + estimate("eceDebiased", scores.ece.debiased)
      + [("eceEqualMass", .number(scores.ece.equalMass))]
  }

  private static func difference(_ difference: CalibrationDifference) -> [(String, JSONValue)] {
    estimate("deltaNll", difference.nll) + estimate("deltaBrier", difference.brier)
      + estimate("deltaEceDebiased", difference.ece)
  }

  /// `name`, `nameLow`, `nameHigh`.
  private static func estimate(_ name: String, _ estimate: Estimate?) -> [(String, JSONValue)] {
    [
      (name, .optional(estimate?.value)), (name + "Low", .optional(estimate?.low)),
      (name + "High", .optional(estimate?.high)),
    ]
  }
}
