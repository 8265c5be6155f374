import TensorCore

/// Maps brought to a coarser grid by the mean over each target cell's area, source cells cut by its border counted by
/// the part inside (the same as PyTorch's `interpolate(mode: "area")` where the sides divide).
///
/// A map of densities keeps its total, so maps of different resolutions become comparable. Bilinear interpolation
/// to a coarser grid would read a few cells in each area and skip the others.
package struct BoxAverage: Sendable {
  private let average: SeparableOperator

  /// - Parameter target: on neither side larger than the source.
  package init(from source: GridSize, to target: GridSize) {
    precondition(
      target.height <= source.height && target.width <= source.width,
      "an average goes to a coarser grid, got \(source) to \(target)")
    average = SeparableOperator(
      rows: Self.axis(from: source.height, to: target.height),
      columns: Self.axis(from: source.width, to: target.width))
  }

  private static func axis(from input: Int, to output: Int) -> BandedMatrix {
    // In units of 1 / (input·output) all borders are whole numbers: source cell i covers i·output…(i + 1)·output.
    let rows = (0..<output).map { target in
      (0..<input).map { source in
        let overlap =
          min((source + 1) * output, (target + 1) * input) - max(source * output, target * input)
        return Double(max(0, overlap)) / Double(input)
      }
    }
    return BandedMatrix(rows: rows, columnCount: input)
  }

  /// - Parameters:
  ///   - cells: [source.height, source.width].
  ///   - scratch: [source.width].
  ///   - result: [target.height, target.width]; overwritten.
  func apply(
    _ cells: UnsafePointer<Double>, scratch: UnsafeMutablePointer<Double>,
    into result: UnsafeMutablePointer<Double>
  ) {
    average.apply(cells, scratch: scratch, into: result)
  }

  /// The averaged map as an array, for callers that hold arrays.
  package func apply(_ map: [Double]) -> [Double] {
    precondition(map.count == average.source.count, "a map of \(average.source)")
    var scratch = [Double](repeating: 0, count: average.source.width)
    return [Double](unsafeUninitializedCapacity: average.target.count) { result, count in
      map.withUnsafeBufferPointer { cells in
        scratch.withUnsafeMutableBufferPointer {
          apply(cells.baseAddress!, scratch: $0.baseAddress!, into: result.baseAddress!)
        }
      }
      count = average.target.count
    }
  }
}
