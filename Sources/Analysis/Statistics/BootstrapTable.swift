import CRows

/// Columns of numbers, one row a sample, laid out so that each row is read once for many resamples.
struct BootstrapTable: Sendable {
  /// Columns a block.
  private static let width = Int(EXL_ROW_WIDTH)
  /// Rows that stay in a core's caches (64 KiB of values) while all resamples of a batch pass over them.
  private static let rows = 512

  private let sampleCount: Int
  private(set) var columnCount = 0
  /// [sampleCount, width] each, zeros where columns end.
  private var blocks: [[Double]] = []

  init(sampleCount: Int) {
    self.sampleCount = sampleCount
  }

  /// Adds a column, or finds the one that is the same; returns its number.
  mutating func add(_ values: [Double]) -> Int {
    precondition(values.count == sampleCount, "\(sampleCount) values, got \(values.count)")
    if let known = (0..<columnCount).first(where: { isColumn($0, values) }) { return known }
    let (block, place) = columnCount.quotientAndRemainder(dividingBy: Self.width)
    if place == 0 { blocks.append([Double](repeating: 0, count: sampleCount * Self.width)) }
    for sample in 0..<sampleCount { blocks[block][sample * Self.width + place] = values[sample] }
    columnCount += 1
    return columnCount - 1
  }

  subscript(column: Int, sample: Int) -> Double {
    blocks[column / Self.width][sample * Self.width + column % Self.width]
  }

  /// A column's values, one a sample.
  func column(_ number: Int) -> [Double] {
    (0..<sampleCount).map { self[number, $0] }
  }

  private func isColumn(_ number: Int, _ values: [Double]) -> Bool {
    values.indices.allSatisfy { self[number, $0] == values[$0] }
  }

  /// Each column's weighted sum, in the order of the samples, for every resample of a batch.
  /// - Parameter counts: [resample, sample], how often each sample was drawn.
  func sums(_ counts: [Float], resamples: Int) -> [[Double]] {
    precondition(counts.count == resamples * sampleCount, "a count for every resample and sample")
    let stride = blocks.count * Self.width
    var sums = [Double](repeating: 0, count: resamples * stride)
    sums.withUnsafeMutableBufferPointer { sums in
      counts.withUnsafeBufferPointer { counts in
        guard let sums = sums.baseAddress, let counts = counts.baseAddress else { return }
        for first in Swift.stride(from: 0, to: sampleCount, by: Self.rows) {
          for (number, block) in blocks.enumerated() {
            block.withUnsafeBufferPointer { block in
              exl_add_weighted_rows(
                block.baseAddress! + first * Self.width, min(Self.rows, sampleCount - first),
                counts + first, sampleCount, resamples, sums + number * Self.width, stride)
            }
          }
        }
      }
    }
    return (0..<resamples).map { Array(sums[$0 * stride..<$0 * stride + columnCount]) }
  }
}
