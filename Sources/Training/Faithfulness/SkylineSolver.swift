/// Cholesky's factorisation A = L·Lᵀ of a symmetric positive definite matrix whose rows begin late: of each row only
/// the entries from its first non-zero one to the diagonal are kept, because L has zeros where A has leading ones
/// (Jennings, 1966). Exact up to rounding, in double precision. Holds its memory, to be filled again and again.
final class SkylineSolver {
  /// Row i's entry in column j lies at `offsets[i] + j`, for `firsts[i] ≤ j ≤ i`.
  private var offsets: [Int] = []
  private var firsts: [Int] = []
  private var values: [Double] = []

  /// Forgets the last matrix.
  func begin(_ count: Int) {
    offsets.removeAll(keepingCapacity: true)
    firsts.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    offsets.reserveCapacity(count)
    firsts.reserveCapacity(count)
  }

  /// Adds the next row of the lower triangle.
  /// - Parameter entries: left of the diagonal, in any order; each column once.
  func appendRow(_ entries: [(column: Int, value: Double)], diagonal: Double) {
    let row = firsts.count
    let first = entries.map(\.column).min() ?? row
    let start = values.count
    values.append(contentsOf: repeatElement(0, count: row - first))
    values.append(diagonal)
    for entry in entries { values[start + entry.column - first] = entry.value }
    firsts.append(first)
    offsets.append(start - first)
  }

  /// Replaces A by L.
  func factorise() {
    values.withUnsafeMutableBufferPointer { buffer in
      let values = buffer.baseAddress!
      for row in firsts.indices {
        let line = values + offsets[row]
        let first = firsts[row]
        var squares = 0.0
        for column in first..<row {
          let other = values + offsets[column]
          let start = max(first, firsts[column])
          let value =
            (line[column] - Self.dot(line + start, other + start, column - start)) / other[column]
          line[column] = value
          squares += value * value
        }
        precondition(line[row] > squares, "row \(row): the matrix is not positive definite")
        line[row] = (line[row] - squares).squareRoot()
      }
    }
  }

  /// x of A·x = b, after `factorise`.
  func solve(_ right: [Double]) -> [Double] {
    var x = right
    values.withUnsafeBufferPointer { values in
      x.withUnsafeMutableBufferPointer { x in
        let values = values.baseAddress!
        let x = x.baseAddress!
        for row in firsts.indices {
          let line = values + offsets[row]
          let first = firsts[row]
          x[row] = (x[row] - Self.dot(line + first, x + first, row - first)) / line[row]
        }
        for row in firsts.indices.reversed() {
          let line = values + offsets[row]
          x[row] /= line[row]
          let value = x[row]
          for column in firsts[row]..<row { x[column] -= line[column] * value }
        }
      }
    }
    return x
  }

  /// Eight sums, added at the end: a plain loop would stay scalar.
  @inline(__always)
  private static func dot(
    _ first: UnsafePointer<Double>, _ second: UnsafePointer<Double>, _ count: Int
  ) -> Double {
    var sums = SIMD8<Double>.zero
    let whole = count & ~7
    let (left, right) = (UnsafeRawPointer(first), UnsafeRawPointer(second))
    for index in stride(from: 0, to: whole, by: 8) {
      sums +=
        left.loadUnaligned(fromByteOffset: index * 8, as: SIMD8<Double>.self)
        * right.loadUnaligned(fromByteOffset: index * 8, as: SIMD8<Double>.self)
    }
    var result = sums.sum()
    for index in whole..<count { result += first[index] * second[index] }
    return result
  }
}
