/// The highest-density regions of a map: for each share of its mass, the fewest cells that hold it.
///
/// Cells are taken from the largest on until together they reach the share; the last one's value is the region's level.
/// The region is every cell at or above that level. Cells that tie with it, within rounding, are in, all of them, so that
/// it does not depend on an order among equals; it may then hold more than the share, and less without them.
package enum DensityRegions {
  /// Cells that differ by less, relative to the larger, differ by rounding (eight units in the last place of a Float, as
  /// for consistency): interpolation makes as much noise of equal cells.
  private static let tieTolerance: Float = 1e-6
  /// A share is reached within the rounding of the sums: nine cells of ten equal ones hold 90 %.
  private static let roundingTolerance = 1e-12

  /// What the cells of each share's region are not below; nil for a map without mass to divide: a cell is negative or
  /// not finite, or so many tie as the smallest that every region is the whole map, as with zero and constant maps.
  /// - Parameter shares: each above 0 and at most 1, ascending.
  package static func levels(
    of values: UnsafeBufferPointer<Float>, enclosing shares: [Double]
  ) -> [Float]? {
    var low = Float.infinity
    var high: Float = 0
    for value in values {
      guard value >= 0, value.isFinite else { return nil }
      low = min(low, value)
      high = max(high, value)
    }
    guard high > low else { return nil }
    let bins = Bins(from: low, to: high)
    var masses = [Double](repeating: 0, count: Bins.count)
    for value in values { masses[bins[value]] += Double(value) }
    let mass = masses.reduce(0, +)
    var bin = Bins.count - 1
    var above = 0.0
    let levels = shares.map { share in
      let goal = (share - roundingTolerance) * mass
      while bin > 0, above + masses[bin] < goal {
        above += masses[bin]
        bin -= 1
      }
      let level = level(
        of: values.filter { bins[$0] == bin }.sorted(by: >), reaching: goal - above)
      return level * (1 - tieTolerance)
    }
    return levels[0] > low ? levels : nil
  }

  /// The last of the values that are needed, from the first on, for their sum to reach the goal.
  private static func level(of falling: [Float], reaching goal: Double) -> Float {
    var held = 0.0
    for value in falling {
      held += Double(value)
      if held >= goal { return value }
    }
    return falling.last ?? 0
  }

  /// Sorts values into bins that keep their order, so that only one bin's need sorting. A Float that is not negative
  /// orders as its bits do, and its bits are near its logarithm, which spreads peaked maps evenly.
  private struct Bins {
    static let count = 2048
    private let first: UInt32
    private let shift: Int

    init(from low: Float, to high: Float) {
      first = low.bitPattern
      let span = high.bitPattern - first
      shift = max(0, UInt32.bitWidth - span.leadingZeroBitCount - (Self.count - 1).nonzeroBitCount)
    }

    subscript(value: Float) -> Int { Int((value.bitPattern - first) >> UInt32(shift)) }
  }
}
