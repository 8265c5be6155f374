extension AttentionExit {
  /// Grad-CAM (Selvaraju et al., 2017) on the block's output X for a class's logit y:
  ///
  ///     map_i = max(0, Σ_k α_k·X_ik),  α_k = (1/cells)·Σ_i ∂y/∂X_ik.
  ///
  /// The gradient goes through the pooling and through the attention module: with w the head's row of the class, a the
  /// attention's weights, f the pooling factor and u_i = f·(w·X_i) = ∂y/∂A_i,
  ///
  ///     ∂y/∂X_i = f·A_i·w + s_i·a,  s_i = A_i·(u_i − Σ_j A_j·u_j) (softmax) or u_i·A_i·(1 − A_i) (sigmoid).
  ///
  /// For softmax Σ s_i = 0 and Σ A_i = 1, so α = w/cells whatever the attention: the map is max(0, w·X_i)/cells, and
  /// its agreement with A says whether the attention lies where the features speak for the class.
  ///
  /// - Parameters:
  ///   - x: one image, [cells, channels].
  ///   - attention: the map of that image, [cells].
  ///   - result: [cells]; overwritten.
  package func gradCAM(
    _ x: UnsafePointer<Float>, _ parameters: Parameters, attention: UnsafePointer<Float>,
    label: Int, into result: UnsafeMutablePointer<Float>
  ) {
    precondition(0 <= label && label < classes, "class \(label) of \(classes)")
    let (cells, channels) = (grid.count, channels)
    let head = parameters.headWeight + label * channels
    let factor = kind == .softmax ? 1 : 1 / Double(cells)
    var gradients = [Double](repeating: 0, count: cells)
    var attended = 0.0
    var mean = 0.0
    for cell in 0..<cells {
      gradients[cell] = factor * Self.dot(x + cell * channels, head, channels)
      attended += Double(attention[cell])
      mean += Double(attention[cell]) * gradients[cell]
    }
    var scores = 0.0
    for cell in 0..<cells {
      let value = Double(attention[cell])
      switch kind {
      case .softmax: scores += value * (gradients[cell] - mean)
      case .sigmoid: scores += gradients[cell] * value * (1 - value)
      }
    }
    let weights = (0..<channels).map { channel in
      (factor * attended * Double(head[channel])
        + scores * Double(parameters.attentionWeight[channel])) / Double(cells)
    }
    for cell in 0..<cells {
      var sum = 0.0
      for channel in 0..<channels { sum += weights[channel] * Double(x[cell * channels + channel]) }
      result[cell] = Float(max(0, sum))
    }
  }

  private static func dot(
    _ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>, _ count: Int
  ) -> Double {
    var sum = 0.0
    for index in 0..<count { sum += Double(first[index]) * Double(second[index]) }
    return sum
  }
}
