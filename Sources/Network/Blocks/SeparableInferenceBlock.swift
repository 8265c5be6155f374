import TensorCore

/// depthwise – BN – ReLU in one pass, then pointwise – BN – ReLU – max-pool.
struct SeparableInferenceBlock: InferenceBlock {
  private let depthwise: DepthwiseConvolution
  private let depthwiseWeight: ArenaLayout.Slot
  private let depthwiseNorm: FoldedNorm
  private let pointwise: InferenceUnit
  private let layer: NormReluPool
  private let images: Int

  init(
    _ depthwise: ConvolutionShape, _ pointwise: ConvolutionShape, pools: Bool, images: Int,
    _ table: ParameterTable, in layout: inout ArenaLayout
  ) {
    self.depthwise = DepthwiseConvolution(grid: depthwise.grid, channels: depthwise.outputs)
    depthwiseWeight = table.slot("\(depthwise.name).conv.weight")
    depthwiseNorm = FoldedNorm(after: depthwise, table, in: &layout)
    self.pointwise = InferenceUnit(pointwise, images: images, table, in: &layout)
    layer = NormReluPool(grid: pointwise.grid, channels: pointwise.outputs, pools: pools)
    self.images = images
  }

  var needs: InferenceMemory.Needs {
    let hidden = depthwise.grid.count * depthwise.channels
    return .init(
      scratch: pointwise.scratchCount, temporary: images * max(hidden, pointwise.outputCount),
      temporaries: 2)
  }

  func prepare(_ memory: InferenceMemory) {
    depthwiseNorm.prepare(memory)
    pointwise.prepare(memory)
  }

  func forward(
    _ x: UnsafePointer<Float>, into z: UnsafeMutablePointer<Float>, count: Int,
    _ memory: InferenceMemory
  ) {
    let (hidden, y) = (memory.temporaries[0], memory.temporaries[1])
    depthwise.forward(
      x, weight: memory.network.parameters[depthwiseWeight], affine: depthwiseNorm.affine(memory),
      into: hidden, count: count, lanes: memory.lanes)
    pointwise.convolve(hidden, into: y, count: count, memory)
    pointwise.activate(layer, y, into: z, count: count, memory)
  }
}
