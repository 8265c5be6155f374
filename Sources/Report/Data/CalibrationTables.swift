import Analysis

/// The files behind the calibration page.
enum CalibrationTables {
  static func all(_ context: ReportContext) -> [DataFile] {
    [
      DataFile("calibration", calibration(context)),
      DataFile("reliability", isInJSON: false, reliability(context)),
      DataFile("temperature", temperatures(context)),
    ]
  }

  /// Scores, or a difference of scores.
  private struct Row: Sendable {
    var model: String
    var reference: String?
    var exit: Int
    /// "recorded", "scaled", or "change": scaled − recorded.
    var probabilities: String
    var intervals = "images"
    var accuracy: Double?
    var scores: CalibrationScores?
    var difference: CalibrationDifference?
    var auroc: Estimate?
    var aurocRecordings: Int?
  }

  /// A row a model (or its difference from the reference), exit and kind of probability: as recorded, after temperature
  /// scaling, and the change from one to the other. Differences over three runs or more have a second row, with
  /// intervals over images and runs.
  private static func calibration(_ context: ReportContext) -> Table<Row> {
    Table(
      [
        .text("model") { $0.model }, .text("reference") { $0.reference },
        .integer("exit") { $0.exit }, .text("probabilities") { $0.probabilities },
        .text("intervals_over") { $0.intervals }, .number("accuracy") { $0.accuracy },
        .number("confidence") { $0.scores?.confidence },
        .estimate("nll") { $0.scores?.nll ?? $0.difference?.nll },
        .estimate("brier") { $0.scores?.brier ?? $0.difference?.brier },
        .number("ece") { $0.scores?.ece.value }, .number("ece_null") { $0.scores?.ece.null },
        .flag("ece_within_chance") { $0.scores?.ece.isWithinChance },
        .estimate("ece_debiased") { $0.scores?.ece.debiased ?? $0.difference?.ece },
        .number("ece_equal_mass") { $0.scores?.ece.equalMass }, .estimate("auroc") { $0.auroc },
        .integer("auroc_recordings") { $0.aurocRecordings },
      ],
      rows: context.result.models.flatMap(rows)
        + context.compared.flatMap { rows($0, context.result.models) })
  }

  private static func rows(_ model: ModelResult) -> [Row] {
    model.calibration.flatMap { exit -> [Row] in
      let recorded = Row(
        model: model.name, exit: exit.exit, probabilities: "recorded", accuracy: exit.accuracy,
        scores: exit.scores, auroc: exit.auroc, aurocRecordings: exit.aurocRecordings)
      guard let scaling = exit.scaling else { return [recorded] }
      return [
        recorded,
        Row(
          model: model.name, exit: exit.exit, probabilities: "scaled", accuracy: exit.accuracy,
          scores: scaling.scores),
        Row(
          model: model.name, exit: exit.exit, probabilities: "change", difference: scaling.change),
      ]
    }
  }

  private static func rows(_ comparison: Comparison, _ models: [ModelResult]) -> [Row] {
    comparison.paired!.calibration.flatMap { paired in
      [
        ("recorded", "images", .some(paired.difference), paired.auroc),
        ("recorded", "images and runs", paired.overRuns, paired.aurocOverRuns),
        ("scaled", "images", paired.scaled, nil),
        ("scaled", "images and runs", paired.scaledOverRuns, nil),
      ].compactMap { probabilities, intervals, difference, auroc -> Row? in
        difference.map {
          Row(
            model: models[comparison.model].name, reference: models[comparison.reference].name,
            exit: paired.exit, probabilities: probabilities, intervals: intervals, difference: $0,
            auroc: auroc)
        }
      }
    }
  }

  private struct Bin: Sendable {
    var model: String
    var exit: Int
    var binning: String
    var index: Int
    var bin: ReliabilityBin
  }

  private static func reliability(_ context: ReportContext) -> Table<Bin> {
    Table(
      [
        .text("model") { $0.model }, .integer("exit") { $0.exit },
        .text("binning") { $0.binning }, .integer("bin") { $0.index + 1 },
        .number("lower") { $0.bin.lower }, .number("upper") { $0.bin.upper },
        .integer("count") { $0.bin.count }, .number("confidence") { $0.bin.confidence },
        .estimate("accuracy") { $0.bin.accuracy },
      ],
      rows: context.result.models.flatMap { model in
        model.calibration.flatMap { exit in
          [("equal width", exit.bins), ("equal mass", exit.equalMassBins)].flatMap { kind, bins in
            bins.enumerated().map {
              Bin(model: model.name, exit: exit.exit, binning: kind, index: $0, bin: $1)
            }
          }
        }
      })
  }

  private static func temperatures(
    _ context: ReportContext
  ) -> Table<(model: String, exit: Int, run: Int, fit: TemperatureFit)> {
    Table(
      [
        .text("model") { $0.model }, .integer("run") { $0.run + 1 },
        .integer("exit") { $0.exit }, .number("temperature") { $0.fit.temperature },
        .flag("at_bound") { $0.fit.isAtBound },
        .integer("validation_samples") { $0.fit.sampleCount },
        .number("validation_nll_before") { $0.fit.nllBefore },
        .number("validation_nll_after") { $0.fit.nllAfter },
      ],
      rows: context.result.models.flatMap { model in
        model.calibration.flatMap { exit in
          (exit.scaling?.fits ?? []).enumerated().map { (model.name, exit.exit, $0, $1) }
        }
      })
  }
}
