import TensorCore

/// A convolution and the batch statistics of its outputs while training, with the memory for both.
struct TrainingUnit: Sendable {
  let shape: ConvolutionShape
  /// Convolution output, [count, grid.height, grid.width, outputs]; its gradient after the backward pass.
  private let outputSlot: ArenaLayout.Slot
  private let convolution: any TrainableConvolution
  private let weight: ArenaLayout.Slot
  private let slots: NormSlots
  private let mean: ArenaLayout.Slot
  private let inverseDeviation: ArenaLayout.Slot
  let needs: ConvolutionMemory.Needs

  init(
    _ shape: ConvolutionShape, images: Int, _ table: ParameterTable,
    in layout: inout ArenaLayout
  ) {
    self.shape = shape
    convolution = shape.trainable
    weight = table.slot("\(shape.name).conv.weight")
    slots = NormSlots(after: shape.name, in: table)
    outputSlot = layout.reserve(images * shape.grid.count * shape.outputs)
    mean = layout.reserve(shape.outputs)
    inverseDeviation = layout.reserve(shape.outputs)
    needs = convolution.needs(images: images).joined(.init(channels: shape.outputs))
  }

  var norm: BatchNorm { BatchNorm(channels: shape.outputs) }

  func output(_ memory: TrainingMemory) -> UnsafeMutablePointer<Float> { memory.arena[outputSlot] }

  func statistics(_ memory: TrainingMemory) -> BatchNorm.Statistics {
    BatchNorm.Statistics(
      mean: memory.arena[mean], inverseDeviation: memory.arena[inverseDeviation])
  }

  /// The weights, and where their gradient goes.
  func weights(
    _ memory: TrainingMemory
  ) -> (value: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>) {
    (memory.network.parameters[weight], memory.gradients[weight])
  }

  // MARK: Forward

  func convolve(_ x: UnsafePointer<Float>, count: Int, _ memory: TrainingMemory) {
    convolution.forward(
      x, weight: weights(memory).value, into: output(memory), count: count,
      memory: memory.convolutions, lanes: memory.lanes)
  }

  /// Measures the batch, moves the running statistics, and normalises, rectifies and pools.
  func activate(
    _ layer: NormReluPool, into z: UnsafeMutablePointer<Float>, count: Int,
    _ memory: TrainingMemory
  ) {
    let (parameters, buffers) = (memory.network.parameters, memory.network.buffers)
    layer.forward(
      output(memory), gamma: parameters[slots.gamma], beta: parameters[slots.beta], into: z,
      count: count, statistics: statistics(memory), runningMean: buffers[slots.runningMean],
      runningVariance: buffers[slots.runningVariance], scratch: memory.scratch,
      lanes: memory.lanes)
  }

  /// Measures the batch, moves the running statistics, and sets the affine map that normalises.
  func measure(into affine: BatchNorm.Affine, count: Int, _ memory: TrainingMemory) {
    let (parameters, buffers) = (memory.network.parameters, memory.network.buffers)
    let statistics = statistics(memory)
    norm.measure(
      output(memory), cells: count * shape.grid.count, into: statistics,
      runningMean: buffers[slots.runningMean], runningVariance: buffers[slots.runningVariance],
      scratch: memory.scratch, lanes: memory.lanes)
    norm.setAffine(
      affine, gamma: parameters[slots.gamma], beta: parameters[slots.beta], statistics)
  }

  // MARK: Backward

  /// Replaces the output by its gradient, from that behind `activate`.
  func activateBackward(
    _ layer: NormReluPool, dz: UnsafePointer<Float>, count: Int, _ memory: TrainingMemory
  ) {
    let (parameters, gradients) = (memory.network.parameters, memory.gradients)
    layer.backward(
      inPlace: output(memory), dz: dz, gamma: parameters[slots.gamma],
      beta: parameters[slots.beta], dGamma: gradients[slots.gamma], dBeta: gradients[slots.beta],
      count: count, statistics: statistics(memory), scratch: memory.scratch, lanes: memory.lanes)
  }

  /// Replaces the output by its gradient, from that of the normalised values.
  func normaliseBackward(_ g: UnsafePointer<Float>, count: Int, _ memory: TrainingMemory) {
    let (parameters, gradients) = (memory.network.parameters, memory.gradients)
    norm.backward(
      inPlace: output(memory), g: g, gamma: parameters[slots.gamma],
      beta: parameters[slots.beta], dGamma: gradients[slots.gamma], dBeta: gradients[slots.beta],
      cells: count * shape.grid.count, statistics: statistics(memory), scratch: memory.scratch,
      lanes: memory.lanes)
  }

  /// - Parameter dx: overwritten.
  func convolveBackward(
    _ x: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>?, count: Int,
    _ memory: TrainingMemory
  ) {
    let (weight, gradient) = weights(memory)
    convolution.backward(
      x, weight: weight, dy: output(memory), dx: dx, dWeight: gradient, count: count,
      memory: memory.convolutions, lanes: memory.lanes)
  }
}
