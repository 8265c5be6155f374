import TensorCore

/// The convolutions of one block and how they hang together; each has a batch norm after it.
package enum BlockShape: Sendable, Equatable {
  /// conv – BN – ReLU.
  case plain(ConvolutionShape)
  /// conv – BN – ReLU – conv – BN, plus the input or its shortcut (conv – BN), – ReLU.
  case residual(ConvolutionShape, ConvolutionShape, shortcut: ConvolutionShape?)
  /// depthwise – BN – ReLU – pointwise – BN – ReLU.
  case separable(depthwise: ConvolutionShape, pointwise: ConvolutionShape)

  /// - Parameters:
  ///   - index: of the block, from 0.
  ///   - grid: of its convolutions; a max-pool follows the last ReLU.
  init(_ architecture: Architecture, index: Int, grid: GridSize, inputs: Int, outputs: Int) {
    let name = "blocks.\(index)"
    func convolution(
      _ part: String?, _ kernel: ConvolutionShape.Kernel, _ inputs: Int, _ outputs: Int
    ) -> ConvolutionShape {
      ConvolutionShape(
        name: part.map { "\(name).\($0)" } ?? name, kernel: kernel, grid: grid, inputs: inputs,
        outputs: outputs)
    }
    switch architecture {
    case .plain: self = .plain(convolution(nil, .full, inputs, outputs))
    case .separable where index == 0: self = .plain(convolution(nil, .full, inputs, outputs))
    case .residual:
      self = .residual(
        convolution("first", .full, inputs, outputs),
        convolution("second", .full, outputs, outputs),
        shortcut: inputs == outputs
          ? nil : convolution("shortcut", .pointwise, inputs, outputs))
    case .separable:
      self = .separable(
        depthwise: convolution("depthwise", .depthwise, inputs, inputs),
        pointwise: convolution("pointwise", .pointwise, inputs, outputs))
    }
  }

  /// In the order of their tensors.
  package var convolutions: [ConvolutionShape] {
    switch self {
    case .plain(let convolution): [convolution]
    case .residual(let first, let second, let shortcut):
      [first, second] + (shortcut.map { [$0] } ?? [])
    case .separable(let depthwise, let pointwise): [depthwise, pointwise]
    }
  }

  /// Those that read the block's input.
  package var firstConvolutions: [ConvolutionShape] {
    switch self {
    case .plain(let convolution): [convolution]
    case .residual(let first, _, let shortcut): [first] + (shortcut.map { [$0] } ?? [])
    case .separable(let depthwise, _): [depthwise]
    }
  }

  /// Multiply–accumulates an image; batch norms, ReLU, sums and pooling are not counted.
  package var macs: Int { convolutions.reduce(0) { $0 + $1.macs } }
}
