import TensorCore

/// conv – BN – ReLU – max-pool.
struct PlainInferenceBlock: InferenceBlock {
  private let unit: InferenceUnit
  private let layer: NormReluPool
  private let images: Int

  init(
    _ convolution: ConvolutionShape, pools: Bool, images: Int, _ table: ParameterTable,
    in layout: inout ArenaLayout
  ) {
    unit = InferenceUnit(convolution, images: images, table, in: &layout)
    layer = NormReluPool(grid: convolution.grid, channels: convolution.outputs, pools: pools)
    self.images = images
  }

  var needs: InferenceMemory.Needs {
    .init(scratch: unit.scratchCount, temporary: images * unit.outputCount, temporaries: 1)
  }

  func prepare(_ memory: InferenceMemory) { unit.prepare(memory) }

  func forward(
    _ x: UnsafePointer<Float>, into z: UnsafeMutablePointer<Float>, count: Int,
    _ memory: InferenceMemory
  ) {
    let y = memory.temporaries[0]
    unit.convolve(x, into: y, count: count, memory)
    unit.activate(layer, y, into: z, count: count, memory)
  }
}
