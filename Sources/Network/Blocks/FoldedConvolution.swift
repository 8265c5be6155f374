import TensorCore

/// A convolution that its batch norm's running statistics have been folded into.
package struct FoldedConvolution: Sendable {
  package let shape: ConvolutionShape
  /// In PyTorch's order of axes: [outputs, inputs of an output, height, width].
  package let weight: [Float]
  /// [outputs].
  package let bias: [Float]
}

extension EarlyExitNetwork {
  /// Folds a convolution: weights times scale, and the shift as bias; see `BatchNorm`.
  package func folded(_ shape: ConvolutionShape) -> FoldedConvolution {
    let slots = NormSlots(after: shape.name, in: table)
    var scale = [Float](repeating: 0, count: shape.outputs)
    var bias = scale
    scale.withUnsafeMutableBufferPointer { scale in
      bias.withUnsafeMutableBufferPointer { bias in
        BatchNorm(channels: shape.outputs).setAffine(
          .init(scale: scale.baseAddress!, shift: bias.baseAddress!),
          gamma: parameters[slots.gamma], beta: parameters[slots.beta],
          runningMean: buffers[slots.runningMean],
          runningVariance: buffers[slots.runningVariance])
      }
    }
    let name = "\(shape.name).conv.weight"
    var weight = table.parameters.first { $0.name == name }!.export(from: parameters)
    let size = weight.count / shape.outputs
    for index in weight.indices { weight[index] *= scale[index / size] }
    return FoldedConvolution(shape: shape, weight: weight, bias: bias)
  }
}
