import Analysis
import Recordings

/// What leaving early at the confidence threshold gives and costs, and how long it took.
enum EarlyExitTables {
  static func all(_ context: ReportContext) -> [DataFile] {
    [
      DataFile("early-exit", isInJSON: false, earlyExit(context)),
      DataFile("cost-curve", isInJSON: false, costCurve(context)),
      DataFile("latency", latency(context)),
      DataFile("times", times(context)),
    ]
  }

  private static func earlyExit(_ context: ReportContext) -> Table<ModelResult> {
    let numbers = context.numbers
    return Table(
      [
        .text("model") { $0.name }, .number("threshold") { $0.earlyExit.threshold },
        .estimate("accuracy") { numbers[.accuracy, .earlyStop, model: $0.index]?.estimate },
        .number("mean_macs") { $0.earlyExit.meanMacs },
      ], rows: context.result.models)
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

  /// Times of one stop of one recording.
  private struct Stop: Sendable {
    var model: String
    var run: Int
    var stop: String
    var times: MeasuredLatency.Times
    var threshold: Double?
    var share: Double?
    var speedup: Double?
    var latency: MeasuredLatency
  }

  private static func latency(_ context: ReportContext) -> Table<Stop> {
    let rows = context.models.flatMap { model in
      let name = context.result.models[model].name
      return context.recordings[model].enumerated().flatMap { run, recording -> [Stop] in
        guard let latency = recording.manifest.latency else { return [] }
        let early = latency.earlyStop
        return latency.exits.enumerated().map { exit, times in
          Stop(
            model: name, run: run + 1, stop: "exit \(exit + 1)", times: times,
            share: early.shares[exit], latency: latency)
        } + [
          Stop(
            model: name, run: run + 1, stop: "early stop", times: early.times,
            threshold: early.threshold, speedup: early.speedup, latency: latency)
        ]
      }
    }
    return Table(
      [
        .text("model") { $0.model }, .integer("run") { $0.run }, .text("stop") { $0.stop },
        .number("threshold") { $0.threshold }, .number("mean_ms") { $0.times.mean },
        .number("median_ms") { $0.times.median }, .number("p5_ms") { $0.times.p5 },
        .number("p95_ms") { $0.times.p95 }, .number("share") { $0.share },
        .number("speedup") { $0.speedup }, .integer("images") { $0.latency.images },
        .integer("rounds") { $0.latency.rounds }, .integer("threads") { $0.latency.threads },
      ], rows: rows)
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
