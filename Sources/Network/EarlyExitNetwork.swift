import FileKit
import TensorCore

/// Blocks of convolutions (see `Architecture`), each ending in a max-pool, with an exit after each: the weights.
///
/// Passes over it are values of their own: `TrainingPass` (batch statistics, gradients) and `InferencePass`
/// (running statistics, early stop). Whether it trains or answers is never a state of the network.
package final class EarlyExitNetwork: Sendable {
  /// A valid one; it never changes.
  package let configuration: NetworkConfiguration
  /// Names, shapes and places of the tensors in `parameters` and `buffers`.
  package let table: ParameterTable
  /// Weights and biases.
  package let parameters: Arena
  /// Running means and variances.
  package let buffers: Arena

  /// Where an exit's parameters lie, looked up once: passes ask in every step.
  private struct ExitSlots: Sendable {
    let attentionWeight: ArenaLayout.Slot
    let attentionBias: ArenaLayout.Slot
    let headWeight: ArenaLayout.Slot
    let headBias: ArenaLayout.Slot

    init(_ exit: Int, _ table: ParameterTable) {
      attentionWeight = table.slot("exits.\(exit).attention.weight")
      attentionBias = table.slot("exits.\(exit).attention.bias")
      headWeight = table.slot("exits.\(exit).head.weight")
      headBias = table.slot("exits.\(exit).head.bias")
    }
  }

  private let exitSlots: [ExitSlots]

  /// A network with PyTorch's default initialisation: convolution and linear weights and biases uniform on
  /// ±1/√fan-in, γ = 1, β = 0, running mean 0, running variance 1.
  package init(_ configuration: NetworkConfiguration, seed: UInt64) {
    do throws(ValueProblem) {
      try configuration.validate()
    } catch {
      preconditionFailure("\(error.key): expected \(error.expected), got \(error.got)")
    }
    self.configuration = configuration
    let table = ParameterTable(configuration)
    self.table = table
    exitSlots = configuration.widths.indices.map { ExitSlots($0, table) }
    parameters = Arena(table.parameterLayout)
    buffers = Arena(table.bufferLayout)
    for entry in table.parameters {
      let values = parameters[entry.slot]
      if entry.name.hasSuffix("norm.weight") {
        values.update(repeating: 1, count: entry.slot.count)
      } else if !entry.name.hasSuffix("norm.bias") {
        // A stream a tensor: another width elsewhere leaves this tensor's values alone.
        var generator = SeededGenerator(seed: seed, stream: "initialise \(entry.name)")
        let bound = 1 / Double(Self.fanIn(entry, configuration)).squareRoot()
        for index in 0..<entry.slot.count {
          values[index] = Float(generator.uniform(-bound, bound))
        }
      }
    }
    for entry in table.buffers where entry.name.hasSuffix("running_var") {
      buffers[entry.slot].update(repeating: 1, count: entry.slot.count)
    }
  }

  /// Bytes of a network's weights and biases, and of its running statistics.
  package static func byteCounts(
    _ configuration: NetworkConfiguration
  ) -> (parameters: Int, buffers: Int) {
    let table = ParameterTable(configuration)
    return (table.parameterLayout.byteCount, table.bufferLayout.byteCount)
  }

  /// Inputs that feed one output; a bias has its weight's.
  private static func fanIn(
    _ entry: ParameterTable.Entry, _ configuration: NetworkConfiguration
  ) -> Int {
    if entry.kernel != nil { return entry.shape.dropFirst().reduce(1, *) }
    let index = Int(entry.name.split(separator: ".")[1])!
    return configuration.widths[index]
  }

  /// Every tensor by name, in PyTorch's shapes and order of axes.
  package var tensors: [(name: String, shape: [Int], values: [Float])] {
    table.parameters.map { ($0.name, $0.shape, $0.export(from: parameters)) }
      + table.buffers.map { ($0.name, $0.shape, $0.export(from: buffers)) }
  }

  /// Sets a tensor from values in PyTorch's order of axes.
  package func load(_ values: [Float], named name: String) {
    if let entry = table.parameters.first(where: { $0.name == name }) {
      entry.load(values, into: parameters)
    } else if let entry = table.buffers.first(where: { $0.name == name }) {
      entry.load(values, into: buffers)
    } else {
      preconditionFailure("the network has no tensor named \(name)")
    }
  }

  /// How many numbers the optimiser moves.
  package var parameterCount: Int { table.parameters.reduce(0) { $0 + $1.slot.count } }

  func exitParameters(_ index: Int, in arena: Arena) -> AttentionExit.Parameters {
    let slots = exitSlots[index]
    return AttentionExit.Parameters(
      attentionWeight: arena[slots.attentionWeight], attentionBias: arena[slots.attentionBias],
      headWeight: arena[slots.headWeight], headBias: arena[slots.headBias])
  }
}
