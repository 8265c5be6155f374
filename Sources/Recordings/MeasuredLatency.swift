/// How long a network took to answer one image at a time, measured where it was recorded. Times depend on machine and
/// load, so two measurements differ.
public struct MeasuredLatency: Sendable, Codable, Equatable {
  /// Of single images, in milliseconds: percentiles 50, 5 and 95 over images, each with the fastest of its rounds;
  /// linear between order statistics.
  public struct Times: Sendable, Codable, Equatable {
    public var median: Double
    public var p5: Double
    public var p95: Double

    public init(median: Double, p5: Double, p95: Double) {
      self.median = median
      self.p5 = p5
      self.p95 = p95
    }

    /// - Parameter milliseconds: one at least.
    public init(_ milliseconds: [Double]) {
      let sorted = milliseconds.sorted()
      func percentile(_ share: Double) -> Double {
        let position = share * Double(sorted.count - 1)
        let low = Int(position)
        let high = min(low + 1, sorted.count - 1)
        return sorted[low] + (position - Double(low)) * (sorted[high] - sorted[low])
      }
      self.init(median: percentile(0.5), p5: percentile(0.05), p95: percentile(0.95))
    }
  }

  /// With an early stop under the confidence policy: later blocks were not run.
  public struct EarlyStop: Sendable, Codable, Equatable {
    public var threshold: Double
    public var times: Times
    /// Per exit, the share of the images that left there.
    public var shares: [Double]
    /// The sum of the images' times to the final exit over the sum of their times with the early stop.
    public var speedup: Double

    public init(threshold: Double, times: Times, shares: [Double], speedup: Double) {
      self.threshold = threshold
      self.times = times
      self.shares = shares
      self.speedup = speedup
    }
  }

  /// One an exit: from the normalised image to its answer, every attention module and head on the way run, later
  /// blocks not.
  public var exits: [Times]
  public var earlyStop: EarlyStop
  /// Images measured, and how often each.
  public var images: Int
  public var rounds: Int
  public var threads: Int
  /// Processor and libraries: ("CPU", "…").
  public var machine: [Provenance.Setting]

  public init(
    exits: [Times], earlyStop: EarlyStop, images: Int, rounds: Int, threads: Int,
    machine: [Provenance.Setting]
  ) {
    self.exits = exits
    self.earlyStop = earlyStop
    self.images = images
    self.rounds = rounds
    self.threads = threads
    self.machine = machine
  }
}

extension Recording {
  func validateLatency(at path: String) throws(RecordingFault) {
    guard let latency = manifest.latency else { return }
    for (field, count) in [
      ("exits", latency.exits.count), ("earlyStop.shares", latency.earlyStop.shares.count),
    ] where count != exitCount {
      throw .wrongField(
        path: path, field: "latency.\(field)", expected: "\(exitCount) entries, one an exit",
        got: "\(count)")
    }
    let times = latency.exits.enumerated().map { ("exits[\($0)]", $1) }
    for (field, times) in times + [("earlyStop.times", latency.earlyStop.times)] {
      let ordered = [times.p5, times.median, times.p95]
      guard ordered.allSatisfy({ $0.isFinite && $0 > 0 }), ordered == ordered.sorted() else {
        throw .wrongField(
          path: path, field: "latency.\(field)", expected: "0 < p5 ≤ median ≤ p95",
          got: ordered.map { RecordingLayout.decimal($0) }.joined(separator: ", "))
      }
    }
    guard latency.earlyStop.speedup.isFinite, latency.earlyStop.speedup > 0 else {
      throw .wrongField(
        path: path, field: "latency.earlyStop.speedup", expected: "a number above 0",
        got: "\(latency.earlyStop.speedup)")
    }
  }
}
