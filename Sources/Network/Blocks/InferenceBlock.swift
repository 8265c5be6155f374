import TensorCore

/// A block of a network with its running statistics.
protocol InferenceBlock: Sendable {
  var needs: InferenceMemory.Needs { get }

  /// Takes the network's present weights and running statistics.
  func prepare(_ memory: InferenceMemory)

  /// - Parameters:
  ///   - x: the block's input, [count, height, width, inputs].
  ///   - z: its output after pooling; overwritten.
  func forward(
    _ x: UnsafePointer<Float>, into z: UnsafeMutablePointer<Float>, count: Int,
    _ memory: InferenceMemory)
}

/// What the blocks of an inference pass work with.
struct InferenceMemory {
  /// What a block needs besides what it reserves for itself.
  struct Needs {
    /// Floats of scratch a lane.
    var scratch: Int
    /// Floats of each temporary, and how many of those; all serve one block after the other.
    var temporary: Int
    var temporaries: Int

    /// What serves both.
    func joined(_ other: Needs) -> Needs {
      Needs(
        scratch: max(scratch, other.scratch), temporary: max(temporary, other.temporary),
        temporaries: max(temporaries, other.temporaries))
    }
  }

  let network: EarlyExitNetwork
  /// What blocks have reserved.
  let arena: Arena
  let scratch: [UnsafeMutablePointer<Float>]
  let temporaries: [UnsafeMutablePointer<Float>]
  let lanes: Lanes
}

extension BlockShape {
  /// - Parameters:
  ///   - pools: whether a max-pool ends the block.
  ///   - images: the most of a batch.
  ///   - layout: of the pass's arena.
  func inferenceBlock(
    pools: Bool, images: Int, _ table: ParameterTable, in layout: inout ArenaLayout
  ) -> any InferenceBlock {
    switch self {
    case .plain(let convolution):
      PlainInferenceBlock(convolution, pools: pools, images: images, table, in: &layout)
    case .residual(let first, let second, let shortcut):
      ResidualInferenceBlock(
        first, second, shortcut: shortcut, pools: pools, images: images, table, in: &layout)
    case .separable(let depthwise, let pointwise):
      SeparableInferenceBlock(
        depthwise, pointwise, pools: pools, images: images, table, in: &layout)
    }
  }
}
