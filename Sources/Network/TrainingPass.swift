import TensorCore

/// Forward and backward over a batch, with every activation, gradient and scratch allocated once.
public final class TrainingPass {
  public let network: EarlyExitNetwork
  /// The most samples a batch may have.
  public let capacity: Int
  public let lanes: Lanes
  /// Gradients of the loss, in the layout of the network's parameters; overwritten by each `backward`.
  public let gradients: Arena

  private let loss: GuidedLoss
  private let blocks: [Block]
  private let exits: [Exit]
  private let arena: Arena
  private let inputSlot: ArenaLayout.Slot
  private let scratch: [UnsafeMutablePointer<Float>]
  private let partialWeights: [UnsafeMutablePointer<Float>]
  /// Of Winograd convolutions: the transformed weights, and each lane's sum of their gradient. One for all
  /// blocks, as keeping each block's would take more memory than transforming anew takes time.
  private let factors: UnsafeMutablePointer<Float>
  private let weightSums: [UnsafeMutablePointer<Float>]
  private let lossScratch: UnsafeMutablePointer<Float>
  private let channelScratch: ChannelScratch
  /// Per exit, the places of `Exit`'s slots that the loss reads and writes.
  private let logits: [UnsafeMutablePointer<Float>]
  private let attention: [UnsafeMutablePointer<Float>]
  private let dLogits: [UnsafeMutablePointer<Float>]
  private let dAttention: [UnsafeMutablePointer<Float>]
  private var terms: LossTerms

  private struct Block {
    let convolution: Convolution
    /// The fast way to compute the same, where there is one.
    let winograd: WinogradConvolution?
    let normalisation: NormReluPool
    let weight: ArenaLayout.Slot
    let gamma: ArenaLayout.Slot
    let beta: ArenaLayout.Slot
    let runningMean: ArenaLayout.Slot
    let runningVariance: ArenaLayout.Slot
    /// Convolution output; its gradient after the backward pass.
    let y: ArenaLayout.Slot
    let z: ArenaLayout.Slot
    let dz: ArenaLayout.Slot
    let mean: ArenaLayout.Slot
    let inverseDeviation: ArenaLayout.Slot
  }

  private struct Exit {
    let layer: AttentionExit
    let attention: ArenaLayout.Slot
    let pooled: ArenaLayout.Slot
    let logits: ArenaLayout.Slot
    let dAttention: ArenaLayout.Slot
    let dPooled: ArenaLayout.Slot
    let dLogits: ArenaLayout.Slot
  }

  public init(
    _ network: EarlyExitNetwork, loss options: GuidedLossOptions, capacity: Int, lanes: Lanes
  ) {
    precondition(capacity >= 1, "a batch holds at least one sample, got \(capacity)")
    self.network = network
    self.capacity = capacity
    self.lanes = lanes
    gradients = Arena(network.table.parameterLayout)
    let configuration = network.configuration
    loss = GuidedLoss(options, configuration: configuration)

    var layout = ArenaLayout()
    inputSlot = layout.reserve(capacity * configuration.input.count * configuration.channels)
    var blocks: [Block] = []
    var exits: [Exit] = []
    for (index, width) in configuration.widths.enumerated() {
      let (convolution, normalisation) = configuration.block(index)
      let name = "blocks.\(index)"
      let pooled = capacity * normalisation.outputGrid.count * width
      blocks.append(
        Block(
          convolution: convolution,
          winograd: WinogradConvolution(convolution),
          normalisation: normalisation,
          weight: network.table.slot("\(name).conv.weight"),
          gamma: network.table.slot("\(name).norm.weight"),
          beta: network.table.slot("\(name).norm.bias"),
          runningMean: network.table.slot("\(name).norm.running_mean"),
          runningVariance: network.table.slot("\(name).norm.running_var"),
          y: layout.reserve(capacity * convolution.grid.count * width), z: layout.reserve(pooled),
          dz: layout.reserve(pooled), mean: layout.reserve(width),
          inverseDeviation: layout.reserve(width)))
      let layer = configuration.exit(index)
      exits.append(
        Exit(
          layer: layer, attention: layout.reserve(capacity * layer.grid.count),
          pooled: layout.reserve(capacity * width),
          logits: layout.reserve(capacity * configuration.classes),
          dAttention: layout.reserve(capacity * layer.grid.count),
          dPooled: layout.reserve(capacity * width),
          dLogits: layout.reserve(capacity * configuration.classes)))
    }
    let scratchCount = blocks.map {
      $0.winograd?.scratchCount ?? $0.convolution.scratchCount(images: capacity)
    }.max()!
    let scratchSlots = (0..<lanes.count).map { _ in layout.reserve(scratchCount) }
    let weightCount = blocks.filter { $0.winograd == nil }.map(\.convolution.weightCount).max() ?? 0
    let partialSlots = (1..<lanes.count).map { _ in layout.reserve(weightCount) }
    let factorCount = blocks.compactMap { $0.winograd?.factorCount }.max() ?? 0
    let factorSlot = layout.reserve(factorCount)
    let sumSlots = (0..<lanes.count).map { _ in layout.reserve(factorCount) }
    let lossSlot = layout.reserve(loss.scratchCount)
    let widest = configuration.widths.max()!
    let channelSlot = layout.reserve(ChannelScratch.count(channels: widest, lanes: lanes.count))
    let arena = Arena(layout)
    self.arena = arena
    self.blocks = blocks
    self.exits = exits
    scratch = scratchSlots.map { arena[$0] }
    partialWeights = partialSlots.map { arena[$0] }
    factors = arena[factorSlot]
    weightSums = sumSlots.map { arena[$0] }
    lossScratch = arena[lossSlot]
    channelScratch = ChannelScratch(arena[channelSlot], channels: widest, lanes: lanes.count)
    logits = exits.map { arena[$0.logits] }
    attention = exits.map { arena[$0.attention] }
    dLogits = exits.map { arena[$0.dLogits] }
    dAttention = exits.map { arena[$0.dAttention] }
    terms = LossTerms(exits: exits.count)
  }

