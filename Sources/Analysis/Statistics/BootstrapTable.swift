/// Columns of numbers, one row a sample, laid out so that a drawn sample is one read.
struct BootstrapTable: Sendable {
  /// Columns a pass: eight SSE registers of sums.
  private static let width = 16

  private let columnCount: Int
  private let blockCount: Int
  /// [blockCount, sampleCount, width], zeros where columns end.
  private let values: [Double]
  private let sampleCount: Int

  init(_ columns: [[Double]], sampleCount: Int) {
    columnCount = columns.count
    blockCount = (columns.count + Self.width - 1) / Self.width
    self.sampleCount = sampleCount
    var values = [Double](repeating: 0, count: blockCount * sampleCount * Self.width)
    for (number, column) in columns.enumerated() {
      let (block, place) = number.quotientAndRemainder(dividingBy: Self.width)
      for sample in 0..<sampleCount {
        values[(block * sampleCount + sample) * Self.width + place] = column[sample]
      }
    }
    self.values = values
  }

  /// Each column's sum over the drawn samples.
  func sums(over draws: [Int32]) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(blockCount * Self.width)
    values.withUnsafeBytes { bytes in
      for block in 0..<blockCount {
        var first = SIMD8<Double>.zero
        var second = SIMD8<Double>.zero
        let base = bytes.baseAddress! + block * sampleCount * Self.width * 8
        for draw in draws {
          let row = base + Int(draw) * Self.width * 8
          first += row.loadUnaligned(as: SIMD8<Double>.self)
          second += row.loadUnaligned(fromByteOffset: 64, as: SIMD8<Double>.self)
        }
        for index in 0..<8 { result.append(first[index]) }
        for index in 0..<8 { result.append(second[index]) }
      }
    }
    return Array(result.prefix(columnCount))
  }
}
