import TensorCore

/// A convolution of one shape by one algorithm, forward and backward; its memory is shared with other convolutions
/// of a pass, as each is done with it before the next begins.
protocol TrainableConvolution: Sendable {
  func needs(images: Int) -> ConvolutionMemory.Needs

  /// - Parameters:
  ///   - x: [count, grid.height, grid.width, inputs].
  ///   - weight: in the network's own order of axes.
  ///   - y: [count, grid.height, grid.width, outputs]; overwritten.
  func forward(
    _ x: UnsafePointer<Float>, weight: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    count: Int, memory: ConvolutionMemory, lanes: Lanes)

  /// - Parameters:
  ///   - dy: as y.
  ///   - dx: as x; overwritten. nil where no gradient is wanted.
  ///   - dWeight: accumulated into.
  func backward(
    _ x: UnsafePointer<Float>, weight: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>?, dWeight: UnsafeMutablePointer<Float>, count: Int,
    memory: ConvolutionMemory, lanes: Lanes)
}
