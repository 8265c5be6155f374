import TensorCore

/// Names, shapes and places of a network's tensors.
///
/// Names, shapes and order of axes outside are those a PyTorch module would give; inside, 3×3 weights lie as
/// [outputs, 3, 3, inputs], depthwise ones as [3, 3, channels], because activations have their channels last.
package struct ParameterTable: Sendable {
  /// A tensor of the network.
  package struct Entry: Sendable {
    /// "blocks.0.conv.weight".
    package let name: String
    /// As PyTorch has it.
    package let shape: [Int]
    let slot: ArenaLayout.Slot
    /// Of a convolution's weights; its order of axes may be another inside.
    let kernel: ConvolutionShape.Kernel?
  }

  /// Tensors that the optimiser moves.
  package let parameters: [Entry]
  /// Running statistics.
  package let buffers: [Entry]
  /// Of the arena that holds the weights; gradients and Adam's moments use it too.
  package let parameterLayout: ArenaLayout
  /// Of the arena that holds the running statistics.
  package let bufferLayout: ArenaLayout

  /// - Parameter configuration: a valid one; nothing of its size is allocated.
  package init(_ configuration: NetworkConfiguration) {
    var parameterLayout = ArenaLayout()
    var bufferLayout = ArenaLayout()
    var parameters: [Entry] = []
    var buffers: [Entry] = []
    func entry(
      _ name: String, _ shape: [Int], _ layout: inout ArenaLayout,
      kernel: ConvolutionShape.Kernel? = nil
    ) -> Entry {
      Entry(
        name: name, shape: shape, slot: layout.reserve(shape.reduce(1, *)), kernel: kernel)
    }
    for convolution in configuration.widths.indices.flatMap({ configuration.block($0).convolutions }
    ) {
      let (name, width) = (convolution.name, convolution.outputs)
      parameters.append(
        entry(
          "\(name).conv.weight", convolution.weightShape, &parameterLayout,
          kernel: convolution.kernel))
      parameters.append(entry("\(name).norm.weight", [width], &parameterLayout))
      parameters.append(entry("\(name).norm.bias", [width], &parameterLayout))
      buffers.append(entry("\(name).norm.running_mean", [width], &bufferLayout))
      buffers.append(entry("\(name).norm.running_var", [width], &bufferLayout))
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
