/// Counts of values in bins of one width, each with its lower end and without its upper one, but for the last.
public struct Histogram: Sendable, Equatable {
  public var low: Double
  public var high: Double
  public var counts: [Int]

  public init(low: Double, high: Double, counts: [Int]) {
    self.low = low
    self.high = high
    self.counts = counts
  }

  /// Values outside count in the outermost bin.
  public init(_ values: some Sequence<Double>, low: Double, high: Double, bins: Int) {
    self.init(low: low, high: high, counts: [Int](repeating: 0, count: bins))
    for value in values where !value.isNaN {
      let place = ((value - low) / (high - low) * Double(bins)).rounded(.down)
      counts[Int(min(Double(bins - 1), max(0, place)))] += 1
    }
  }

  public var total: Int { counts.reduce(0, +) }
  /// The lower end of a bin; of the bin after the last one, the upper end of that.
  public func edge(_ bin: Int) -> Double {
    (low * Double(counts.count - bin) + high * Double(bin)) / Double(counts.count)
  }
  public var width: Double { (high - low) / Double(counts.count) }
}
