import Analysis
import Recordings

/// Times of single images, where a recording has them: `latency.csv`, and of each model's first recording a table of the
/// efficiency page.
enum LatencyTable {
  /// Times of one stop of one recording.
  struct Row: Sendable {
    var owner: RowOwner
    var run: Int
    /// From 1; nil where images leave early.
    var exit: Int?
    var times: MeasuredLatency.Times
    var latency: MeasuredLatency

    /// Of the early stop.
    var threshold: Double? { exit == nil ? latency.earlyStop.threshold : nil }
  }

  static func table(_ context: ReportContext) -> Table<Row> {
    let rows = rows(context)
    // Early stops at other thresholds do not stand under one another.
    let threshold = rows.first { $0.exit == nil }?.threshold
    return Table(
      [
        .model { $0.owner }, .integer("run", in: .data) { $0.run },
        .text("stop", in: .data) { row in row.exit.map { "exit \($0)" } ?? "early stop" },
        .number("threshold", in: .data) { $0.threshold },
        .number("mean_ms", "Mean", "ms") { $0.times.mean },
        .number("median_ms", "Median", "ms") { $0.times.median },
        .number("p5_ms", "5th percentile", "ms") { $0.times.p5 },
        .number("p95_ms", "95th percentile", "ms") { $0.times.p95 },
        .number("share", in: .data) { row in row.exit.map { row.latency.earlyStop.shares[$0 - 1] }
        },
        Column("speedup", "Speed-up", "×", .fixed(2)) { row in
          row.exit == nil ? .number(row.latency.earlyStop.speedup) : .blank
        },
        .integer("images", in: .data) { $0.latency.images },
        .integer("rounds", in: .data) { $0.latency.rounds },
        .integer("threads", in: .data) { $0.latency.threads },
      ], rows: rows,
      writers: { $0.run == 1 && ($0.exit != nil || $0.threshold == threshold) ? .all : .data },
      layout: TableLayout(
        id: "latency-table", label: "Table: measured latency",
        caption: """
          Milliseconds from the normalised image to the answer, one image at a time; blocks after the exit \
          were not run. Mean and percentiles are over images, each with the fastest of its rounds. Speed-up: the \
          images’ times to the final exit over their times with the early stop. Of each model, its first \
          recording.
          """, files: ["latency.csv"],
        group: { row in
          row.exit.map { context.group(exit: $0) }
            ?? GroupHead(
              "Early stop", "confidence ≥ \(NumberFormat.fixed(row.threshold, 2))", isMean: true)
        }, head: { $0.owner.head }))
  }

  private static func rows(_ context: ReportContext) -> [Row] {
    context.models.flatMap { model in
      let owner = context.owner(model)
      return context.recordings[model].enumerated().flatMap { run, recording -> [Row] in
        guard let latency = recording.manifest.latency else { return [] }
        return latency.exits.enumerated().map { exit, times in
          Row(owner: owner, run: run + 1, exit: exit + 1, times: times, latency: latency)
        } + [
          Row(owner: owner, run: run + 1, times: latency.earlyStop.times, latency: latency)
        ]
      }
    }
  }
}
