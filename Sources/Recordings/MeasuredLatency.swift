import FileKit

/// How long a network took to answer one image at a time, measured where it was recorded. Times depend on machine and
/// load, so two measurements differ.
public struct MeasuredLatency: Sendable, Codable, Equatable {
  /// Of single images, in milliseconds, each with the fastest of its rounds: mean and percentiles 50, 5 and 95 over
  /// images, linear between order statistics. With an early stop the median tells only of the exit at which the middle
  /// image left; what many images take is the mean.
  public struct Times: Sendable, Codable, Equatable {
    /// Mean over images, ms.
    public var mean: Double
    /// Percentile 50, ms.
    public var median: Double
    /// Percentile 5, ms.
    public var p5: Double
    /// Percentile 95, ms.
    public var p95: Double

    /// All in milliseconds.
    public init(mean: Double, median: Double, p5: Double, p95: Double) {
      self.mean = mean
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
      self.init(
        mean: sorted.reduce(0, +) / Double(sorted.count), median: percentile(0.5),
        p5: percentile(0.05), p95: percentile(0.95))
    }
  }

  /// With an early stop under the confidence policy: later blocks were not run.
  public struct EarlyStop: Sendable, Codable, Equatable {
    /// Confidence at which an image leaves, 0…1.
    public var threshold: Double
    /// Of all images, wherever they left.
    public var times: Times
    /// Per exit, the share of the images that left there.
    public var shares: [Double]
    /// The sum of the images' times to the final exit over the sum of their times with the early stop.
    public var speedup: Double

    /// `shares` has one entry an exit.
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
  /// The same images, each leaving where it is sure enough.
  public var earlyStop: EarlyStop
  /// Images measured, and how often each.
  public var images: Int
  /// How often each image was measured; its fastest round counts.
  public var rounds: Int
  /// Threads of the network while it was measured.
  public var threads: Int
  /// Processor and libraries: ("CPU", "…").
  public var machine: [Provenance.Entry]

  /// `exits` has one entry an exit of the network.
  public init(
    exits: [Times], earlyStop: EarlyStop, images: Int, rounds: Int, threads: Int,
    machine: [Provenance.Entry]
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
    try manifest.latency?.validate(exitCount: exitCount, at: path)
  }
}

extension MeasuredLatency {
  /// Throws where the times cannot be those of a network with so many exits.
  /// - Parameter path: what the error message calls their file.
  public func validate(exitCount: Int, at path: String) throws(RecordingFault) {
    for (field, count) in [
      ("exits", exits.count), ("earlyStop.shares", earlyStop.shares.count),
    ] where count != exitCount {
      throw .wrongField(
        path: path, field: "latency.\(field)", expected: "\(exitCount) entries, one an exit",
        got: "\(count)")
    }
    let times = exits.enumerated().map { ("exits[\($0)]", $1) }
    for (field, times) in times + [("earlyStop.times", earlyStop.times)] {
      let ordered = [times.p5, times.median, times.p95]
      guard ordered.allSatisfy(Self.isTime), ordered == ordered.sorted() else {
        throw .wrongField(
          path: path, field: "latency.\(field)", expected: "0 < p5 ≤ median ≤ p95 ≤ 1e12 ms",
          got: ordered.map { RecordingLayout.decimal($0) }.joined(separator: ", "))
      }
      guard Self.isTime(times.mean) else {
        throw .wrongField(
          path: path, field: "latency.\(field).mean", expected: "a number above 0, at most 1e12",
          got: "\(times.mean)")
      }
    }
    guard Self.isTime(earlyStop.speedup) else {
      throw .wrongField(
        path: path, field: "latency.earlyStop.speedup", expected: "a number above 0, at most 1e12",
        got: "\(earlyStop.speedup)")
    }
    do throws(ValueProblem) { try validateCounts() } catch {
      throw .wrongField(
        path: path, field: "latency.\(error.key)", expected: error.expected, got: error.got)
    }
  }

  private func validateCounts() throws(ValueProblem) {
    try ValueCheck.number("earlyStop.threshold", earlyStop.threshold, -1e15...1e15)
    for (exit, share) in earlyStop.shares.enumerated() {
      // A share may have been rounded on its way.
      try ValueCheck.number("earlyStop.shares[\(exit)]", share, 0...1.001, expected: "0 to 1")
    }
    for (key, count) in [("images", images), ("rounds", rounds), ("threads", threads)] {
      try ValueCheck.whole(key, count, 0...ValueCheck.largestCount)
    }
  }

  /// In milliseconds; the longest is some thirty years.
  private static func isTime(_ value: Double) -> Bool { value > 0 && value <= 1e12 }
}
