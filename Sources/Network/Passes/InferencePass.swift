import TensorCore

/// Forward passes with the running statistics, over all exits or until one is sure enough.
///
/// What can be computed from the weights alone is computed at the time of `init`; call `reload` after the
/// weights or the running statistics have moved.
package final class InferencePass {
  /// The network's; it fixes the shapes of inputs and answers.
  package let configuration: NetworkConfiguration
  /// The most samples a batch may have.
  package let capacity: Int

  private let network: EarlyExitNetwork
  private let lanes: Lanes
  private let stages: [Stage]
  private let memory: InferenceMemory
  private let inputSlot: ArenaLayout.Slot
  private let z: [UnsafeMutablePointer<Float>]
  /// The block that the last run ended with, and its batch: whose output is still there.
  private var last: (block: Int, count: Int)?

  /// A block and the exit that reads its output.
  private struct Stage {
    let block: any InferenceBlock
    let exit: AttentionExit
    let attention: ArenaLayout.Slot
    let pooled: ArenaLayout.Slot
    let logits: ArenaLayout.Slot

    init(
      _ index: Int, _ configuration: NetworkConfiguration, images: Int, _ table: ParameterTable,
      in layout: inout ArenaLayout
    ) {
      block = configuration.block(index).inferenceBlock(
        pools: configuration.pools(index), images: images, table, in: &layout)
      exit = configuration.exit(index)
      attention = layout.reserve(images * exit.grid.count)
      pooled = layout.reserve(images * exit.channels)
      logits = layout.reserve(images * configuration.classes)
    }
  }

  /// What one sample got from an exit.
  package struct Answer: Sendable {
    /// From 1.
    package let exit: Int
    /// Softmax over the classes.
    package let probabilities: [Double]
    /// The most probable class; the first on ties.
    package var prediction: Int {
      probabilities.indices.max { probabilities[$0] < probabilities[$1] }!
    }
    /// The prediction's probability; NaN where a logit is NaN or +∞.
    package var confidence: Double { probabilities.max()! }
  }

  /// Allocates everything for batches of up to `capacity` (at least 1) and reads the network's
  /// weights. Use a pass from one thread at a time.
  package init(_ network: EarlyExitNetwork, capacity: Int, lanes: Lanes) {
    precondition(capacity >= 1, "a batch holds at least one sample, got \(capacity)")
    self.network = network
    self.capacity = capacity
    self.lanes = lanes
    configuration = network.configuration
    let plan = Plan(configuration, network.table, capacity: capacity, lanes: lanes)
    let arena = Arena(plan.layout)
    inputSlot = plan.input
    stages = plan.stages
    z = plan.z.map { arena[$0] }
    memory = InferenceMemory(
      network: network, arena: arena, scratch: plan.scratch.map { arena[$0] },
      temporaries: plan.temporaries.map { arena[$0] }, lanes: lanes)
    reload()
  }

  /// Where everything lies in a pass's arena.
  private struct Plan {
    let layout: ArenaLayout
    let input: ArenaLayout.Slot
    let stages: [Stage]
    let z: [ArenaLayout.Slot]
    let temporaries: [ArenaLayout.Slot]
    let scratch: [ArenaLayout.Slot]

    init(
      _ configuration: NetworkConfiguration, _ table: ParameterTable, capacity: Int, lanes: Lanes
    ) {
      var layout = ArenaLayout()
      input = layout.reserve(capacity * configuration.input.count * configuration.channels)
      let stages = configuration.widths.indices.map {
        Stage($0, configuration, images: capacity, table, in: &layout)
      }
      let needs = stages.dropFirst().reduce(stages[0].block.needs) { $0.joined($1.block.needs) }
      let largest = stages.map { capacity * $0.exit.grid.count * $0.exit.channels }.max()!
      z = [layout.reserve(largest), layout.reserve(largest)]
      temporaries = (0..<needs.temporaries).map { _ in layout.reserve(needs.temporary) }
      scratch = (0..<lanes.count).map { _ in layout.reserve(needs.scratch) }
      self.stages = stages
      self.layout = layout
    }
  }

  /// Bytes that a pass takes, the network's own apart.
  package static func byteCount(
    _ configuration: NetworkConfiguration, capacity: Int, lanes: Lanes
  ) -> Int {
    Plan(configuration, ParameterTable(configuration), capacity: capacity, lanes: lanes)
      .layout.byteCount
  }

  private var arena: Arena { memory.arena }

  /// Takes the network's present weights and running statistics.
  package func reload() {
    for stage in stages { stage.block.prepare(memory) }
  }

  /// Where the caller writes a batch: [count, height, width, channels], normalised.
  package var input: UnsafeMutablePointer<Float> { arena[inputSlot] }

  /// Runs the batch in `input` through every block and exit.
  package func run(count: Int) {
    for index in stages.indices { run(block: index, count: count) }
  }

  /// Runs the batch in `input` through the blocks up to an exit (from 0), and through that exit alone.
  package func run(count: Int, exit: Int) {
    for index in 0...exit { forward(block: index, count: count) }
    answer(exit: exit, count: count)
  }

  /// Runs the one sample in `input` until an exit's confidence reaches the threshold, and no further: later
  /// blocks are not computed. The final exit always answers; an answer that is not finite ends the run too, since what
  /// later blocks made of it would look like an answer.
  package func answer(threshold: Double) -> Answer {
    for index in stages.indices {
      run(block: index, count: 1)
      let answer = answer(sample: 0, exit: index)
      if answer.confidence >= threshold || !answer.confidence.isFinite { return answer }
    }
    return answer(sample: 0, exit: stages.count - 1)
  }

  /// Runs the one sample in `input` to an exit (from 0), and no further.
  package func answer(stoppingAt exit: Int) -> Answer {
    for index in 0...exit { run(block: index, count: 1) }
    return answer(sample: 0, exit: exit)
  }

  private func run(block index: Int, count: Int) {
    forward(block: index, count: count)
    answer(exit: index, count: count)
  }

  private func forward(block index: Int, count: Int) {
    precondition(1 <= count && count <= capacity, "batch of \(count), capacity \(capacity)")
    let x = index == 0 ? UnsafePointer(input) : UnsafePointer(z[(index + 1) % 2])
    stages[index].block.forward(x, into: z[index % 2], count: count, memory)
    last = (index, count)
  }

  private func answer(exit index: Int, count: Int) {
    let stage = stages[index]
    stage.exit.forward(
      z[index % 2], network.exitParameters(index, in: network.parameters),
      into: AttentionExit.Activations(
        attention: arena[stage.attention], pooled: arena[stage.pooled],
        logits: arena[stage.logits]),
      count: count, lanes: lanes)
  }

  /// What the last run's sample got from an exit (from 0).
  package func answer(sample: Int, exit: Int) -> Answer {
    let classes = configuration.classes
    let row = arena[stages[exit].logits] + sample * classes
    return Answer(
      exit: exit + 1,
      probabilities: Probabilities.softmax(UnsafeBufferPointer(start: row, count: classes)))
  }

  /// Grad-CAM maps of the exit that the last run ended with, for a class a sample: [count, height, width].
  ///
  /// See `AttentionExit.gradCAM`.
  package func gradCAM(exit index: Int, labels: [Int]) -> [Float] {
    precondition(
      last.map { $0 == (index, labels.count) } ?? false,
      "Grad-CAM of \(labels.count) samples at exit \(index + 1) needs a run that ended there")
    let (exit, attention) = (stages[index].exit, arena[stages[index].attention])
    let cells = exit.grid.count
    var maps = [Float](repeating: 0, count: labels.count * cells)
    maps.withUnsafeMutableBufferPointer { maps in
      for (sample, label) in labels.enumerated() {
        exit.gradCAM(
          z[index % 2] + sample * cells * exit.channels,
          network.exitParameters(index, in: network.parameters),
          attention: attention + sample * cells, label: label,
          into: maps.baseAddress! + sample * cells)
      }
    }
    return maps
  }

  /// The last run's logits at an exit (from 0): [count, classes]; valid until the next run.
  package func logits(exit: Int, count: Int) -> UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(start: arena[stages[exit].logits], count: count * configuration.classes)
  }

  /// The last run's attention maps at an exit (from 0): [count, height, width]; valid until the next run.
  package func attention(exit: Int, count: Int) -> UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(
      start: arena[stages[exit].attention], count: count * stages[exit].exit.grid.count)
  }
}
