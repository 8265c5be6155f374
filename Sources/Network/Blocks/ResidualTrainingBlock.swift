import TensorCore

/// conv – BN – ReLU – conv – BN, plus the input or its shortcut (1×1 conv – BN), – ReLU – max-pool.
struct ResidualTrainingBlock: TrainingBlock {
  private let first: TrainingUnit
  private let second: TrainingUnit
  private let shortcut: Shortcut?
  private let inner: NormReluPool
  private let end: AddReluPool
  /// Between the convolutions, [count, grid.height, grid.width, outputs].
  private let hidden: ArenaLayout.Slot
  private let branch: AffineSlots
  /// The shortcut's batch norm, or the identity for the input itself.
  private let past: AffineSlots
  private let identity: AffineSlots

  private struct Shortcut {
    let unit: TrainingUnit
    /// Adds to the gradient of the block's input, where the unit's own would overwrite it.
    let convolution: PointwiseConvolution
  }

  /// A scale and a shift a channel.
  private struct AffineSlots {
    let scale: ArenaLayout.Slot
    let shift: ArenaLayout.Slot

    init(_ channels: Int, in layout: inout ArenaLayout) {
      scale = layout.reserve(channels)
      shift = layout.reserve(channels)
    }

    func affine(_ memory: TrainingMemory) -> BatchNorm.Affine {
      BatchNorm.Affine(scale: memory.arena[scale], shift: memory.arena[shift])
    }
  }

  init(
    _ first: ConvolutionShape, _ second: ConvolutionShape, shortcut: ConvolutionShape?,
    pools: Bool, images: Int, _ table: ParameterTable, in layout: inout ArenaLayout
  ) {
    self.first = TrainingUnit(first, images: images, table, in: &layout)
    self.second = TrainingUnit(second, images: images, table, in: &layout)
    if let shortcut {
      self.shortcut = Shortcut(
        unit: TrainingUnit(shortcut, images: images, table, in: &layout),
        convolution: PointwiseConvolution(
          cells: shortcut.grid.count, inputs: shortcut.inputs, outputs: shortcut.outputs))
    } else {
      self.shortcut = nil
    }
    let channels = first.outputs
    inner = NormReluPool(grid: first.grid, channels: channels, pools: false)
    end = AddReluPool(grid: first.grid, channels: channels, pools: pools)
    hidden = layout.reserve(images * first.grid.count * channels)
    branch = AffineSlots(channels, in: &layout)
    identity = AffineSlots(channels, in: &layout)
    past = shortcut == nil ? identity : AffineSlots(channels, in: &layout)
  }

  var needs: TrainingMemory.Needs {
    var convolutions = first.needs.joined(second.needs)
    if let shortcut { convolutions = convolutions.joined(shortcut.unit.needs) }
    return .init(convolutions: convolutions, temporary: hidden.count)
  }

  func prepare(_ memory: TrainingMemory) {
    memory.arena[identity.scale].update(repeating: 1, count: identity.scale.count)
  }

  func forward(
    _ x: UnsafePointer<Float>, into z: UnsafeMutablePointer<Float>, count: Int,
    _ memory: TrainingMemory
  ) {
    first.convolve(x, count: count, memory)
    first.activate(inner, into: memory.arena[hidden], count: count, memory)
    second.convolve(memory.arena[hidden], count: count, memory)
    second.measure(into: branch.affine(memory), count: count, memory)
    if let shortcut {
      shortcut.unit.convolve(x, count: count, memory)
      shortcut.unit.measure(into: past.affine(memory), count: count, memory)
    }
    add(x, count: count, memory)
    end.activate(
      memory.temporaries.0, identity: identity.affine(memory), into: z, count: count,
      lanes: memory.lanes)
  }

  /// The sum before the last ReLU, into the first temporary.
  private func add(_ x: UnsafePointer<Float>, count: Int, _ memory: TrainingMemory) {
    let values = shortcut.map { UnsafePointer($0.unit.output(memory)) } ?? x
    end.add(
      .init(values: second.output(memory), affine: branch.affine(memory)),
      .init(values: values, affine: past.affine(memory)), into: memory.temporaries.0,
      count: count, lanes: memory.lanes)
  }

  func backward(
    _ x: UnsafePointer<Float>, dz: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>?,
    count: Int, _ memory: TrainingMemory
  ) {
    // Summed again instead of kept: a pass over memory costs less than another block of it.
    add(x, count: count, memory)
    let (g, dHidden) = memory.temporaries
    end.backward(
      inPlace: g, dz: dz, zeros: identity.affine(memory).shift, count: count,
      scratch: memory.scratch, lanes: memory.lanes)
    second.normaliseBackward(g, count: count, memory)
    second.convolveBackward(memory.arena[hidden], dx: dHidden, count: count, memory)
    first.activateBackward(inner, dz: dHidden, count: count, memory)
    first.convolveBackward(x, dx: dx, count: count, memory)
    if let shortcut {
      shortcut.unit.normaliseBackward(g, count: count, memory)
      let (weight, gradient) = shortcut.unit.weights(memory)
      shortcut.convolution.backward(
        x, weight: weight, dy: shortcut.unit.output(memory), dx: dx, accumulates: true,
        dWeight: gradient, count: count, lanes: memory.lanes)
    } else if let dx {
      let cells = first.shape.grid.count * first.shape.outputs
      memory.lanes.run(over: count) { _, images in
        for index in (images.lowerBound * cells)..<(images.upperBound * cells) {
          dx[index] += g[index]
        }
      }
    }
  }
}
