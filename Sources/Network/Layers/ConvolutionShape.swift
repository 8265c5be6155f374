import TensorCore

/// A convolution without bias that keeps its grid (stride 1, zero padding), and the batch norm of its outputs.
package struct ConvolutionShape: Sendable, Equatable {
  package enum Kernel: Sendable, Equatable {
    /// 3×3 over all inputs.
    case full
    /// 1×1 over all inputs.
    case pointwise
    /// 3×3, each channel by itself; as many outputs as inputs.
    case depthwise
  }

  /// What its tensors' names begin with: "blocks.0", "blocks.1.shortcut".
  package let name: String
  package let kernel: Kernel
  package let grid: GridSize
  package let inputs: Int
  package let outputs: Int

  /// Multiply–accumulates an image.
  package var macs: Int { grid.count * weightShape.reduce(1, *) }

  /// PyTorch's: [outputs, inputs of an output, height, width].
  package var weightShape: [Int] {
    switch kernel {
    case .full: [outputs, inputs, 3, 3]
    case .pointwise: [outputs, inputs, 1, 1]
    case .depthwise: [outputs, 1, 3, 3]
    }
  }
}
