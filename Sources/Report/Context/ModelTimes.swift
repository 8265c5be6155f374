import Analysis
import Recordings

/// What an image took a model, with and without the early stop: the mean over images, then over training runs.
struct ModelTimes {
  /// Mean and standard deviation over training runs (ddof 1; nil with one run).
  struct Figure {
    var value: Double
    var deviation: Double?

    /// - Parameter values: one a run, one at least.
    init(_ values: [Double]) {
      value = values.reduce(0, +) / Double(values.count)
      deviation = RunsEstimate.deviation(values)
    }
  }

  /// Milliseconds an image through the final exit.
  let final: Figure
  /// Milliseconds an image with the early stop.
  let early: Figure
  /// The first over the second, of the same images.
  let speedup: Figure
  /// Runs that were timed.
  let runs: Int

  /// nil where no run was timed at the threshold.
  init?(_ recordings: [Recording], threshold: Double) {
    let timed = recordings.compactMap(\.manifest.latency).filter {
      $0.earlyStop.threshold == threshold && !$0.exits.isEmpty
    }
    guard !timed.isEmpty else { return nil }
    final = Figure(timed.map { $0.exits[$0.exits.count - 1].mean })
    early = Figure(timed.map(\.earlyStop.times.mean))
    speedup = Figure(timed.map(\.earlyStop.speedup))
    runs = timed.count
  }
}
