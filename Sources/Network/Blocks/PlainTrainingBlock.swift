import TensorCore

/// conv – BN – ReLU – max-pool.
struct PlainTrainingBlock: TrainingBlock {
  private let unit: TrainingUnit
  private let layer: NormReluPool

  init(
    _ convolution: ConvolutionShape, pools: Bool, images: Int, _ table: ParameterTable,
    in layout: inout ArenaLayout
  ) {
    unit = TrainingUnit(convolution, images: images, table, in: &layout)
    layer = NormReluPool(grid: convolution.grid, channels: convolution.outputs, pools: pools)
  }

  var needs: TrainingMemory.Needs { .init(convolutions: unit.needs) }

  func forward(
    _ x: UnsafePointer<Float>, into z: UnsafeMutablePointer<Float>, count: Int,
    _ memory: TrainingMemory
  ) {
    unit.convolve(x, count: count, memory)
    unit.activate(layer, into: z, count: count, memory)
  }

  func backward(
    _ x: UnsafePointer<Float>, dz: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>?,
    count: Int, _ memory: TrainingMemory
  ) {
    unit.activateBackward(layer, dz: dz, count: count, memory)
    unit.convolveBackward(x, dx: dx, count: count, memory)
  }
}
