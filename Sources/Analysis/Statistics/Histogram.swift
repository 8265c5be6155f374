/// Counts of values in bins of one width, each with its lower end and without its upper one, but for the last.
public struct Histogram: Sendable, Equatable {
  /// The lower end of the first bin.
  public var low: Double
  /// The upper end of the last bin.
  public var high: Double
  /// One a bin, at least one bin.
  public var counts: [Int]

  /// Of counts already made.
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

  /// Values counted.
  public var total: Int { counts.reduce(0, +) }
  /// The lower end of a bin; of the bin after the last one, the upper end of that.
  public func edge(_ bin: Int) -> Double {
    (low * Double(counts.count - bin) + high * Double(bin)) / Double(counts.count)
  }
  /// Of a bin.
  public var width: Double { (high - low) / Double(counts.count) }
}
