import Glibc

/// How a map spreads its attention over its cells.
///
/// All three depend on the resolution: a peak on a fine grid is higher than on a coarse one. Maps of different exits
/// compare only after `BoxAverage` has brought them to one grid.
package enum Concentration {
  /// Standard deviation (ddof 1) over mean; nil for one cell, negative cells (their mean may be anything, 0 too; but for
  /// `MapStatistics.negativeTolerance`), cells that are not finite, or a mean of zero. 0 is flat, √n a single cell.
  package static func spread<Cell: BinaryFloatingPoint>(
    _ cells: UnsafePointer<Cell>, _ count: Int
  ) -> Double? {
    guard count > 1 else { return nil }
    var sum = 0.0
    var (least, most): (Cell, Cell) = (0, 0)
    for index in 0..<count {
      sum += Double(cells[index])
      least = min(least, cells[index])
      most = max(most, cells[index])
    }
    let mean = sum / Double(count)
    guard mean.isFinite, mean > 0,
      !MapStatistics.isNegative(least: Double(least), most: Double(most))
    else { return nil }
    var squares = 0.0
    for index in 0..<count {
      let deviation = Double(cells[index]) - mean
      squares += deviation * deviation
    }
    return (squares / Double(count - 1)).squareRoot() / mean
  }

  /// Shannon's entropy of the cells, taken as shares of their sum, over log n: 1 is flat, 0 a single cell. nil for
  /// one cell, negative or non-finite cells, or a sum of zero.
  package static func entropy<Cell: BinaryFloatingPoint>(
    _ cells: UnsafePointer<Cell>, _ count: Int
  ) -> Double? {
    guard count > 1, let sum = positiveSum(cells, count) else { return nil }
    var entropy = 0.0
    for index in 0..<count where cells[index] > 0 {
      let share = Double(cells[index]) / sum
      entropy -= share * log(share)
    }
    return entropy / log(Double(count))
  }

  /// Gini's coefficient (1912): the mean absolute difference over all n² ordered pairs of cells, over twice their
  /// mean, = Σ_i (2i − n − 1)·x_(i) / (n·Σx), x_(i) ascending. 0 is flat, (n − 1)/n a single cell; not corrected by
  /// n/(n − 1). nil where the entropy is.
  package static func gini<Cell: BinaryFloatingPoint>(
    _ cells: UnsafePointer<Cell>, _ count: Int
  ) -> Double? {
    guard count > 1, let sum = positiveSum(cells, count) else { return nil }
    let sorted = UnsafeBufferPointer(start: cells, count: count).sorted()
    var weighted = 0.0
    for (index, cell) in sorted.enumerated() {
      weighted += Double(2 * index - count + 1) * Double(cell)
    }
    return weighted / (Double(count) * sum)
  }

  /// nil where a cell is negative beyond rounding or not finite, or all are 0.
  static func positiveSum<Cell: BinaryFloatingPoint>(
    _ cells: UnsafePointer<Cell>, _ count: Int
  ) -> Double? {
    var sum = 0.0
    var (least, most): (Cell, Cell) = (0, 0)
    for index in 0..<count {
      sum += Double(cells[index])
      least = min(least, cells[index])
      most = max(most, cells[index])
    }
    guard sum.isFinite, sum > 0,
      !MapStatistics.isNegative(least: Double(least), most: Double(most))
    else { return nil }
    return sum
  }
}
