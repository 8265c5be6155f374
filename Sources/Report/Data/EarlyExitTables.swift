import Analysis
import Recordings

/// What leaving early at the confidence threshold gives and costs, and how long it took.
enum EarlyExitTables {
  static func all(_ context: ReportContext) -> [DataFile] {
    [
      DataFile("early-exit", isInJSON: false, EarlyExitTable.table(context)),
      DataFile("cost-curve", isInJSON: false, costCurve(context)),
      DataFile("latency", LatencyTable.table(context)),
      DataFile("times", times(context)),
    ]
  }

  private static func costCurve(_ context: ReportContext) -> Table<
    (model: String, point: CostPoint)
  > {
    Table(
      [
        .text("model") { $0.model }, .number("threshold") { $0.point.threshold },
        .number("accuracy") { $0.point.accuracy }, .number("mean_macs") { $0.point.meanMacs },
      ],
      rows: context.result.models.flatMap { model in model.costCurve.map { (model.name, $0) } })
  }

  /// Means over a model's runs at the report's threshold.
  private static func times(_ context: ReportContext) -> Table<(model: String, times: ModelTimes)> {
    Table(
      [
        .text("model") { $0.model }, .number("final_ms") { $0.times.final.value },
        .number("final_ms_sd") { $0.times.final.deviation },
        .number("early_ms") { $0.times.early.value },
        .number("early_ms_sd") { $0.times.early.deviation },
        .number("speedup") { $0.times.speedup.value },
        .number("speedup_sd") { $0.times.speedup.deviation }, .integer("runs") { $0.times.runs },
      ],
      rows: context.models.compactMap { model in
        ModelTimes(context.recordings[model], threshold: context.result.threshold).map {
          (context.result.models[model].name, $0)
        }
      })
  }
}
