/// Columns of numbers, one row a sample, laid out so that each row is read once for many resamples.
struct BootstrapTable: Sendable {
  /// Columns a pass: eight SSE registers of sums.
  private static let width = 16
  /// Rows that stay in the first-level cache (64 KiB of values) while all resamples of a batch pass over them.
  private static let rows = 512

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

  /// Each column's weighted sum, in the order of the samples, for every resample of a batch.
  /// - Parameter counts: [resample][sample], how often each sample was drawn.
  func sums(_ counts: [[Float]]) -> [[Double]] {
    let stride = blockCount * Self.width
    var sums = [Double](repeating: 0, count: counts.count * stride)
    sums.withUnsafeMutableBytes { sums in
      values.withUnsafeBytes { values in
        for first in Swift.stride(from: 0, to: sampleCount, by: Self.rows) {
          let rows = first..<min(first + Self.rows, sampleCount)
          for block in 0..<blockCount {
            let base = values.baseAddress! + block * sampleCount * Self.width * 8
            for (resample, counts) in counts.enumerated() {
              let place = sums.baseAddress! + (resample * stride + block * Self.width) * 8
              counts.withUnsafeBufferPointer { Self.add(base, rows, $0.baseAddress!, to: place) }
            }
          }
        }
      }
    }
    return counts.indices.map { Array(sums[$0 * stride..<$0 * stride + columnCount]) }
  }

  /// Adds sixteen columns' weighted values of some rows to their sums.
  private static func add(
    _ base: UnsafeRawPointer, _ rows: Range<Int>, _ counts: UnsafePointer<Float>,
    to sums: UnsafeMutableRawPointer
  ) {
    var low = sums.loadUnaligned(as: SIMD8<Double>.self)
    var high = sums.loadUnaligned(fromByteOffset: 64, as: SIMD8<Double>.self)
    for sample in rows {
      let row = base + sample * width * 8
      let weight = SIMD8<Double>(repeating: Double(counts[sample]))
      low += weight * row.loadUnaligned(as: SIMD8<Double>.self)
      high += weight * row.loadUnaligned(fromByteOffset: 64, as: SIMD8<Double>.self)
    }
    sums.storeBytes(of: low, as: SIMD8<Double>.self)
    sums.storeBytes(of: high, toByteOffset: 64, as: SIMD8<Double>.self)
  }
}
