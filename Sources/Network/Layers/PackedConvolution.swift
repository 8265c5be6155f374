import TensorCore

/// The 3×3 convolution of `Convolution` for few cells: there the time goes into reading the weights, which
/// are fewer than their Winograd transform (9 against 16) and are packed once, not in every product.
package struct PackedConvolution: Sendable {
  package let convolution: Convolution
  private let product: PackedProduct

  /// nil where the kernels' panels do not divide the outputs.
  package init?(_ convolution: Convolution, kernels: WinogradKernels = .best) {
    guard
      let product = PackedProduct(
        depth: convolution.patch, outputs: convolution.outputs, kernels: kernels)
    else { return nil }
    self.convolution = convolution
    self.product = product
  }

  /// Floats of the packed weights.
  package var factorCount: Int { product.factorCount }

  /// Floats of scratch, shared by the lanes.
  package func scratchCount(images: Int) -> Int {
    images * convolution.grid.count * convolution.patch
  }

  /// - Parameters:
  ///   - weight: [outputs, 3, 3, inputs].
  ///   - factors: `factorCount` floats; overwritten.
  package func prepare(_ weight: UnsafePointer<Float>, into factors: UnsafeMutablePointer<Float>) {
    product.prepare(weight, into: factors)
  }

  /// - Parameters:
  ///   - x: [count, grid.height, grid.width, inputs].
  ///   - y: [count, grid.height, grid.width, outputs]; overwritten.
  ///   - scratch: `scratchCount` floats.
  package func forward(
    _ x: UnsafePointer<Float>, factors: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>, count: Int, scratch: UnsafeMutablePointer<Float>,
    lanes: Lanes
  ) {
    let (grid, patch) = (convolution.grid, convolution.patch)
    lanes.run(over: count * grid.height) { _, rows in
      convolution.gather(
        x, rows: rows, into: scratch + rows.lowerBound * grid.width * patch)
    }
    product.multiply(
      scratch, factors: factors, into: y, rows: count * grid.count, lanes: lanes)
  }
}
