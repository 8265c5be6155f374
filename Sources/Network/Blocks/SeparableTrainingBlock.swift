import TensorCore

/// depthwise – BN – ReLU – pointwise – BN – ReLU – max-pool.
struct SeparableTrainingBlock: TrainingBlock {
  private let depthwise: TrainingUnit
  private let pointwise: TrainingUnit
  private let inner: NormReluPool
  private let outer: NormReluPool
  /// Between the two, [count, grid.height, grid.width, inputs].
  private let hidden: ArenaLayout.Slot

  init(
    _ depthwise: ConvolutionShape, _ pointwise: ConvolutionShape, pools: Bool, images: Int,
    _ table: ParameterTable, in layout: inout ArenaLayout
  ) {
    self.depthwise = TrainingUnit(depthwise, images: images, table, in: &layout)
    self.pointwise = TrainingUnit(pointwise, images: images, table, in: &layout)
    inner = NormReluPool(grid: depthwise.grid, channels: depthwise.outputs, pools: false)
    outer = NormReluPool(grid: pointwise.grid, channels: pointwise.outputs, pools: pools)
    hidden = layout.reserve(images * depthwise.grid.count * depthwise.outputs)
  }

  var needs: TrainingMemory.Needs {
    .init(convolutions: depthwise.needs.joined(pointwise.needs), temporary: hidden.count)
  }

  func forward(
    _ x: UnsafePointer<Float>, into z: UnsafeMutablePointer<Float>, count: Int,
    _ memory: TrainingMemory
  ) {
    depthwise.convolve(x, count: count, memory)
    depthwise.activate(inner, into: memory.arena[hidden], count: count, memory)
    pointwise.convolve(memory.arena[hidden], count: count, memory)
    pointwise.activate(outer, into: z, count: count, memory)
  }

  func backward(
    _ x: UnsafePointer<Float>, dz: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>?,
    count: Int, _ memory: TrainingMemory
  ) {
    let dHidden = memory.temporaries.0
    pointwise.activateBackward(outer, dz: dz, count: count, memory)
    pointwise.convolveBackward(memory.arena[hidden], dx: dHidden, count: count, memory)
    depthwise.activateBackward(inner, dz: dHidden, count: count, memory)
    depthwise.convolveBackward(x, dx: dx, count: count, memory)
  }
}
