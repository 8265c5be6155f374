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
    // Eight cells at a time: this runs on interpolated maps too, where it was a third of an audit's time.
    var lows = SIMD8<Float>(repeating: map[0])
    var highs = lows
    // 0 while all cells are finite, else NaN.
    var zeros = SIMD8<Float>.zero
    let whole = count & ~7
    for index in stride(from: 0, to: whole, by: 8) {
      let cells = UnsafeRawPointer(map + index).loadUnaligned(as: SIMD8<Float>.self)
      lows.replace(with: cells, where: cells .< lows)
      highs.replace(with: cells, where: cells .> highs)
      zeros += cells * 0
    }
    var low = lows.min()
    var high = highs.max()
    var zero = zeros.sum()
    for index in whole..<count {
      low = min(low, map[index])
      high = max(high, map[index])
      zero += map[index] * 0
    }
    return zero == 0 && high - low > constantTolerance * max(abs(low), abs(high))
  }

  /// A cell below 0 by less than this share of the largest one is rounding: an interpolation or a sum that should give 0.
  static let negativeTolerance = 1e-6

  /// Whether a map's least cell is below 0 by more than rounding.
  /// - Parameter most: the largest cell.
  static func isNegative(least: Double, most: Double) -> Bool {
    least < -negativeTolerance * max(0, most)
  }

  /// The least finite cell, 0 where none is below it.
  static func minimum(_ map: UnsafePointer<Float>, _ count: Int) -> Float {
    var result: Float = 0
    for index in 0..<count where map[index] < result && map[index].isFinite { result = map[index] }
    return result
  }

  /// The largest finite cell; 0 where there is none.
  static func maximum(_ map: UnsafePointer<Float>, _ count: Int) -> Double {
    var result = -Float.infinity
    for index in 0..<count where map[index].isFinite { result = max(result, map[index]) }
    return result.isFinite ? Double(result) : 0
  }
}
