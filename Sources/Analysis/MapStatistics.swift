import Glibc

/// Numbers of one attention map on its own grid.
///
/// A map is *undefined* for consistency where a cell is not finite, or where all cells are the same: their range
/// (maximum − minimum) is at most `constantTolerance` times their largest magnitude. A map of zeros and
/// a 1×1 map are among them.
enum MapStatistics {
  /// Eight units in the last place of a Float: a smaller range is rounding noise, and a direction made of
  /// it means nothing.
  static let constantTolerance: Float = 1e-6

  /// Whether a cosine with this map means something.
  static func isDefined(_ map: UnsafePointer<Float>, _ count: Int) -> Bool {
    var low = map[0]
    var high = map[0]
    for index in 0..<count {
      let value = map[index]
      guard value.isFinite else { return false }
      low = min(low, value)
      high = max(high, value)
    }
    return high - low > constantTolerance * max(abs(low), abs(high))
  }

  /// Standard deviation (ddof 1) over mean of the cells; nil for one cell, cells that are not finite, or a mean
  /// that is not positive.
  static func spread(_ map: UnsafePointer<Float>, _ count: Int) -> Double? {
    guard count > 1 else { return nil }
    var sum = 0.0
    for index in 0..<count { sum += Double(map[index]) }
    let mean = sum / Double(count)
    guard mean.isFinite, mean > 0 else { return nil }
    var squares = 0.0
    for index in 0..<count {
      let deviation = Double(map[index]) - mean
      squares += deviation * deviation
    }
    return (squares / Double(count - 1)).squareRoot() / mean
  }

  /// Entropy of the cells, taken as shares of their sum, over log(cells): 1 is uniform, 0 one cell. nil for one
  /// cell, negative or non-finite cells, or a sum of zero.
  static func entropy(_ map: UnsafePointer<Float>, _ count: Int) -> Double? {
    guard count > 1 else { return nil }
    var sum = 0.0
    for index in 0..<count {
      guard map[index] >= 0 else { return nil }
      sum += Double(map[index])
    }
    guard sum.isFinite, sum > 0 else { return nil }
    var entropy = 0.0
    for index in 0..<count where map[index] > 0 {
      let share = Double(map[index]) / sum
      entropy -= share * log(share)
    }
    return entropy / log(Double(count))
  }

  /// The largest finite cell; 0 where there is none.
  static func maximum(_ map: UnsafePointer<Float>, _ count: Int) -> Double {
    var result = -Float.infinity
    for index in 0..<count where map[index].isFinite { result = max(result, map[index]) }
    return result.isFinite ? Double(result) : 0
  }
}
