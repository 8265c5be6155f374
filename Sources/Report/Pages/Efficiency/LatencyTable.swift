import Analysis
import Recordings

/// Times of single images, where a recording has them.
enum LatencyTable {
  /// nil where no recording was timed.
  static func fields(_ context: ReportContext) -> Fields? {
    let arms = context.recordings.map { $0[0].manifest.latency }
    guard let first = arms.lazy.compactMap({ $0 }).first else { return nil }
    let exits = arms.compactMap { $0?.exits.count }.max() ?? 0
    var groups = (0..<exits).map { exit in
      group(exit + 1 == exits ? "\(exit + 1), final" : "\(exit + 1)", "", arms, context) {
        latency in
        exit < latency.exits.count ? latency.exits[exit] : nil
      }
    }
    let threshold = NumberFormat.fixed(first.earlyStop.threshold, 2)
    groups.append(
      group("early stop", "confidence ≥ \(threshold)", arms, context, hasSpeedup: true) { latency in
        latency.earlyStop.threshold == first.earlyStop.threshold ? latency.earlyStop.times : nil
      })
    let table = GroupedTable(
      id: "latency-table", label: "Table: measured latency",
      caption: """
        Milliseconds from the normalised image to the answer, one image at a time; blocks after the exit \
        were not run. Mean and percentiles are over images, each with the fastest of its rounds. Speed-up: the \
        images’ times to the final exit over their times with the early stop. Of each model, its first \
        recording; all are in latency.csv.
        """,
      columns: [
        .init("Mean", "ms"), .init("Median", "ms"), .init("5th percentile", "ms"),
        .init("95th percentile", "ms"),
        .init("Speed-up", "×"),
      ], groups: groups)
    let macs = Set(context.result.models.map { $0.exits.map(\.macs) })
    return [
      "table": .fields(table.fields), "machines": .list(machines(context)),
      "sameWork": .flag(arms.count > 1 && macs.count == 1 && arms.allSatisfy { $0 != nil }),
    ]
  }

  private static func group(
    _ name: String, _ detail: String, _ arms: [MeasuredLatency?],
    _ context: ReportContext, hasSpeedup: Bool = false,
    _ times: (MeasuredLatency) -> MeasuredLatency.Times?
  ) -> GroupedTable.Group {
    let rows = context.rows { model in
      guard let latency = arms[model.index], let times = times(latency) else {
        return [.init(value: "not measured")]
          + [GroupedTable.Cell](repeating: .init(value: NumberFormat.missing), count: 4)
      }
      let numbers = [times.mean, times.median, times.p5, times.p95].map {
        GroupedTable.Cell(value: NumberFormat.fixed($0, 3))
      }
      let speedup = hasSpeedup ? NumberFormat.fixed(latency.earlyStop.speedup, 2) : ""
      return numbers + [.init(value: speedup)]
    }
    return GroupedTable.Group(name: name, detail: detail, rows: rows)
  }

  /// Where each model was measured.
  private static func machines(_ context: ReportContext) -> [Fields] {
    context.models.compactMap { model in
      guard let latency = context.recordings[model][0].manifest.latency else { return nil }
      let settings = latency.machine.filter { $0.name != "Threads" }
        .map { "\(DisplayText.name($0.name)) \(DisplayText.name($0.value))" }
      let images = NumberFormat.counted(latency.images, "image", "images")
      let threads = NumberFormat.counted(latency.threads, "thread", "threads")
      return [
        "machine": .text(
          "\(context.name(model)): \(images), \(latency.rounds) rounds, \(threads); "
            + settings.prefix(12).joined(separator: "; ") + ".")
      ]
    }
  }
}
