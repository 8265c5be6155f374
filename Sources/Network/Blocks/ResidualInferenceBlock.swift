import TensorCore

/// conv – BN – ReLU – conv – BN, plus the input or its shortcut (1×1 conv – BN), – ReLU – max-pool.
struct ResidualInferenceBlock: InferenceBlock {
  private let first: InferenceUnit
  private let second: InferenceUnit
  private let shortcut: InferenceUnit?
  private let inner: NormReluPool
  private let end: AddReluPool
  private let ones: ArenaLayout.Slot
  private let zeros: ArenaLayout.Slot
  private let images: Int

  init(
    _ first: ConvolutionShape, _ second: ConvolutionShape, shortcut: ConvolutionShape?,
    pools: Bool, images: Int, _ table: ParameterTable, in layout: inout ArenaLayout
  ) {
    self.first = InferenceUnit(first, images: images, table, in: &layout)
    self.second = InferenceUnit(second, images: images, table, in: &layout)
    self.shortcut = shortcut.map { InferenceUnit($0, images: images, table, in: &layout) }
    inner = NormReluPool(grid: first.grid, channels: first.outputs, pools: false)
    end = AddReluPool(grid: first.grid, channels: first.outputs, pools: pools)
    ones = layout.reserve(first.outputs)
    zeros = layout.reserve(first.outputs)
    self.images = images
  }

  var needs: InferenceMemory.Needs {
    .init(
      scratch: max(first.scratchCount, second.scratchCount, shortcut?.scratchCount ?? 0),
      temporary: images * first.outputCount, temporaries: 3)
  }

  func prepare(_ memory: InferenceMemory) {
    memory.arena[ones].update(repeating: 1, count: ones.count)
    for unit in [first, second] { unit.prepare(memory) }
    shortcut?.prepare(memory)
  }

  func forward(
    _ x: UnsafePointer<Float>, into z: UnsafeMutablePointer<Float>, count: Int,
    _ memory: InferenceMemory
  ) {
    let (hidden, y) = (memory.temporaries[0], memory.temporaries[1])
    let identity = BatchNorm.Affine(scale: memory.arena[ones], shift: memory.arena[zeros])
    first.convolve(x, into: hidden, count: count, memory)
    first.activate(inner, hidden, into: hidden, count: count, memory)
    second.convolve(hidden, into: y, count: count, memory)
    var past = AddReluPool.Branch(values: x, affine: identity)
    if let shortcut {
      let projected = memory.temporaries[2]
      shortcut.convolve(x, into: projected, count: count, memory)
      past = .init(values: projected, affine: shortcut.affine(memory))
    }
    // The sum takes the place of what is no longer needed.
    end.add(
      .init(values: y, affine: second.affine(memory)), past, into: hidden, count: count,
      lanes: memory.lanes)
    end.activate(hidden, identity: identity, into: z, count: count, lanes: memory.lanes)
  }
}
