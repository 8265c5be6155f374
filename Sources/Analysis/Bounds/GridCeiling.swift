import TensorCore

/// The largest cosine that a given early map can have with any final map at all, because the final exit's grid is coarse.
///
/// Final maps come to the input grid by interpolation, so they fill only the span S of what their grid can give
/// (16 dimensions for a 4×4 grid). For the early map u on the input grid the cosine with any element of S is at most
/// ‖P_S u‖ / ‖u‖, P_S being the orthogonal projection onto S (Cauchy and Schwarz), and P_S u reaches it. Attention maps
/// have no negative cells, which may keep them below it. Interpolation works along rows and columns by themselves, so
/// P_S does too: with orthonormal bases Q of its columns, ‖P_S u‖ = ‖Q_yᵀ R_y A R_xᵀ Q_x‖ for the recorded map A and
/// its interpolation R_y A R_xᵀ.
public struct GridCeiling: Sendable {
  /// From the early map to Q_yᵀ R_y A R_xᵀ Q_x.
  private let projection: SeparableOperator

  /// - Parameters:
  ///   - grid: the early map's own grid.
  ///   - final: the final exit's.
  ///   - input: where the two are compared.
  package init(grid: GridSize, final: GridSize, input: GridSize) {
    projection = SeparableOperator(
      rows: Self.factor(from: grid.height, final: final.height, input: input.height),
      columns: Self.factor(from: grid.width, final: final.width, input: input.width))
  }

  /// ‖P_S u‖, u being the interpolated map.
  /// - Parameter map: [grid.height, grid.width], finite.
  public func projectedNorm(_ map: UnsafePointer<Float>) -> Double {
    let (grid, count) = (projection.source, projection.target.count)
    return withUnsafeTemporaryAllocation(
      of: Double.self, capacity: grid.count + grid.width + count
    ) { memory in
      let cells = memory.baseAddress!
      let scratch = cells + grid.count
      let projected = scratch + grid.width
      for cell in 0..<grid.count { cells[cell] = Double(map[cell]) }
      projection.apply(cells, scratch: scratch, into: projected)
      return DoubleKernels.dot(projected, projected, count).squareRoot()
    }
  }

  /// Qᵀ R along one axis: Q an orthonormal basis of what the final grid's interpolation gives, R the early grid's.
  private static func factor(from cells: Int, final: Int, input: Int) -> BandedMatrix {
    let early = interpolation(from: cells, to: input)
    let rows = orthonormal(interpolation(from: final, to: input)).map { basis in
      early.map { column in zip(basis, column).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    return BandedMatrix(rows: rows, columnCount: cells)
  }

  /// The columns of bilinear interpolation along one axis: what each source cell alone becomes, [cells][input].
  private static func interpolation(from cells: Int, to input: Int) -> [[Double]] {
    let resampler = BilinearResampler(
      from: GridSize(height: 1, width: cells), to: GridSize(height: 1, width: input))
    return (0..<cells).map { cell in
      resampler.resample((0..<cells).map { $0 == cell ? 1 : 0 })
    }
  }

  /// Gram and Schmidt, each vector made orthogonal twice; what the others already span is left out.
  private static func orthonormal(_ vectors: [[Double]]) -> [[Double]] {
    var basis: [[Double]] = []
    for vector in vectors {
      var rest = vector
      for _ in 0..<2 {
        for unit in basis {
          let part = zip(unit, rest).reduce(0) { $0 + $1.0 * $1.1 }
          for index in rest.indices { rest[index] -= part * unit[index] }
        }
      }
      let norm = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if norm > 1e-9 { basis.append(rest.map { $0 / norm }) }
    }
    return basis
  }
}
