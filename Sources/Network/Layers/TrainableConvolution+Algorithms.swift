import TensorCore

extension ConvolutionShape {
  /// The fastest algorithm that can compute it.
  var trainable: any TrainableConvolution {
    switch kernel {
    case .full:
      let direct = Convolution(grid: grid, inputs: inputs, outputs: outputs)
      if let winograd = WinogradConvolution(direct) { return winograd }
      return direct
    case .pointwise:
      return PointwiseConvolution(cells: grid.count, inputs: inputs, outputs: outputs)
    case .depthwise: return DepthwiseConvolution(grid: grid, channels: inputs)
    }
  }
}

extension Convolution: TrainableConvolution {
  func needs(images: Int) -> ConvolutionMemory.Needs {
    .init(scratch: scratchCount(images: images), partialWeights: weightCount)
  }

  func forward(
    _ x: UnsafePointer<Float>, weight: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    count: Int, memory: ConvolutionMemory, lanes: Lanes
  ) {
    forward(x, weight: weight, into: y, count: count, scratch: memory.scratch, lanes: lanes)
  }

  func backward(
    _ x: UnsafePointer<Float>, weight: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>?, dWeight: UnsafeMutablePointer<Float>, count: Int,
    memory: ConvolutionMemory, lanes: Lanes
  ) {
    backward(
      x, weight: weight, dy: dy, dx: dx, dWeight: dWeight, count: count, scratch: memory.scratch,
      partialWeights: memory.partialWeights, lanes: lanes)
  }
}

extension WinogradConvolution: TrainableConvolution {
  func needs(images: Int) -> ConvolutionMemory.Needs {
    .init(scratch: scratchCount, factors: factorCount)
  }

  func forward(
    _ x: UnsafePointer<Float>, weight: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    count: Int, memory: ConvolutionMemory, lanes: Lanes
  ) {
    prepare(weight, into: memory.factors, lanes: lanes)
    forward(
      x, factors: memory.factors, into: y, count: count, scratch: memory.scratch, lanes: lanes)
  }

  func backward(
    _ x: UnsafePointer<Float>, weight: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>?, dWeight: UnsafeMutablePointer<Float>, count: Int,
    memory: ConvolutionMemory, lanes: Lanes
  ) {
    backward(
      x, weight: weight, dy: dy, dx: dx, dWeight: dWeight, count: count, factors: memory.factors,
      weightSums: memory.weightSums, scratch: memory.scratch, lanes: lanes)
  }
}

extension PointwiseConvolution: TrainableConvolution {
  func needs(images: Int) -> ConvolutionMemory.Needs { .init() }

  func forward(
    _ x: UnsafePointer<Float>, weight: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    count: Int, memory: ConvolutionMemory, lanes: Lanes
  ) {
    forward(x, weight: weight, into: y, count: count, lanes: lanes)
  }

  func backward(
    _ x: UnsafePointer<Float>, weight: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>?, dWeight: UnsafeMutablePointer<Float>, count: Int,
    memory: ConvolutionMemory, lanes: Lanes
  ) {
    backward(x, weight: weight, dy: dy, dx: dx, dWeight: dWeight, count: count, lanes: lanes)
  }
}

extension DepthwiseConvolution: TrainableConvolution {
  func needs(images: Int) -> ConvolutionMemory.Needs { .init(channels: scratchChannels) }

  func forward(
    _ x: UnsafePointer<Float>, weight: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    count: Int, memory: ConvolutionMemory, lanes: Lanes
  ) {
    forward(x, weight: weight, into: y, count: count, lanes: lanes)
  }

  func backward(
    _ x: UnsafePointer<Float>, weight: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>?, dWeight: UnsafeMutablePointer<Float>, count: Int,
    memory: ConvolutionMemory, lanes: Lanes
  ) {
    backward(
      x, weight: weight, dy: dy, dx: dx, dWeight: dWeight, count: count,
      scratch: memory.channelScratch, lanes: lanes)
  }
}
