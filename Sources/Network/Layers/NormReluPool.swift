import TensorCore

/// Batch normalisation, ReLU and (optionally) 2×2 max-pooling in one layer.
///
/// z = max(0, γ·(y − μ)/√(σ² + ε) + β), pooled with stride 2; odd last rows and columns are dropped, as
/// PyTorch's MaxPool2d(2) does. While training, μ and σ² (biased) are the batch's, over count·height·width;
/// the running mean and the unbiased running variance move towards them by the momentum 0.1 (Ioffe and
/// Szegedy, 2015; PyTorch's BatchNorm2d). In evaluation the running values are used: see `folded`.
package struct NormReluPool: Sendable {
  package static let epsilon: Float = 1e-5
  package static let momentum: Float = 0.1

  /// The grid before pooling.
  package let grid: GridSize
  package let channels: Int
  package let pools: Bool

  package init(grid: GridSize, channels: Int, pools: Bool) {
    self.grid = grid
    self.channels = channels
    self.pools = pools
  }

  /// The grid after pooling.
  package var outputGrid: GridSize {
    pools ? GridSize(height: grid.height / 2, width: grid.width / 2) : grid
  }

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

  /// Fills the scratch's scale and shift, which make γ·(y − μ)/√(σ² + ε) + β out of y.
  private func setAffine(
    _ scratch: ChannelScratch, gamma: UnsafePointer<Float>, beta: UnsafePointer<Float>,
    _ statistics: Statistics
  ) {
    for c in 0..<channels {
      scratch.scale[c] = gamma[c] * statistics.inverseDeviation[c]
      scratch.shift[c] = beta[c] - statistics.mean[c] * scratch.scale[c]
    }
  }

  /// Training pass.
  /// - Parameters:
  ///   - y: [count, grid.height, grid.width, channels].
  ///   - z: [count, outputGrid.height, outputGrid.width, channels]; overwritten.
  ///   - statistics: overwritten.
  ///   - runningMean: moved, as is runningVariance.
  ///   - scratch: for at least this many channels and lanes.
  package func forward(
    _ y: UnsafePointer<Float>, gamma: UnsafePointer<Float>, beta: UnsafePointer<Float>,
    into z: UnsafeMutablePointer<Float>, count: Int, statistics: Statistics,
    runningMean: UnsafeMutablePointer<Float>, runningVariance: UnsafeMutablePointer<Float>,
    scratch: ChannelScratch, lanes: Lanes
  ) {
    let cells = count * grid.count
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
    setAffine(scratch, gamma: gamma, beta: beta, statistics)
    activate(
      y, scale: scratch.scale, shift: scratch.shift, into: z, count: count, lanes: lanes)
  }

  /// z = max(0, scale·y + shift), pooled.
  package func activate(
    _ y: UnsafePointer<Float>, scale: UnsafePointer<Float>, shift: UnsafePointer<Float>,
    into z: UnsafeMutablePointer<Float>, count: Int, lanes: Lanes
  ) {
    let output = outputGrid
    let channels = channels
    lanes.run(over: count * output.height) { _, rows in
      for row in rows {
        var target = z + row * output.width * channels
        guard pools else {
          let source = y + row * output.width * channels
          for j in 0..<output.width {
            let cell = source + j * channels
            for c in 0..<channels { target[c] = max(0, cell[c] * scale[c] + shift[c]) }
            target += channels
          }
          continue
        }
        let (image, i) = row.quotientAndRemainder(dividingBy: output.height)
        let upper = y + (image * grid.height + 2 * i) * grid.width * channels
        let lower = upper + grid.width * channels
        for j in 0..<output.width {
          let (a, b) = (upper + 2 * j * channels, upper + (2 * j + 1) * channels)
          let (d, e) = (lower + 2 * j * channels, lower + (2 * j + 1) * channels)
          for c in 0..<channels {
            let (s, t) = (scale[c], shift[c])
            let top = max(a[c] * s + t, b[c] * s + t)
            let bottom = max(d[c] * s + t, e[c] * s + t)
            target[c] = max(0, max(top, bottom))
          }
          target += channels
        }
      }
    }
  }

  /// - Parameters:
  ///   - y: as in `forward`; on return it holds the gradient with respect to y.
  ///   - dz: [count, outputGrid.height, outputGrid.width, channels].
  ///   - dGamma: accumulated into, as is dBeta.
  package func backward(
    inPlace y: UnsafeMutablePointer<Float>, dz: UnsafePointer<Float>, gamma: UnsafePointer<Float>,
    beta: UnsafePointer<Float>, dGamma: UnsafeMutablePointer<Float>,
    dBeta: UnsafeMutablePointer<Float>, count: Int, statistics: Statistics,
    scratch: ChannelScratch, lanes: Lanes
  ) {
    setAffine(scratch, gamma: gamma, beta: beta, statistics)
    let backward = NormReluPoolBackward(layer: self, statistics: statistics, scratch: scratch)
    let sums = backward.sums(y, dz: dz, count: count, lanes: lanes)
    backward.setShare(of: sums, count: count)
    for c in 0..<channels {
      dBeta[c] += Float(sums.beta[c])
      dGamma[c] += Float(sums.gamma[c])
    }
    backward.replace(y, dz: dz, count: count, lanes: lanes)
  }
}
