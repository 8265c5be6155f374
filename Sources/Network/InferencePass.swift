import TensorCore

/// Forward passes with the running statistics, over all exits or until one is sure enough.
///
/// What can be computed from the weights alone is computed at the time of `init`; call `reload` after the
/// weights or the running statistics have moved.
public final class InferencePass {
  public let configuration: NetworkConfiguration
  /// The most samples a batch may have.
  public let capacity: Int

  private let network: EarlyExitNetwork
  private let lanes: Lanes
  private let blocks: [Block]
  private let exits: [Exit]
  private let arena: Arena
  private let inputSlot: ArenaLayout.Slot
  private let y: UnsafeMutablePointer<Float>
  private let z: [UnsafeMutablePointer<Float>]
  private let scratch: [UnsafeMutablePointer<Float>]
  /// The block that the last run ended with, and its batch: whose output is still there.
  private var last: (block: Int, count: Int)?

  private struct Block {
    let convolution: InferenceConvolution
    let factors: ArenaLayout.Slot
    let normalisation: NormReluPool
    let weight: ArenaLayout.Slot
    let scale: ArenaLayout.Slot
    let shift: ArenaLayout.Slot
  }

  private struct Exit {
    let layer: AttentionExit
    let attention: ArenaLayout.Slot
    let pooled: ArenaLayout.Slot
    let logits: ArenaLayout.Slot
  }

  /// What one sample got from an exit.
  public struct Answer: Sendable {
    /// From 1.
    public let exit: Int
    /// Softmax over the classes.
    public let probabilities: [Double]
    /// The most probable class; the first on ties.
    public var prediction: Int {
      probabilities.indices.max { probabilities[$0] < probabilities[$1] }!
    }
    public var confidence: Double { probabilities.max()! }
  }

  public init(_ network: EarlyExitNetwork, capacity: Int, lanes: Lanes) {
    precondition(capacity >= 1, "a batch holds at least one sample, got \(capacity)")
    self.network = network
    self.capacity = capacity
    self.lanes = lanes
    let configuration = network.configuration
    self.configuration = configuration
    var layout = ArenaLayout()
    inputSlot = layout.reserve(capacity * configuration.input.count * configuration.channels)
    var blocks: [Block] = []
    var exits: [Exit] = []
    var (largestY, largestZ) = (0, 0)
    for (index, width) in configuration.widths.enumerated() {
      let (convolution, normalisation) = configuration.block(index)
      let prepared = InferenceConvolution(convolution, capacity: capacity)
      blocks.append(
        Block(
          convolution: prepared, factors: layout.reserve(prepared.factorCount),
          normalisation: normalisation,
          weight: network.table.slot("blocks.\(index).conv.weight"), scale: layout.reserve(width),
          shift: layout.reserve(width)))
      largestY = max(largestY, capacity * convolution.grid.count * width)
      largestZ = max(largestZ, capacity * normalisation.outputGrid.count * width)
      let layer = configuration.exit(index)
      exits.append(
        Exit(
          layer: layer, attention: layout.reserve(capacity * layer.grid.count),
          pooled: layout.reserve(capacity * width),
          logits: layout.reserve(capacity * configuration.classes)))
    }
    let ySlot = layout.reserve(largestY)
    let zSlots = [layout.reserve(largestZ), layout.reserve(largestZ)]
    let scratchCount = blocks.map(\.convolution.scratchCount).max()!
    let scratchSlots = (0..<lanes.count).map { _ in layout.reserve(scratchCount) }
    let arena = Arena(layout)
    self.arena = arena
    self.blocks = blocks
    self.exits = exits
    y = arena[ySlot]
    z = zSlots.map { arena[$0] }
    scratch = scratchSlots.map { arena[$0] }
    reload()
  }

  /// Takes the network's present weights and running statistics.
  public func reload() {
    for (index, block) in blocks.enumerated() {
      prepare(block, index)
      block.convolution.prepare(
        network.parameters[block.weight], into: arena[block.factors], lanes: lanes)
    }
  }

  /// scale = γ/√(σ² + ε), shift = β − μ·scale, from the running statistics.
  private func prepare(_ block: Block, _ index: Int) {
    let norm = "blocks.\(index).norm"
    let gamma = network.parameters[network.table.slot("\(norm).weight")]
    let beta = network.parameters[network.table.slot("\(norm).bias")]
    let mean = network.buffers[network.table.slot("\(norm).running_mean")]
    let variance = network.buffers[network.table.slot("\(norm).running_var")]
    for c in 0..<block.normalisation.channels {
      let scale = gamma[c] / (variance[c] + NormReluPool.epsilon).squareRoot()
      arena[block.scale][c] = scale
      arena[block.shift][c] = beta[c] - mean[c] * scale
    }
  }

