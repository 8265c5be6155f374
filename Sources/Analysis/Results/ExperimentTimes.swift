import Recordings

/// What an image took the networks of a setting, with and without the early stop: the mean over images, then over
/// training runs.
public struct ExperimentTimes: Sendable, Equatable {
  /// Mean and standard deviation over training runs (ddof 1; nil with one run).
  public struct Number: Sendable, Equatable {
    public var value: Double
    public var deviation: Double?

    /// - Parameter values: one a run, one at least.
    init(_ values: [Double]) {
      value = values.reduce(0, +) / Double(values.count)
      deviation = RunsEstimate.deviation(values)
    }
  }

  /// Milliseconds an image through the final exit.
  public var final: Number
  /// Milliseconds an image with the early stop.
  public var early: Number
  /// The first over the second, of the same images.
  public var speedup: Number
  /// Runs that were timed.
  public var runs: Int
}

extension Experiment.Row {
  /// The times at a threshold; nil where no run was timed at it.
  public func times(threshold: Double) -> ExperimentTimes? {
    let timed = latencies.filter { $0.earlyStop.threshold == threshold && !$0.exits.isEmpty }
    guard !timed.isEmpty else { return nil }
    return ExperimentTimes(
      final: .init(timed.map { $0.exits[$0.exits.count - 1].mean }),
      early: .init(timed.map(\.earlyStop.times.mean)),
      speedup: .init(timed.map(\.earlyStop.speedup)), runs: timed.count)
  }
}
