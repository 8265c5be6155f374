import TensorCore

/// A matrix whose rows are zero outside one run of columns each, as averaging along an axis gives.
struct BandedMatrix: Sendable {
  let rowCount: Int
  let columnCount: Int
  /// Per row: its first column, and where its values begin; one more entry ends the last row.
  private let firstColumns: [Int]
  private let offsets: [Int]
  private let values: [Double]

  /// - Parameter rows: [rowCount][columnCount]; zeros before the first and after the last other value are dropped.
  init(rows: [[Double]], columnCount: Int) {
    var firstColumns: [Int] = []
    var offsets = [0]
    var values: [Double] = []
    for row in rows {
      precondition(row.count == columnCount, "a row has \(columnCount) columns, got \(row.count)")
      let first = row.firstIndex { $0 != 0 } ?? 0
      let last = row.lastIndex { $0 != 0 } ?? 0
      firstColumns.append(first)
      values += row[first...last]
      offsets.append(values.count)
    }
    rowCount = rows.count
    self.columnCount = columnCount
    self.firstColumns = firstColumns
    self.offsets = offsets
    self.values = values
  }

  /// Calls the body with each value that is kept of a row, and its column.
  @inline(__always)
  func forEach(inRow row: Int, _ body: (_ column: Int, _ value: Double) -> Void) {
    let first = firstColumns[row] - offsets[row]
    for index in offsets[row]..<offsets[row + 1] { body(first + index, values[index]) }
  }
}

/// A linear map between grids that works along rows and columns by themselves: Y = A·X·Bᵀ.
struct SeparableOperator: Sendable {
  let source: GridSize
  let target: GridSize
  /// A, [target.height, source.height].
  private let rows: BandedMatrix
  /// B, [target.width, source.width].
  private let columns: BandedMatrix

  init(rows: BandedMatrix, columns: BandedMatrix) {
    self.rows = rows
    self.columns = columns
    source = GridSize(height: rows.columnCount, width: columns.columnCount)
    target = GridSize(height: rows.rowCount, width: columns.rowCount)
  }

  /// - Parameters:
  ///   - cells: [source.height, source.width].
  ///   - scratch: [source.width].
  ///   - result: [target.height, target.width]; overwritten.
  func apply(
    _ cells: UnsafePointer<Double>, scratch: UnsafeMutablePointer<Double>,
    into result: UnsafeMutablePointer<Double>
  ) {
    let width = source.width
    for row in 0..<target.height {
      scratch.update(repeating: 0, count: width)
      rows.forEach(inRow: row) { sourceRow, weight in
        DoubleKernels.add(cells + sourceRow * width, times: weight, to: scratch, width)
      }
      let line = result + row * target.width
      for column in 0..<target.width {
        var sum = 0.0
        columns.forEach(inRow: column) { sum += $1 * scratch[$0] }
        line[column] = sum
      }
    }
  }
}
