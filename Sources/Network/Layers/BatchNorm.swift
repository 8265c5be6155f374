import TensorCore

/// Batch normalisation: γ·(y − μ)/√(σ² + ε) + β (Ioffe and Szegedy, 2015; PyTorch's BatchNorm2d).
///
/// While training, μ and σ² (biased) are the batch's, over count·height·width; the running mean and the
/// unbiased running variance move towards them by the momentum 0.1. In evaluation the running values are used.
/// What uses the normalised values is fused with them, so here is only what all users share.
package struct BatchNorm: Sendable {
  package static let epsilon: Float = 1e-5
  package static let momentum: Float = 0.1

  package let channels: Int

  package init(channels: Int) { self.channels = channels }

  /// The batch's statistics, kept for the backward pass: [channels] each.
  package struct Statistics {
    package let mean: UnsafeMutablePointer<Float>
    /// 1/√(σ² + ε).
    package let inverseDeviation: UnsafeMutablePointer<Float>

    package init(
      mean: UnsafeMutablePointer<Float>, inverseDeviation: UnsafeMutablePointer<Float>
    ) {
      self.mean = mean
      self.inverseDeviation = inverseDeviation
    }
  }

  /// What makes the normalised value out of y: scale·y + shift. [channels] each.
  package struct Affine {
    package let scale: UnsafeMutablePointer<Float>
    package let shift: UnsafeMutablePointer<Float>

    package init(scale: UnsafeMutablePointer<Float>, shift: UnsafeMutablePointer<Float>) {
      self.scale = scale
      self.shift = shift
    }
  }

  /// Measures a batch and moves the running statistics.
  /// - Parameters:
  ///   - y: [cells, channels].
  ///   - statistics: overwritten.
  ///   - runningMean: moved, as is runningVariance.
  ///   - scratch: for at least this many channels and lanes.
  func measure(
    _ y: UnsafePointer<Float>, cells: Int, into statistics: Statistics,
    runningMean: UnsafeMutablePointer<Float>, runningVariance: UnsafeMutablePointer<Float>,
    scratch: ChannelScratch, lanes: Lanes
  ) {
    precondition(cells > 1, "batch statistics need more than one value a channel, got \(cells)")
    // Two passes, because E[y²] − E[y]² loses digits where the mean is large.
    let sums = ChannelSums.sums(
      of: y, cells: cells, channels: channels, scratch: scratch, lanes: lanes)
    let mean = statistics.mean
    for c in 0..<channels { mean[c] = Float(sums[c] / Double(cells)) }
    let squares = ChannelSums.squares(
      of: y, minus: mean, cells: cells, channels: channels, scratch: scratch, lanes: lanes)
    for c in 0..<channels {
      let variance = squares[c] / Double(cells)
      statistics.inverseDeviation[c] = Float(1 / (variance + Double(Self.epsilon)).squareRoot())
      let unbiased = Float(squares[c] / Double(cells - 1))
      runningMean[c] += Self.momentum * (mean[c] - runningMean[c])
      runningVariance[c] += Self.momentum * (unbiased - runningVariance[c])
    }
  }

  /// The batch's affine map.
  func setAffine(
    _ affine: Affine, gamma: UnsafePointer<Float>, beta: UnsafePointer<Float>,
    _ statistics: Statistics
  ) {
    for c in 0..<channels {
      affine.scale[c] = gamma[c] * statistics.inverseDeviation[c]
      affine.shift[c] = beta[c] - statistics.mean[c] * affine.scale[c]
    }
  }

  /// The affine map of evaluation: scale = γ/√(σ² + ε), shift = β − μ·scale.
  func setAffine(
    _ affine: Affine, gamma: UnsafePointer<Float>, beta: UnsafePointer<Float>,
    runningMean: UnsafePointer<Float>, runningVariance: UnsafePointer<Float>
  ) {
    for c in 0..<channels {
      affine.scale[c] = gamma[c] / (runningVariance[c] + Self.epsilon).squareRoot()
      affine.shift[c] = beta[c] - runningMean[c] * affine.scale[c]
    }
  }
}
