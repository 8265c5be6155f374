import TensorCore

/// ROAD's imputation of removed pixels (Rong et al., 2022): each is the weighted mean of its eight neighbours, 1/6 for
/// those beside, above and below it and 1/12 for the diagonal ones, removed neighbours being unknowns too. At an edge
/// the weights of the neighbours that exist are divided by their sum.
///
/// Unlike a constant colour, it leaves no outline from which a network could read what was removed. The system is
/// sparse, symmetric and positive definite as long as a pixel is left; see `SkylineSolver`.
package final class LinearImputation {
  private let grid: GridSize
  private let channels: Int
  /// Along the shorter side first, which keeps the rows of the system short.
  private let isRowMajor: Bool
  private let solver = SkylineSolver()
  /// A pixel's number among the unknowns; −1 where it is known.
  private var numbers: [Int]
  private var known: [Double] = []

  private static let neighbours: [(row: Int, column: Int, weight: Double)] = [
    (-1, -1, 1 / 12), (-1, 0, 1 / 6), (-1, 1, 1 / 12), (0, -1, 1 / 6),
    (0, 1, 1 / 6), (1, -1, 1 / 12), (1, 0, 1 / 6), (1, 1, 1 / 12),
  ]

  package init(grid: GridSize, channels: Int) {
    self.grid = grid
    self.channels = channels
    isRowMajor = grid.width <= grid.height
    numbers = [Int](repeating: -1, count: grid.count)
  }

  /// Replaces pixels of an image.
  /// - Parameters:
  ///   - image: [height, width, channels].
  ///   - removed: row by row numbers, each once; not all pixels.
  package func impute(_ image: UnsafeMutablePointer<Float>, removed: some Collection<Int32>) {
    precondition(removed.count < grid.count, "a pixel must be left to impute from")
    guard !removed.isEmpty else { return }
    for pixel in removed { numbers[Int(pixel)] = 0 }
    var unknowns: [Int] = []
    unknowns.reserveCapacity(removed.count)
    for place in 0..<grid.count {
      let pixel = isRowMajor ? place : place % grid.height * grid.width + place / grid.height
      guard numbers[pixel] >= 0 else { continue }
      numbers[pixel] = unknowns.count
      unknowns.append(pixel)
    }
    fill(unknowns, image)
    solver.factorise()
    for channel in 0..<channels {
      let values = solver.solve(
        Array(known[channel * unknowns.count..<(channel + 1) * unknowns.count]))
      for (pixel, value) in zip(unknowns, values) {
        image[pixel * channels + channel] = Float(value)
      }
    }
    for pixel in unknowns { numbers[pixel] = -1 }
  }

  /// Writes the system: the weights of existing neighbours on the diagonal, −weight for an unknown neighbour, and
  /// on the right-hand side the weighted sum of the known ones.
  private func fill(_ unknowns: [Int], _ image: UnsafePointer<Float>) {
    known = [Double](repeating: 0, count: unknowns.count * channels)
    solver.begin(unknowns.count)
    var entries: [(column: Int, value: Double)] = []
    for (number, pixel) in unknowns.enumerated() {
      let (row, column) = (pixel / grid.width, pixel % grid.width)
      var diagonal = 0.0
      entries.removeAll(keepingCapacity: true)
      for neighbour in Self.neighbours {
        let (otherRow, otherColumn) = (row + neighbour.row, column + neighbour.column)
        guard 0 <= otherRow, otherRow < grid.height, 0 <= otherColumn, otherColumn < grid.width
        else { continue }
        diagonal += neighbour.weight
        let other = otherRow * grid.width + otherColumn
        if numbers[other] < 0 {
          for channel in 0..<channels {
            known[channel * unknowns.count + number] +=
              neighbour.weight * Double(image[other * channels + channel])
          }
        } else if numbers[other] < number {
          entries.append((numbers[other], -neighbour.weight))
        }
      }
      solver.appendRow(entries, diagonal: diagonal)
    }
  }
}
