import TensorCore

/// Forward and backward over a batch, with every activation, gradient and scratch allocated once.
package final class TrainingPass {
  /// Read and changed: `forward` moves its running statistics, the caller's optimizer its
  /// parameters.
  package let network: EarlyExitNetwork
  /// The most samples a batch may have.
  package let capacity: Int
  /// Their number fixes the order of sums, and so the gradients' last bits.
  package let lanes: Lanes
  /// Gradients of the loss, in the layout of the network's parameters; overwritten by each `backward`.
  package let gradients: Arena

  private let loss: GuidedLoss
  private let stages: [Stage]
  private let memory: TrainingMemory
  private let inputSlot: ArenaLayout.Slot
  private let lossScratch: UnsafeMutablePointer<Float>
  /// Per exit, the places of its slots that the loss reads and writes.
  private let logits: [UnsafeMutablePointer<Float>]
  private let attention: [UnsafeMutablePointer<Float>]
  private let dLogits: [UnsafeMutablePointer<Float>]
  private let dAttention: [UnsafeMutablePointer<Float>]
  private var terms: LossTerms

  /// A block, its output, and the exit that reads it.
  private struct Stage {
    let block: any TrainingBlock
    let z: ArenaLayout.Slot
    let dz: ArenaLayout.Slot
    let exit: AttentionExit
    let attention: ArenaLayout.Slot
    let pooled: ArenaLayout.Slot
    let logits: ArenaLayout.Slot
    let dAttention: ArenaLayout.Slot
    let dPooled: ArenaLayout.Slot
    let dLogits: ArenaLayout.Slot

    init(
      _ index: Int, _ configuration: NetworkConfiguration, images: Int, _ table: ParameterTable,
      in layout: inout ArenaLayout
    ) {
      block = configuration.block(index).trainingBlock(
        pools: configuration.pools(index), images: images, table, in: &layout)
      exit = configuration.exit(index)
      let (cells, width) = (images * exit.grid.count, configuration.widths[index])
      z = layout.reserve(cells * width)
      dz = layout.reserve(cells * width)
      attention = layout.reserve(cells)
      pooled = layout.reserve(images * width)
      logits = layout.reserve(images * configuration.classes)
      dAttention = layout.reserve(cells)
      dPooled = layout.reserve(images * width)
      dLogits = layout.reserve(images * configuration.classes)
    }

    func activations(_ arena: Arena) -> AttentionExit.Activations {
      AttentionExit.Activations(
        attention: arena[attention], pooled: arena[pooled], logits: arena[logits])
    }
  }

  /// Allocates everything for batches of up to `capacity`, at least 1. Requires loss weights that
  /// fit the network's exits, with a positive sum.
  package init(
    _ network: EarlyExitNetwork, loss options: GuidedLossOptions, capacity: Int, lanes: Lanes
  ) {
    precondition(capacity >= 1, "a batch holds at least one sample, got \(capacity)")
    self.network = network
    self.capacity = capacity
    self.lanes = lanes
    gradients = Arena(network.table.parameterLayout)
    loss = GuidedLoss(options, configuration: network.configuration)
    let plan = Plan(
      network.configuration, network.table, loss, capacity: capacity, lanes: lanes)
    let arena = Arena(plan.layout)
    let stages = plan.stages
    self.stages = stages
    inputSlot = plan.input
    memory = TrainingMemory(
      network: network, gradients: gradients, arena: arena,
      convolutions: plan.convolutions.memory(in: arena, lanes: lanes),
      temporaries: (arena[plan.temporaries.0], arena[plan.temporaries.1]), lanes: lanes)
    lossScratch = arena[plan.loss]
    logits = stages.map { arena[$0.logits] }
    attention = stages.map { arena[$0.attention] }
    dLogits = stages.map { arena[$0.dLogits] }
    dAttention = stages.map { arena[$0.dAttention] }
    terms = LossTerms(exits: stages.count)
    for stage in stages { stage.block.prepare(memory) }
  }

  /// Where everything but the gradients lies in a pass's arena.
  private struct Plan {
    let layout: ArenaLayout
    let input: ArenaLayout.Slot
    let stages: [Stage]
    let convolutions: ConvolutionMemory.Slots
    let temporaries: (ArenaLayout.Slot, ArenaLayout.Slot)
    let loss: ArenaLayout.Slot

    init(
      _ configuration: NetworkConfiguration, _ table: ParameterTable, _ loss: GuidedLoss,
      capacity: Int, lanes: Lanes
    ) {
      var layout = ArenaLayout()
      input = layout.reserve(capacity * configuration.input.count * configuration.channels)
      stages = configuration.widths.indices.map {
        Stage($0, configuration, images: capacity, table, in: &layout)
      }
      // The exits' sums need as many channels as the widest block.
      let widest = configuration.widths.max()!
      let needs = stages.map(\.block.needs).reduce(
        TrainingMemory.Needs(convolutions: .init(channels: widest))
      ) { $0.joined($1) }
      convolutions = ConvolutionMemory.Slots(needs.convolutions, lanes: lanes, in: &layout)
      temporaries = (layout.reserve(needs.temporary), layout.reserve(needs.temporary))
      self.loss = layout.reserve(loss.scratchCount)
      self.layout = layout
    }
  }

  /// Bytes that a pass takes, gradients included, the network's own apart.
  package static func byteCount(
    _ configuration: NetworkConfiguration, loss: GuidedLossOptions, capacity: Int, lanes: Lanes
  ) -> Int {
    let table = ParameterTable(configuration)
    let plan = Plan(
      configuration, table, GuidedLoss(loss, configuration: configuration), capacity: capacity,
      lanes: lanes)
    return plan.layout.byteCount + table.parameterLayout.byteCount
  }

  private var arena: Arena { memory.arena }

  /// Where the caller writes a batch: [count, height, width, channels], normalised.
  package var input: UnsafeMutablePointer<Float> { arena[inputSlot] }

  /// Runs the batch in `input` through the network with batch statistics, and moves the running ones.
  package func forward(count: Int) {
    precondition(1 <= count && count <= capacity, "batch of \(count), capacity \(capacity)")
    var x = UnsafePointer(input)
    for (index, stage) in stages.enumerated() {
      stage.block.forward(x, into: arena[stage.z], count: count, memory)
      x = UnsafePointer(arena[stage.z])
      stage.exit.forward(
        x, network.exitParameters(index, in: network.parameters), into: stage.activations(arena),
        count: count, lanes: lanes)
    }
  }

  /// The loss of the batch that `forward` saw, and every gradient.
  /// - Parameters:
  ///   - labels: class indices, one a sample.
  ///   - lambda: λ of this step; nil for the options' own.
  package func backward(labels: [Int], lambda: Double? = nil) -> LossTerms {
    let count = labels.count
    precondition(1 <= count && count <= capacity, "batch of \(count), capacity \(capacity)")
    gradients.clear()
    labels.withUnsafeBufferPointer { labels in
      loss.evaluate(
        lambda: lambda ?? loss.options.lambda, logits: logits, attention: attention,
        labels: labels.baseAddress!, count: count, dLogits: dLogits, dAttention: dAttention,
        scratch: lossScratch, into: &terms)
    }
    let last = stages[stages.count - 1]
    arena[last.dz].update(repeating: 0, count: last.dz.count)
    for index in stages.indices.reversed() { backward(stage: index, count: count) }
    return terms
  }

  private func backward(stage index: Int, count: Int) {
    let stage = stages[index]
    stage.exit.backward(
      arena[stage.z], network.exitParameters(index, in: network.parameters),
      stage.activations(arena), dLogits: arena[stage.dLogits],
      dAttention: arena[stage.dAttention], dx: arena[stage.dz],
      gradients: network.exitParameters(index, in: gradients), dPooled: arena[stage.dPooled],
      count: count, scratch: memory.scratch, lanes: lanes)
    let x = index == 0 ? UnsafePointer(input) : UnsafePointer(arena[stages[index - 1].z])
    let dx = index == 0 ? nil : arena[stages[index - 1].dz]
    stage.block.backward(x, dz: arena[stage.dz], dx: dx, count: count, memory)
  }

  /// The last forward pass's logits at an exit (from 0): [count, classes].
  package func logits(exit: Int, count: Int) -> [Float] {
    Array(
      UnsafeBufferPointer(
        start: arena[stages[exit].logits], count: count * network.configuration.classes))
  }

  /// The last forward pass's attention maps at an exit (from 0): [count, height, width].
  package func attention(exit: Int, count: Int) -> [Float] {
    let cells = stages[exit].exit.grid.count
    return Array(UnsafeBufferPointer(start: arena[stages[exit].attention], count: count * cells))
  }

  /// The gradient of a parameter in PyTorch's shape and order of axes.
  package func gradient(named name: String) -> [Float] {
    guard let entry = network.table.parameters.first(where: { $0.name == name }) else {
      preconditionFailure("the network has no parameter named \(name)")
    }
    return entry.export(from: gradients)
  }
}