  /// Where the caller writes a batch: [count, height, width, channels], normalised.
  public var input: UnsafeMutablePointer<Float> { arena[inputSlot] }

  /// Runs the batch in `input` through every block and exit.
  public func run(count: Int) {
    for index in blocks.indices { run(block: index, count: count) }
  }

  /// Runs the batch in `input` through the blocks up to an exit (from 0), and through that exit alone.
  public func run(count: Int, exit: Int) {
    for index in 0...exit { forward(block: index, count: count) }
    answer(exit: exit, count: count)
  }

  /// Runs the one sample in `input` until an exit's confidence reaches the threshold, and no further: later
  /// blocks are not computed. The final exit always answers.
  public func answer(threshold: Double) -> Answer {
    for index in blocks.indices {
      run(block: index, count: 1)
      let answer = answer(sample: 0, exit: index)
      if answer.confidence >= threshold { return answer }
    }
    return answer(sample: 0, exit: blocks.count - 1)
  }

  /// Runs the one sample in `input` to an exit (from 0), and no further.
  public func answer(stoppingAt exit: Int) -> Answer {
    for index in 0...exit { run(block: index, count: 1) }
    return answer(sample: 0, exit: exit)
  }

  private func run(block index: Int, count: Int) {
    forward(block: index, count: count)
    answer(exit: index, count: count)
  }

  private func forward(block index: Int, count: Int) {
    precondition(1 <= count && count <= capacity, "batch of \(count), capacity \(capacity)")
    let block = blocks[index]
    let x = index == 0 ? UnsafePointer(input) : UnsafePointer(z[(index + 1) % 2])
    block.convolution.forward(
      x, weight: network.parameters[block.weight], factors: arena[block.factors], into: y,
      count: count, scratch: scratch, lanes: lanes)
    block.normalisation.activate(
      y, scale: arena[block.scale], shift: arena[block.shift], into: z[index % 2], count: count,
      lanes: lanes)
    last = (index, count)
  }

  private func answer(exit index: Int, count: Int) {
    let exit = exits[index]
    exit.layer.forward(
      z[index % 2], network.exitParameters(index, in: network.parameters),
      into: AttentionExit.Activations(
        attention: arena[exit.attention], pooled: arena[exit.pooled], logits: arena[exit.logits]),
      count: count, lanes: lanes)
  }

  /// What the last run's sample got from an exit (from 0).
  public func answer(sample: Int, exit: Int) -> Answer {
    let classes = configuration.classes
    let row = arena[exits[exit].logits] + sample * classes
    return Answer(
      exit: exit + 1,
      probabilities: Probabilities.softmax(UnsafeBufferPointer(start: row, count: classes)))
  }

  /// Grad-CAM maps of the exit that the last run ended with, for a class a sample: [count, height, width].
  ///
  /// See `AttentionExit.gradCAM`.
  public func gradCAM(exit index: Int, labels: [Int]) -> [Float] {
    precondition(
      last.map { $0 == (index, labels.count) } ?? false,
      "Grad-CAM of \(labels.count) samples at exit \(index + 1) needs a run that ended there")
    let exit = exits[index]
    let cells = exit.layer.grid.count
    var maps = [Float](repeating: 0, count: labels.count * cells)
    maps.withUnsafeMutableBufferPointer { maps in
      for (sample, label) in labels.enumerated() {
        exit.layer.gradCAM(
          z[index % 2] + sample * cells * exit.layer.channels,
          network.exitParameters(index, in: network.parameters),
          attention: arena[exit.attention] + sample * cells, label: label,
          into: maps.baseAddress! + sample * cells)
      }
    }
    return maps
  }

  /// The last run's logits at an exit (from 0): [count, classes]; valid until the next run.
  public func logits(exit: Int, count: Int) -> UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(start: arena[exits[exit].logits], count: count * configuration.classes)
  }

  /// The last run's attention maps at an exit (from 0): [count, height, width]; valid until the next run.
  public func attention(exit: Int, count: Int) -> UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(
      start: arena[exits[exit].attention], count: count * exits[exit].layer.grid.count)
  }
}
