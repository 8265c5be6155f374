/// The one bilinear routine: the EGT loss, the consistency metric and the overlays all use it.
///
/// Half-pixel centres, edges clamped: output cell i reads `src = max(0, (i + 0.5)·in/out − 0.5)`, mixing
/// cells ⌊src⌋ and min(⌊src⌋ + 1, in − 1), as PyTorch's `interpolate(mode="bilinear",
/// align_corners=False)` without antialiasing. A linear map, so its gradient is its transpose, exact.
public struct BilinearResampler: Sendable {
  /// The grid of the maps that go in.
  public let source: GridSize
  /// The grid of those that come out.
  public let target: GridSize

  private let rows: [Tap]
  private let columns: [Tap]

  /// Where one output cell reads along an axis.
  private struct Tap: Sendable {
    var low: Int
    var high: Int
    var lowWeight: Float
    var highWeight: Float
  }

  /// Computes the weights once, for any number of maps.
  public init(from source: GridSize, to target: GridSize) {
    self.source = source
    self.target = target
    rows = Self.taps(from: source.height, to: target.height)
    columns = Self.taps(from: source.width, to: target.width)
  }

  private static func taps(from input: Int, to output: Int) -> [Tap] {
    // PyTorch computes the coordinate in Float for Float tensors; Double differs by one rounding,
    // which stays within the 1e-6 that the report promises.
    let scale = Double(input) / Double(output)
    return (0..<output).map { cell in
      let position = max(0, (Double(cell) + 0.5) * scale - 0.5)
      let low = min(Int(position), input - 1)
      // Beyond the last centre both cells are the edge. With one weight 1 the repeated edge is the same number to
      // the last bit, as it is at the first, so that cells there tie in rank.
      guard low < input - 1 else { return Tap(low: low, high: low, lowWeight: 1, highWeight: 0) }
      let fraction = Float(position - Double(low))
      return Tap(low: low, high: low + 1, lowWeight: 1 - fraction, highWeight: fraction)
    }
  }

  /// Resamples in Double.
  public func resample(_ map: [Double]) -> [Double] {
    precondition(
      map.count == source.count, "a map of \(source) has \(source.count) cells, got \(map.count)")
    var result: [Double] = []
    result.reserveCapacity(target.count)
    for row in rows {
      for column in columns {
        func mix(_ line: Int) -> Double {
          Double(column.lowWeight) * map[line * source.width + column.low]
            + Double(column.highWeight) * map[line * source.width + column.high]
        }
        result.append(
          Double(row.lowWeight) * mix(row.low) + Double(row.highWeight) * mix(row.high))
      }
    }
    return result
  }

  /// The transpose in Double: ⟨resample(x), y⟩ = ⟨x, transposed(y)⟩.
  public func transposed(_ values: [Double]) -> [Double] {
    precondition(
      values.count == target.count,
      "a map of \(target) has \(target.count) cells, got \(values.count)")
    var result = [Double](repeating: 0, count: source.count)
    var cell = 0
    for row in rows {
      for column in columns {
        for (line, weight) in [(row.low, row.lowWeight), (row.high, row.highWeight)] {
          let value = Double(weight) * values[cell]
          result[line * source.width + column.low] += Double(column.lowWeight) * value
          result[line * source.width + column.high] += Double(column.highWeight) * value
        }
        cell += 1
      }
    }
    return result
  }

  /// Resamples one map.
  /// - Parameters:
  ///   - map: [source.height, source.width], row by row.
  ///   - result: [target.height, target.width]; overwritten.
  public func resample(_ map: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>) {
    if source == target {
      result.update(from: map, count: source.count)
      return
    }
    let width = target.width
    // Each line of the source is stretched once; neighbouring rows of the result share it.
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * width) { lines in
      var upper = lines.baseAddress!
      var lower = upper + width
      var held = (upper: -1, lower: -1)
      for (index, row) in rows.enumerated() {
        if held.lower == row.low {
          swap(&upper, &lower)
          held = (held.lower, held.upper)
        }
        if held.upper != row.low {
          stretch(map + row.low * source.width, into: upper)
          held.upper = row.low
        }
        if held.lower != row.high {
          stretch(map + row.high * source.width, into: lower)
          held.lower = row.high
        }
        Self.mix(
          upper, row.lowWeight, lower, row.highWeight, width, into: result + index * width)
      }
    }
  }

  /// One line, interpolated along its length.
  private func stretch(_ line: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>) {
    columns.withUnsafeBufferPointer { columns in
      for (index, column) in columns.enumerated() {
        result[index] =
          column.lowWeight * line[column.low] + column.highWeight * line[column.high]
      }
    }
  }

  /// The weighted sum of two lines.
  private static func mix(
    _ upper: UnsafePointer<Float>, _ upperWeight: Float, _ lower: UnsafePointer<Float>,
    _ lowerWeight: Float, _ count: Int, into result: UnsafeMutablePointer<Float>
  ) {
    let whole = count & ~7
    for index in stride(from: 0, to: whole, by: 8) {
      store8(
        upperWeight * load8(upper + index) + lowerWeight * load8(lower + index), to: result + index)
    }
    for index in whole..<count {
      result[index] = upperWeight * upper[index] + lowerWeight * lower[index]
    }
  }

  /// Adds the gradient with respect to the source map, given the one with respect to the result.
  /// - Parameters:
  ///   - resultGradient: [target.height, target.width].
  ///   - mapGradient: [source.height, source.width]; accumulated into.
  public func addGradient(
    _ resultGradient: UnsafePointer<Float>, to mapGradient: UnsafeMutablePointer<Float>
  ) {
    var cell = 0
    for row in rows {
      let upper = mapGradient + row.low * source.width
      let lower = mapGradient + row.high * source.width
      for column in columns {
        let top = row.lowWeight * resultGradient[cell]
        let bottom = row.highWeight * resultGradient[cell]
        upper[column.low] += column.lowWeight * top
        upper[column.high] += column.highWeight * top
        lower[column.low] += column.lowWeight * bottom
        lower[column.high] += column.highWeight * bottom
        cell += 1
      }
    }
  }

  /// The resampled map as an array, for callers that hold arrays.
  public func resample(_ map: [Float]) -> [Float] {
    precondition(
      map.count == source.count, "a map of \(source) has \(source.count) cells, got \(map.count)")
    return [Float](unsafeUninitializedCapacity: target.count) { buffer, count in
      map.withUnsafeBufferPointer { resample($0.baseAddress!, into: buffer.baseAddress!) }
      count = target.count
    }
  }
}
