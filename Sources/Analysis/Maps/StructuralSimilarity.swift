import TensorCore

/// Structural similarity of two maps (Wang, Bovik, Sheikh and Simoncelli, 2004): the mean over all windows of
///
///     (2·μa·μb + C1)(2·σab + C2) / ((μa² + μb² + C1)(σa² + σb² + C2)),  C1 = (0.01·L)², C2 = (0.03·L)².
///
/// As scikit-image's `structural_similarity` with its defaults: a uniform window, variances and covariance with
/// ddof 1, and only windows that lie wholly inside. The window is 7×7, or the largest odd square that fits a smaller
/// grid; under 3 there is none.
///
/// In an audit each map is first divided by its mean, so that resolution does not matter, and L is the maps' own
/// variation, the root of the mean of their variances (ddof 0). With a fixed L the constants take over where maps
/// are flat: softmax cells vary by about 1 / cells, and with L = 1 any two maps would be alike; with L = 1 on maps
/// divided by their means, unrelated maps of sigmoid attention (spread 0.003) score 0.98. With L = the largest cell, a
/// peaked map's constants hide all but the peak. Here unrelated patterns score about 0 however flat they are.
package final class StructuralSimilarity {
  package let grid: GridSize
  /// The window's side.
  package let window: Int
  /// Sums over a window's rows, by column: a, b, a², b², ab; [5, width].
  private let columns: UnsafeMutablePointer<Double>
  /// Products of one row: a², b², ab; [3, height, width].
  private let products: UnsafeMutablePointer<Double>
  /// Two maps over their means, [2, height, width].
  private let relative: UnsafeMutablePointer<Double>

  /// nil where no window fits.
  package init?(grid: GridSize) {
    guard let window = Self.window(on: grid) else { return nil }
    self.grid = grid
    self.window = window
    columns = .allocate(capacity: 5 * grid.width)
    products = .allocate(capacity: 3 * grid.count)
    relative = .allocate(capacity: 2 * grid.count)
  }

  deinit {
    columns.deallocate()
    products.deallocate()
    relative.deallocate()
  }

  /// The side of the window on a grid; nil where none fits.
  package static func window(on grid: GridSize) -> Int? {
    let side = min(7, grid.height, grid.width)
    let odd = side % 2 == 1 ? side : side - 1
    return odd >= 3 ? odd : nil
  }

  /// Of two maps divided by their means, with their own variation as L. nil where a mean is not positive, or both maps
  /// are constant.
  /// - Parameters: [grid.height, grid.width], finite.
  func ofRelative(_ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>) -> Double? {
    let (left, right) = (relative, relative + grid.count)
    guard divideByMean(first, into: left), divideByMean(second, into: right) else { return nil }
    // Means are 1 now.
    let range = ((squares(left) + squares(right)) / Double(2 * grid.count)).squareRoot()
    return range > 0 ? mean(left, right, range: range) : nil
  }

  /// The same of two arrays.
  package func ofRelative(_ first: [Float], _ second: [Float]) -> Double? {
    precondition(
      first.count == grid.count && second.count == grid.count,
      "maps of \(grid), got \(first.count) and \(second.count) cells")
    return first.withUnsafeBufferPointer { first in
      second.withUnsafeBufferPointer { ofRelative(first.baseAddress!, $0.baseAddress!) }
    }
  }

  private func divideByMean(
    _ cells: UnsafePointer<Float>, into result: UnsafeMutablePointer<Double>
  ) -> Bool {
    for index in 0..<grid.count { result[index] = Double(cells[index]) }
    let mean = DoubleKernels.sum(result, grid.count) / Double(grid.count)
    guard mean > 0 else { return false }
    for index in 0..<grid.count { result[index] /= mean }
    return true
  }

  /// Σ (x − 1)².
  private func squares(_ cells: UnsafePointer<Double>) -> Double {
    var sum = 0.0
    for index in 0..<grid.count { sum += (cells[index] - 1) * (cells[index] - 1) }
    return sum
  }

  /// - Parameters:
  ///   - first: [grid.height, grid.width], finite; so is `second`.
  ///   - range: L, above 0.
  func mean(
    _ first: UnsafePointer<Double>, _ second: UnsafePointer<Double>, range: Double
  ) -> Double {
    let constants = ((0.01 * range) * (0.01 * range), (0.03 * range) * (0.03 * range))
    let (count, width) = (grid.count, grid.width)
    let (firstSquares, secondSquares) = (products, products + count)
    let crossed = products + 2 * count
    for index in 0..<count {
      firstSquares[index] = first[index] * first[index]
      secondSquares[index] = second[index] * second[index]
      crossed[index] = first[index] * second[index]
    }
    let sources = (first, second, UnsafePointer(firstSquares), UnsafePointer(secondSquares))
    var total = 0.0
    for row in 0...(grid.height - window) {
      sumRows(sources.0, row, columns)
      sumRows(sources.1, row, columns + width)
      sumRows(sources.2, row, columns + 2 * width)
      sumRows(sources.3, row, columns + 3 * width)
      sumRows(crossed, row, columns + 4 * width)
      for column in 0...(width - window) { total += similarity(column, constants) }
    }
    return total / Double((grid.height - window + 1) * (width - window + 1))
  }

  /// The same of two arrays.
  package func mean(_ first: [Double], _ second: [Double], range: Double) -> Double {
    precondition(
      first.count == grid.count && second.count == grid.count,
      "maps of \(grid), got \(first.count) and \(second.count) cells")
    return first.withUnsafeBufferPointer { first in
      second.withUnsafeBufferPointer {
        mean(first.baseAddress!, $0.baseAddress!, range: range)
      }
    }
  }

  private func sumRows(
    _ cells: UnsafePointer<Double>, _ row: Int, _ sums: UnsafeMutablePointer<Double>
  ) {
    let width = grid.width
    sums.update(from: cells + row * width, count: width)
    for next in row + 1..<row + window {
      DoubleKernels.add(cells + next * width, times: 1, to: sums, width)
    }
  }

  /// Of the window that begins at a column.
  private func similarity(_ column: Int, _ constants: (Double, Double)) -> Double {
    let (width, side) = (grid.width, window)
    var sums = (0.0, 0.0, 0.0, 0.0, 0.0)
    for place in column..<column + side {
      sums.0 += columns[place]
      sums.1 += columns[width + place]
      sums.2 += columns[2 * width + place]
      sums.3 += columns[3 * width + place]
      sums.4 += columns[4 * width + place]
    }
    let cells = Double(side * side)
    let (a, b) = (sums.0 / cells, sums.1 / cells)
    let sample = cells / (cells - 1)
    let variances = sample * (sums.2 / cells - a * a + (sums.3 / cells - b * b))
    let covariance = sample * (sums.4 / cells - a * b)
    return (2 * a * b + constants.0) * (2 * covariance + constants.1)
      / ((a * a + b * b + constants.0) * (variances + constants.1))
  }
}
