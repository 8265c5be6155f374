import TensorCore

/// 1×1 convolution, without bias: a matrix product over cells.
///
/// y[n, i, o] = Σ_c w[o, c] · x[n, i, c]. Activations are [count, cells, channels]; weights [outputs, inputs].
package struct PointwiseConvolution: Sendable {
  /// Cells of an image.
  package let cells: Int
  package let inputs: Int
  package let outputs: Int

  package init(cells: Int, inputs: Int, outputs: Int) {
    self.cells = cells
    self.inputs = inputs
    self.outputs = outputs
  }

  /// - Parameters:
  ///   - x: [count, cells, inputs].
  ///   - y: [count, cells, outputs]; overwritten.
  package func forward(
    _ x: UnsafePointer<Float>, weight: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    count: Int, lanes: Lanes
  ) {
    lanes.run(over: count * cells) { _, part in
      BLAS.multiply(
        transposeB: true, m: part.count, n: outputs, k: inputs, x + part.lowerBound * inputs,
        strideA: inputs, weight, strideB: inputs, into: y + part.lowerBound * outputs,
        strideC: outputs)
    }
  }

  /// - Parameters:
  ///   - dy: [count, cells, outputs].
  ///   - dx: [count, cells, inputs]; overwritten, or accumulated into. nil where no gradient is wanted.
  ///   - dWeight: accumulated into.
  package func backward(
    _ x: UnsafePointer<Float>, weight: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>?, accumulates: Bool = false,
    dWeight: UnsafeMutablePointer<Float>, count: Int, lanes: Lanes
  ) {
    if let dx {
      lanes.run(over: count * cells) { _, part in
        BLAS.multiply(
          m: part.count, n: inputs, k: outputs, dy + part.lowerBound * outputs, strideA: outputs,
          weight, strideB: inputs, beta: accumulates ? 1 : 0,
          into: dx + part.lowerBound * inputs, strideC: inputs)
      }
    }
    // Each lane takes rows of the weights and sums over all cells, so that no partial sums are to be added.
    lanes.run(over: outputs) { _, part in
      BLAS.multiply(
        transposeA: true, m: part.count, n: inputs, k: count * cells, dy + part.lowerBound,
        strideA: outputs, x, strideB: inputs, beta: 1, into: dWeight + part.lowerBound * inputs,
        strideC: inputs)
    }
  }
}
