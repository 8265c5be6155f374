import Analysis

/// The CSV files behind the calibration page.
enum CalibrationTables {
  private static func arms(_ context: ReportContext) -> [(name: String, arm: ModelResult)] {
    [("baseline", context.result.baseline), ("egt", context.result.egt)]
  }

  /// One row an arm (or their difference, EGT − baseline), exit and kind of probability: as recorded, after
  /// temperature scaling, and the change from one to the other. Differences over three runs or more have a second row,
  /// with intervals over images and runs.
  static func calibration(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(
      [
        "arm", "exit", "probabilities", "intervals_over", "accuracy", "confidence", "nll",
        "nll_low", "nll_high",
      ]
        + ["brier", "brier_low", "brier_high", "ece", "ece_null", "ece_within_chance"]
        + ["ece_debiased", "ece_debiased_low", "ece_debiased_high", "ece_equal_mass"]
        + ["auroc", "auroc_low", "auroc_high", "auroc_recordings"])
    for (name, arm) in arms(context) {
      for exit in arm.calibration {
        table.append(
          place(name, exit.exit, "recorded") + scores(exit.scores, accuracy: exit.accuracy)
            + estimate(exit.auroc) + [.integer(exit.aurocRecordings)])
        guard let scaling = exit.scaling else { continue }
        table.append(
          place(name, exit.exit, "scaled") + scores(scaling.scores, accuracy: exit.accuracy)
            + noAUROC)
        table.append(place(name, exit.exit, "change") + difference(scaling.change) + noAUROC)
      }
    }
    for paired in context.result.paired?.calibration ?? [] {
      for (name, kind, scores, auroc) in [
        ("recorded", images, .some(paired.difference), paired.auroc),
        ("recorded", "images and runs", paired.overRuns, paired.aurocOverRuns),
        ("scaled", images, paired.scaled, nil),
        ("scaled", "images and runs", paired.scaledOverRuns, nil),
      ] {
        guard let scores else { continue }
        table.append(
          place("difference", paired.exit, name, kind) + difference(scores) + estimate(auroc)
            + [.integer(nil)])
      }
    }
    return table.bytes
  }

  static func reliability(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable([
      "arm", "exit", "binning", "bin", "lower", "upper", "count", "confidence", "accuracy",
      "accuracy_low", "accuracy_high",
    ])
    for (name, arm) in arms(context) {
      for exit in arm.calibration {
        for (kind, bins) in [("equal width", exit.bins), ("equal mass", exit.equalMassBins)] {
          for (index, bin) in bins.enumerated() {
            table.append(
              [
                .text(name), .integer(exit.exit), .text(kind), .integer(index + 1),
                .number(bin.lower), .number(bin.upper), .integer(bin.count),
                .number(bin.confidence),
              ] + estimate(bin.accuracy))
          }
        }
      }
    }
    return table.bytes
  }

  static func temperatures(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable([
      "arm", "run", "exit", "temperature", "at_bound", "validation_samples",
      "validation_nll_before", "validation_nll_after",
    ])
    for (name, arm) in arms(context) {
      for exit in arm.calibration {
        for (run, fit) in (exit.scaling?.fits ?? []).enumerated() {
          table.append([
            .text(name), .integer(run + 1), .integer(exit.exit), .number(fit.temperature),
            .flag(fit.isAtBound), .integer(fit.sampleCount), .number(fit.nllBefore),
            .number(fit.nllAfter),
          ])
        }
      }
    }
    return table.bytes
  }

  private static let images = "images"

  private static func place(
    _ arm: String, _ exit: Int, _ probabilities: String, _ intervals: String = images
  ) -> [CSVTable.Cell] {
    [.text(arm), .integer(exit), .text(probabilities), .text(intervals)]
  }

  private static func scores(
    _ scores: CalibrationScores, accuracy: Double
  ) -> [CSVTable.Cell] {
    [.number(accuracy), .number(scores.confidence)] + estimate(scores.nll)
      + estimate(scores.brier)
      + [
        .number(scores.ece.value), .number(scores.ece.null), .flag(scores.ece.isWithinChance),
      ] + estimate(scores.ece.debiased) + [.number(scores.ece.equalMass)]
  }

  private static func difference(_ difference: CalibrationDifference) -> [CSVTable.Cell] {
    [.number(nil), .number(nil)] + estimate(difference.nll) + estimate(difference.brier)
      + [.number(nil), .number(nil), .text("")] + estimate(difference.ece) + [.number(nil)]
  }

  private static var noAUROC: [CSVTable.Cell] {
    [.number(nil), .number(nil), .number(nil), .integer(nil)]
  }

  private static func estimate(_ estimate: Estimate?) -> [CSVTable.Cell] {
    [.number(estimate?.value), .number(estimate?.low), .number(estimate?.high)]
  }
}
