import TensorCore

/// A block of a network, forward and backward over a batch.
protocol TrainingBlock: Sendable {
  var needs: TrainingMemory.Needs { get }

  /// Sets what never changes in the memory; called once.
  func prepare(_ memory: TrainingMemory)

  /// - Parameters:
  ///   - x: the block's input, [count, height, width, inputs].
  ///   - z: its output after pooling; overwritten.
  func forward(
    _ x: UnsafePointer<Float>, into z: UnsafeMutablePointer<Float>, count: Int,
    _ memory: TrainingMemory)

  /// After `forward` over the same batch.
  /// - Parameters:
  ///   - dz: the gradient with respect to z.
  ///   - dx: as x; overwritten. nil where no gradient is wanted (images).
  func backward(
    _ x: UnsafePointer<Float>, dz: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>?,
    count: Int, _ memory: TrainingMemory)
}

extension TrainingBlock {
  func prepare(_ memory: TrainingMemory) {}
}

/// What the blocks of a training pass work with. Gradients are accumulated into.
struct TrainingMemory {
  /// What a block needs besides what it reserves for itself.
  struct Needs {
    var convolutions: ConvolutionMemory.Needs
    /// Floats of each temporary.
    var temporary = 0

    /// What serves both.
    func joined(_ other: Needs) -> Needs {
      Needs(
        convolutions: convolutions.joined(other.convolutions),
        temporary: max(temporary, other.temporary))
    }
  }

  let network: EarlyExitNetwork
  /// In the layout of the network's parameters.
  let gradients: Arena
  /// Activations, by the slots that blocks have reserved.
  let arena: Arena
  let convolutions: ConvolutionMemory
  /// Two buffers for gradients that live within one block's backward pass.
  let temporaries: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>)
  let lanes: Lanes

  var scratch: ChannelScratch { convolutions.channelScratch }
}

extension BlockShape {
  /// - Parameters:
  ///   - pools: whether a max-pool ends the block.
  ///   - images: the most of a batch.
  ///   - layout: of the activations' arena.
  func trainingBlock(
    pools: Bool, images: Int, _ table: ParameterTable, in layout: inout ArenaLayout
  ) -> any TrainingBlock {
    switch self {
    case .plain(let convolution):
      PlainTrainingBlock(convolution, pools: pools, images: images, table, in: &layout)
    case .residual(let first, let second, let shortcut):
      ResidualTrainingBlock(
        first, second, shortcut: shortcut, pools: pools, images: images, table, in: &layout)
    case .separable(let depthwise, let pointwise):
      SeparableTrainingBlock(
        depthwise, pointwise, pools: pools, images: images, table, in: &layout)
    }
  }
}
