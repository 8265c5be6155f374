import TensorCore

/// A convolution with prepared weights and the affine map that its batch norm has become.
struct InferenceUnit: Sendable {
  let shape: ConvolutionShape
  private let convolution: InferenceConvolution
  private let weight: ArenaLayout.Slot
  private let factors: ArenaLayout.Slot
  private let norm: FoldedNorm

  init(
    _ shape: ConvolutionShape, images: Int, _ table: ParameterTable,
    in layout: inout ArenaLayout
  ) {
    self.shape = shape
    convolution = InferenceConvolution(shape, capacity: images)
    weight = table.slot("\(shape.name).conv.weight")
    factors = layout.reserve(convolution.factorCount)
    norm = FoldedNorm(after: shape, table, in: &layout)
  }

  var scratchCount: Int { convolution.scratchCount }
  /// Floats of an image's output.
  var outputCount: Int { shape.grid.count * shape.outputs }

  func prepare(_ memory: InferenceMemory) {
    norm.prepare(memory)
    convolution.prepare(
      memory.network.parameters[weight], into: memory.arena[factors], lanes: memory.lanes)
  }

  func convolve(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int,
    _ memory: InferenceMemory
  ) {
    convolution.forward(
      x, weight: memory.network.parameters[weight], factors: memory.arena[factors], into: y,
      count: count, scratch: memory.scratch, lanes: memory.lanes)
  }

  func affine(_ memory: InferenceMemory) -> BatchNorm.Affine { norm.affine(memory) }

  /// z = max(0, scale·y + shift), pooled; without pooling z may be y.
  func activate(
    _ layer: NormReluPool, _ y: UnsafePointer<Float>, into z: UnsafeMutablePointer<Float>,
    count: Int, _ memory: InferenceMemory
  ) {
    let affine = affine(memory)
    layer.activate(
      y, scale: affine.scale, shift: affine.shift, into: z, count: count, lanes: memory.lanes)
  }
}

/// A batch norm's running statistics, made into a scale and a shift once.
struct FoldedNorm: Sendable {
  private let channels: Int
  private let slots: NormSlots
  private let scale: ArenaLayout.Slot
  private let shift: ArenaLayout.Slot

  init(after shape: ConvolutionShape, _ table: ParameterTable, in layout: inout ArenaLayout) {
    channels = shape.outputs
    slots = NormSlots(after: shape.name, in: table)
    scale = layout.reserve(channels)
    shift = layout.reserve(channels)
  }

  func affine(_ memory: InferenceMemory) -> BatchNorm.Affine {
    BatchNorm.Affine(scale: memory.arena[scale], shift: memory.arena[shift])
  }

  func prepare(_ memory: InferenceMemory) {
    let (parameters, buffers) = (memory.network.parameters, memory.network.buffers)
    BatchNorm(channels: channels).setAffine(
      affine(memory), gamma: parameters[slots.gamma], beta: parameters[slots.beta],
      runningMean: buffers[slots.runningMean], runningVariance: buffers[slots.runningVariance])
  }
}
