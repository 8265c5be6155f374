import Analysis

/// The files behind the calibration page.
enum CalibrationTables {
  static func all(_ context: ReportContext) -> [DataFile] {
    [
      DataFile("calibration", CalibrationTable.table(context)),
      DataFile("reliability", isInJSON: false, ReliabilityTable.all(context)),
      DataFile("temperature", temperatures(context)),
    ]
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