  /// Where the caller writes a batch: [count, height, width, channels], normalised.
  public var input: UnsafeMutablePointer<Float> { arena[inputSlot] }

  /// Runs the batch in `input` through the network with batch statistics, and moves the running ones.
  public func forward(count: Int) {
    precondition(1 <= count && count <= capacity, "batch of \(count), capacity \(capacity)")
    let (weights, buffers) = (network.parameters, network.buffers)
    var x = UnsafePointer(input)
    for (index, block) in blocks.enumerated() {
      convolve(block, x, count: count)
      block.normalisation.forward(
        arena[block.y], gamma: weights[block.gamma], beta: weights[block.beta],
        into: arena[block.z], count: count, statistics: statistics(block),
        runningMean: buffers[block.runningMean], runningVariance: buffers[block.runningVariance],
        scratch: channelScratch, lanes: lanes)
      x = UnsafePointer(arena[block.z])
      exits[index].layer.forward(
        x, network.exitParameters(index, in: weights), into: activations(exits[index]),
        count: count, lanes: lanes)
    }
  }

  /// The loss of the batch that `forward` saw, and every gradient.
  /// - Parameters:
  ///   - labels: class indices, one a sample.
  ///   - lambda: λ of this step; nil for the options' own.
  public func backward(labels: [Int], lambda: Double? = nil) -> LossTerms {
    let count = labels.count
    precondition(1 <= count && count <= capacity, "batch of \(count), capacity \(capacity)")
    gradients.clear()
    labels.withUnsafeBufferPointer { labels in
      loss.evaluate(
        lambda: lambda ?? loss.options.lambda, logits: logits, attention: attention,
        labels: labels.baseAddress!, count: count, dLogits: dLogits, dAttention: dAttention,
        scratch: lossScratch, into: &terms)
    }
    let last = blocks.count - 1
    arena[blocks[last].dz].update(repeating: 0, count: blocks[last].dz.count)
    for index in stride(from: last, through: 0, by: -1) {
      backward(block: index, count: count)
    }
    return terms
  }

  private func backward(block index: Int, count: Int) {
    let (block, exit) = (blocks[index], exits[index])
    let weights = network.parameters
    exit.layer.backward(
      arena[block.z], network.exitParameters(index, in: weights), activations(exit),
      dLogits: arena[exit.dLogits], dAttention: arena[exit.dAttention], dx: arena[block.dz],
      gradients: network.exitParameters(index, in: gradients),
      dPooled: arena[exit.dPooled], count: count, scratch: channelScratch, lanes: lanes)
    block.normalisation.backward(
      inPlace: arena[block.y], dz: arena[block.dz], gamma: weights[block.gamma],
      beta: weights[block.beta], dGamma: gradients[block.gamma], dBeta: gradients[block.beta],
      count: count, statistics: statistics(block), scratch: channelScratch, lanes: lanes)
    let x = index == 0 ? UnsafePointer(input) : UnsafePointer(arena[blocks[index - 1].z])
    let dx = index == 0 ? nil : arena[blocks[index - 1].dz]
    if let winograd = block.winograd {
      winograd.backward(
        x, weight: weights[block.weight], dy: arena[block.y], dx: dx,
        dWeight: gradients[block.weight], count: count, factors: factors, weightSums: weightSums,
        scratch: scratch, lanes: lanes)
    } else {
      block.convolution.backward(
        x, weight: weights[block.weight], dy: arena[block.y], dx: dx,
        dWeight: gradients[block.weight], count: count, scratch: scratch,
        partialWeights: partialWeights, lanes: lanes)
    }
  }

  private func convolve(_ block: Block, _ x: UnsafePointer<Float>, count: Int) {
    let weight = network.parameters[block.weight]
    if let winograd = block.winograd {
      winograd.prepare(weight, into: factors, lanes: lanes)
      winograd.forward(
        x, factors: factors, into: arena[block.y], count: count, scratch: scratch, lanes: lanes)
    } else {
      block.convolution.forward(
        x, weight: weight, into: arena[block.y], count: count, scratch: scratch, lanes: lanes)
    }
  }

  private func statistics(_ block: Block) -> NormReluPool.Statistics {
    NormReluPool.Statistics(
      mean: arena[block.mean], inverseDeviation: arena[block.inverseDeviation])
  }

  private func activations(_ exit: Exit) -> AttentionExit.Activations {
    AttentionExit.Activations(
      attention: arena[exit.attention], pooled: arena[exit.pooled], logits: arena[exit.logits])
  }

  /// The last forward pass's logits at an exit (from 0): [count, classes].
  public func logits(exit: Int, count: Int) -> [Float] {
    Array(
      UnsafeBufferPointer(
        start: arena[exits[exit].logits], count: count * network.configuration.classes))
  }

  /// The last forward pass's attention maps at an exit (from 0): [count, height, width].
  public func attention(exit: Int, count: Int) -> [Float] {
    let cells = exits[exit].layer.grid.count
    return Array(UnsafeBufferPointer(start: arena[exits[exit].attention], count: count * cells))
  }

  /// The gradient of a parameter in PyTorch's shape and order of axes.
  public func gradient(named name: String) -> [Float] {
    guard let entry = network.table.parameters.first(where: { $0.name == name }) else {
      preconditionFailure("the network has no parameter named \(name)")
    }
    return entry.export(from: gradients)
  }
}
