import TensorCore

/// How an exit's attention map is normalised.
package enum AttentionKind: String, Sendable, Codable, CaseIterable {
  /// A softmax over the cells; the pooled vector is Σ A⊙X.
  case softmax
  /// A sigmoid a cell; the pooled vector is mean(A⊙X).
  case sigmoid
}

/// An exit: a 1×1-convolution attention module, attention-weighted pooling, and a linear head.
///
/// s = X·a + a₀ per cell; A = softmax(s) or sigmoid(s); p = Σ A⊙X (softmax) or mean(A⊙X) (sigmoid);
/// logits = W·p + b. Shapes: X [count, cells, channels], A [count, cells], logits [count, classes].
package struct AttentionExit: Sendable {
  package let grid: GridSize
  package let channels: Int
  package let classes: Int
  package let kind: AttentionKind

  package init(grid: GridSize, channels: Int, classes: Int, kind: AttentionKind) {
    self.grid = grid
    self.channels = channels
    self.classes = classes
    self.kind = kind
  }

  private var cells: Int { grid.count }
  /// What the weighted sum is multiplied by.
  private var poolingFactor: Float { kind == .softmax ? 1 : 1 / Float(cells) }

  /// Multiply–accumulates an image: scores, weighted sum, head.
  package var macs: Int { 2 * cells * channels + channels * classes }

  package struct Parameters {
    /// [channels].
    package let attentionWeight: UnsafeMutablePointer<Float>
    /// [1].
    package let attentionBias: UnsafeMutablePointer<Float>
    /// [classes, channels].
    package let headWeight: UnsafeMutablePointer<Float>
    /// [classes].
    package let headBias: UnsafeMutablePointer<Float>

    package init(
      attentionWeight: UnsafeMutablePointer<Float>, attentionBias: UnsafeMutablePointer<Float>,
      headWeight: UnsafeMutablePointer<Float>, headBias: UnsafeMutablePointer<Float>
    ) {
      self.attentionWeight = attentionWeight
      self.attentionBias = attentionBias
      self.headWeight = headWeight
      self.headBias = headBias
    }
  }

  /// What the forward pass leaves for the backward pass and for the caller.
  package struct Activations {
    /// [count, cells].
    package let attention: UnsafeMutablePointer<Float>
    /// [count, channels].
    package let pooled: UnsafeMutablePointer<Float>
    /// [count, classes].
    package let logits: UnsafeMutablePointer<Float>

    package init(
      attention: UnsafeMutablePointer<Float>, pooled: UnsafeMutablePointer<Float>,
      logits: UnsafeMutablePointer<Float>
    ) {
      self.attention = attention
      self.pooled = pooled
      self.logits = logits
    }
  }

  package func forward(
    _ x: UnsafePointer<Float>, _ parameters: Parameters, into result: Activations, count: Int,
    lanes: Lanes
  ) {
    let (cells, channels) = (cells, channels)
    let factor = poolingFactor
    lanes.run(over: count) { _, images in
      for image in images {
        let map = result.attention + image * cells
        let features = x + image * cells * channels
        for cell in 0..<cells {
          map[cell] =
            dotProduct(features + cell * channels, parameters.attentionWeight, channels)
            + parameters.attentionBias[0]
        }
        normalise(map)
        let pooled = result.pooled + image * channels
        pooled.update(repeating: 0, count: channels)
        for cell in 0..<cells {
          let feature = features + cell * channels
          let weight = factor * map[cell]
          for c in 0..<channels { pooled[c] += weight * feature[c] }
        }
      }
    }
    for image in 0..<count {
      (result.logits + image * classes).update(from: parameters.headBias, count: classes)
    }
    BLAS.multiply(
      transposeB: true, m: count, n: classes, k: channels, result.pooled, strideA: channels,
      parameters.headWeight, strideB: channels, beta: 1, into: result.logits, strideC: classes)
  }

  /// - Parameters:
  ///   - dLogits: [count, classes].
  ///   - dAttention: [count, cells], the gradient that reaches the map from the consistency term; on return
  ///     it holds the gradient with respect to the scores s.
  ///   - dx: [count, cells, channels]; accumulated into.
  ///   - gradients: accumulated into.
  ///   - dPooled: [count, channels] of scratch.
  ///   - scratch: for at least this many channels and lanes.
  package func backward(
    _ x: UnsafePointer<Float>, _ parameters: Parameters, _ activations: Activations,
    dLogits: UnsafePointer<Float>, dAttention: UnsafeMutablePointer<Float>,
    dx: UnsafeMutablePointer<Float>, gradients: Parameters, dPooled: UnsafeMutablePointer<Float>,
    count: Int, scratch: ChannelScratch, lanes: Lanes
  ) {
    let (cells, channels) = (cells, channels)
    let factor = poolingFactor
    BLAS.multiply(
      transposeA: true, m: classes, n: channels, k: count, dLogits, strideA: classes,
      activations.pooled, strideB: channels, beta: 1, into: gradients.headWeight,
      strideC: channels)
    for image in 0..<count {
      for k in 0..<classes { gradients.headBias[k] += dLogits[image * classes + k] }
    }
    BLAS.multiply(
      m: count, n: channels, k: classes, dLogits, strideA: classes, parameters.headWeight,
      strideB: channels, into: dPooled, strideC: channels)
    lanes.run(over: count) { _, images in
      for image in images {
        let features = x + image * cells * channels
        let dFeatures = dx + image * cells * channels
        let map = activations.attention + image * cells
        let dMap = dAttention + image * cells
        let dPooled = dPooled + image * channels
        for cell in 0..<cells {
          dMap[cell] += factor * dotProduct(features + cell * channels, dPooled, channels)
        }
        scoreGradient(map, dMap)
        let weight = parameters.attentionWeight
        for cell in 0..<cells {
          let dFeature = dFeatures + cell * channels
          let (pooling, score) = (factor * map[cell], dMap[cell])
          for c in 0..<channels { dFeature[c] += pooling * dPooled[c] + score * weight[c] }
        }
      }
    }
    let sums = ChannelSums.reduce(
      units: count * cells, width: channels, scratch: scratch, lanes: lanes
    ) { cell, sum in
      let (feature, score) = (x + cell * channels, dAttention[cell])
      for c in 0..<channels { sum[c] += score * feature[c] }
    }
    for c in 0..<channels { gradients.attentionWeight[c] += Float(sums[c]) }
    var bias = 0.0
    for cell in 0..<(count * cells) { bias += Double(dAttention[cell]) }
    gradients.attentionBias[0] += Float(bias)
  }

  /// Scores to a map, in place.
  private func normalise(_ map: UnsafeMutablePointer<Float>) {
    switch kind {
    case .softmax: softmax(map, cells)
    case .sigmoid:
      for cell in 0..<cells { map[cell] = sigmoid(map[cell]) }
    }
  }

  /// The gradient with respect to the map becomes the one with respect to the scores, in place.
  private func scoreGradient(_ map: UnsafePointer<Float>, _ dMap: UnsafeMutablePointer<Float>) {
    switch kind {
    case .softmax:
      var mean: Float = 0
      for cell in 0..<cells { mean += map[cell] * dMap[cell] }
      for cell in 0..<cells { dMap[cell] = map[cell] * (dMap[cell] - mean) }
    case .sigmoid:
      for cell in 0..<cells { dMap[cell] *= map[cell] * (1 - map[cell]) }
    }
  }
}
