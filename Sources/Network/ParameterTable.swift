import TensorCore

/// Names, shapes and places of a network's tensors.
///
/// Names, shapes and order of axes outside are those a PyTorch module would give; inside, convolution weights
/// lie as [outputs, 3, 3, inputs], because activations have their channels last.
public struct ParameterTable: Sendable {
  /// A tensor of the network.
  public struct Entry: Sendable {
    /// "blocks.0.conv.weight".
    public let name: String
    /// As PyTorch has it.
    public let shape: [Int]
    let slot: ArenaLayout.Slot
    /// Whether PyTorch's [out, in, 3, 3] and our order of axes differ.
    let isConvolution: Bool
  }

  /// Tensors that the optimiser moves.
  public let parameters: [Entry]
  /// Running statistics.
  public let buffers: [Entry]
  public let parameterLayout: ArenaLayout
  public let bufferLayout: ArenaLayout

  init(_ configuration: NetworkConfiguration) {
    var parameterLayout = ArenaLayout()
    var bufferLayout = ArenaLayout()
    var parameters: [Entry] = []
    var buffers: [Entry] = []
    func entry(_ name: String, _ shape: [Int], _ layout: inout ArenaLayout) -> Entry {
      Entry(
        name: name, shape: shape, slot: layout.reserve(shape.reduce(1, *)),
        isConvolution: name.hasSuffix("conv.weight"))
    }
    for (index, width) in configuration.widths.enumerated() {
      let convolution = configuration.block(index).convolution
      let block = "blocks.\(index)"
      parameters.append(
        entry("\(block).conv.weight", [width, convolution.inputs, 3, 3], &parameterLayout))
      parameters.append(entry("\(block).norm.weight", [width], &parameterLayout))
      parameters.append(entry("\(block).norm.bias", [width], &parameterLayout))
      buffers.append(entry("\(block).norm.running_mean", [width], &bufferLayout))
      buffers.append(entry("\(block).norm.running_var", [width], &bufferLayout))
    }
    for (index, width) in configuration.widths.enumerated() {
      let exit = "exits.\(index)"
      parameters.append(entry("\(exit).attention.weight", [1, width, 1, 1], &parameterLayout))
      parameters.append(entry("\(exit).attention.bias", [1], &parameterLayout))
      parameters.append(
        entry("\(exit).head.weight", [configuration.classes, width], &parameterLayout))
      parameters.append(entry("\(exit).head.bias", [configuration.classes], &parameterLayout))
    }
    self.parameters = parameters
    self.buffers = buffers
    self.parameterLayout = parameterLayout
    self.bufferLayout = bufferLayout
  }

  func slot(_ name: String) -> ArenaLayout.Slot {
    guard let entry = (parameters + buffers).first(where: { $0.name == name }) else {
      preconditionFailure("the network has no tensor named \(name)")
    }
    return entry.slot
  }
}

extension ParameterTable.Entry {
  /// The tensor's values in PyTorch's order of axes.
  func export(from arena: Arena) -> [Float] {
    let source = arena[slot]
    guard isConvolution else { return Array(UnsafeBufferPointer(start: source, count: slot.count)) }
    let (outputs, inputs) = (shape[0], shape[1])
    var values = [Float](repeating: 0, count: slot.count)
    for o in 0..<outputs {
      for tap in 0..<9 {
        for c in 0..<inputs {
          values[(o * inputs + c) * 9 + tap] = source[(o * 9 + tap) * inputs + c]
        }
      }
    }
    return values
  }

  /// Takes values in PyTorch's order of axes.
  func load(_ values: [Float], into arena: Arena) {
    precondition(
      values.count == slot.count, "\(name) has \(slot.count) values, got \(values.count)")
    let target = arena[slot]
    guard isConvolution else {
      for index in values.indices { target[index] = values[index] }
      return
    }
    let (outputs, inputs) = (shape[0], shape[1])
    for o in 0..<outputs {
      for tap in 0..<9 {
        for c in 0..<inputs {
          target[(o * 9 + tap) * inputs + c] = values[(o * inputs + c) * 9 + tap]
        }
      }
    }
  }
}
