import Analysis

/// What a reader of measured times must know.
enum LatencyText {
  /// Whether all models were timed and run the same blocks, so that their times could be the same.
  static func isSameWork(_ context: ReportContext) -> Bool {
    let macs = Set(context.result.models.map { $0.exits.map(\.macs) })
    return context.models.count > 1 && macs.count == 1
      && context.models.allSatisfy { context.recordings[$0][0].manifest.latency != nil }
  }

  /// Where each model was measured.
  static func machines(_ context: ReportContext) -> [Fields] {
    context.models.map { model in
      guard let latency = context.recordings[model][0].manifest.latency else {
        return ["machine": .text("\(context.name(model)): not measured.")]
      }
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
