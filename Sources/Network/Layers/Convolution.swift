import TensorCore

/// 3×3 convolution, stride 1, padding 1, without bias, as a matrix product over gathered patches (im2col).
///
/// y[n, i, j, o] = Σ_{u, v, c} w[o, u, v, c] · x[n, i + u − 1, j + v − 1, c], zeros outside the image.
/// Activations are [count, height, width, channels]; weights [outputs, 3, 3, inputs].
package struct Convolution: Sendable {
  package let grid: GridSize
  package let inputs: Int
  package let outputs: Int

  package init(grid: GridSize, inputs: Int, outputs: Int) {
    self.grid = grid
    self.inputs = inputs
    self.outputs = outputs
  }

  /// Weights of one output channel, and the columns of a gathered patch.
  package var patch: Int { 9 * inputs }
  package var weightCount: Int { outputs * patch }
  /// Multiply–accumulates an image.
  package var macs: Int { grid.count * weightCount }

  /// Floats a lane may gather at once: large enough that packing the weights is paid for by the product,
  /// small enough to stay in the last-level cache.
  private static let gatherLimit = 2_500_000

  /// Image rows gathered at a time.
  private var rowsAtATime: Int { max(1, Self.gatherLimit / (grid.width * patch)) }

  /// Floats of scratch a lane needs, for at most `images` images.
  package func scratchCount(images: Int) -> Int {
    min(rowsAtATime, images * grid.height) * grid.width * patch
  }

  /// - Parameters:
  ///   - x: [count, grid.height, grid.width, inputs].
  ///   - y: [count, grid.height, grid.width, outputs]; overwritten.
  ///   - scratch: one block of `scratchCount` floats a lane.
  package func forward(
    _ x: UnsafePointer<Float>, weight: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    count: Int, scratch: [UnsafeMutablePointer<Float>], lanes: Lanes
  ) {
    lanes.run(over: count * grid.height) { lane, rows in
      for start in stride(from: rows.lowerBound, to: rows.upperBound, by: rowsAtATime) {
        let part = start..<min(start + rowsAtATime, rows.upperBound)
        gather(x, rows: part, into: scratch[lane])
        let cells = (part.lowerBound * grid.width)..<(part.upperBound * grid.width)
        BLAS.multiply(
          transposeB: true, m: cells.count, n: outputs, k: patch, scratch[lane], strideA: patch,
          weight, strideB: patch, into: y + cells.lowerBound * outputs, strideC: outputs)
      }
    }
  }

  /// - Parameters:
  ///   - dy: [count, grid.height, grid.width, outputs].
  ///   - dx: [count, grid.height, grid.width, inputs]; overwritten. nil where no gradient is wanted (images).
  ///   - dWeight: accumulated into.
  ///   - partialWeights: for each lane but the first, `weightCount` floats of scratch.
  package func backward(
    _ x: UnsafePointer<Float>, weight: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>?, dWeight: UnsafeMutablePointer<Float>, count: Int,
    scratch: [UnsafeMutablePointer<Float>], partialWeights: [UnsafeMutablePointer<Float>],
    lanes: Lanes
  ) {
    // Lanes split by image, because the rows of one image write into each other's dx.
    lanes.run { lane in
      let images = lanes.range(lane, of: count)
      let sum = lane == 0 ? dWeight : partialWeights[lane - 1]
      if lane > 0 { sum.update(repeating: 0, count: weightCount) }
      if let dx {
        let first = images.lowerBound * grid.count * inputs
        (dx + first).update(repeating: 0, count: images.count * grid.count * inputs)
      }
      let rows = (images.lowerBound * grid.height)..<(images.upperBound * grid.height)
      for start in stride(from: rows.lowerBound, to: rows.upperBound, by: rowsAtATime) {
        let part = start..<min(start + rowsAtATime, rows.upperBound)
        let cells = part.count * grid.width
        let gradient = dy + part.lowerBound * grid.width * outputs
        gather(x, rows: part, into: scratch[lane])
        BLAS.multiply(
          transposeA: true, m: outputs, n: patch, k: cells, gradient, strideA: outputs,
          scratch[lane], strideB: patch, beta: 1, into: sum, strideC: patch)
        if let dx {
          BLAS.multiply(
            m: cells, n: patch, k: outputs, gradient, strideA: outputs, weight, strideB: patch,
            into: scratch[lane], strideC: patch)
          scatter(scratch[lane], rows: part, to: dx)
        }
      }
    }
    let partials = partialWeights.prefix(lanes.count - 1)
    lanes.run(over: weightCount) { _, range in
      for partial in partials {
        for index in range { dWeight[index] += partial[index] }
      }
    }
  }

  /// Writes the 3×3 patches of some image rows, one patch a cell: [rows·width, 3, 3, inputs].
  func gather(
    _ x: UnsafePointer<Float>, rows: Range<Int>, into patches: UnsafeMutablePointer<Float>
  ) {
    let (height, width) = (grid.height, grid.width)
    let line = 3 * inputs
    var patchRow = patches
    for row in rows {
      let i = row % height
      for u in 0..<3 {
        let target = patchRow + u * line
        guard i + u >= 1, i + u <= height else {
          for j in 0..<width { (target + j * patch).update(repeating: 0, count: line) }
          continue
        }
        let source = x + (row + u - 1) * width * inputs
        for j in 0..<width {
          let cell = target + j * patch
          // The three neighbours of a row lie side by side, so one copy takes all that exist.
          let first = max(j - 1, 0)
          let last = min(j + 1, width - 1)
          let skipped = (first - (j - 1)) * inputs
          let copied = (last - first + 1) * inputs
          if skipped > 0 { cell.update(repeating: 0, count: skipped) }
          (cell + skipped).update(from: source + first * inputs, count: copied)
          let rest = line - skipped - copied
          if rest > 0 { (cell + skipped + copied).update(repeating: 0, count: rest) }
        }
      }
      patchRow += width * patch
    }
  }

  /// The transpose of `gather`: adds patches to where they were gathered from.
  private func scatter(
    _ patches: UnsafePointer<Float>, rows: Range<Int>, to dx: UnsafeMutablePointer<Float>
  ) {
    let (height, width) = (grid.height, grid.width)
    let line = 3 * inputs
    var patchRow = patches
    for row in rows {
      let i = row % height
      for u in 0..<3 where i + u >= 1 && i + u <= height {
        let target = dx + (row + u - 1) * width * inputs
        for j in 0..<width {
          let first = max(j - 1, 0)
          let last = min(j + 1, width - 1)
          let source = patchRow + j * patch + u * line + (first - (j - 1)) * inputs
          let destination = target + first * inputs
          for c in 0..<((last - first + 1) * inputs) { destination[c] += source[c] }
        }
      }
      patchRow += width * patch
    }
  }
}
