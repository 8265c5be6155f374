import TensorCore

/// Batch normalisation, ReLU and (optionally) 2×2 max-pooling in one layer.
///
/// z = max(0, γ·(y − μ)/√(σ² + ε) + β), pooled with stride 2; odd last rows and columns are dropped, as
/// PyTorch's MaxPool2d(2) does. See `BatchNorm` for μ and σ; evaluation calls `activate` alone.
package struct NormReluPool: Sendable {
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

  private var norm: BatchNorm { BatchNorm(channels: channels) }

  /// Training pass.
  /// - Parameters:
  ///   - y: [count, grid.height, grid.width, channels].
  ///   - z: [count, outputGrid.height, outputGrid.width, channels]; overwritten.
  ///   - statistics: overwritten.
  ///   - runningMean: moved, as is runningVariance.
  ///   - scratch: for at least this many channels and lanes.
  package func forward(
    _ y: UnsafePointer<Float>, gamma: UnsafePointer<Float>, beta: UnsafePointer<Float>,
    into z: UnsafeMutablePointer<Float>, count: Int, statistics: BatchNorm.Statistics,
    runningMean: UnsafeMutablePointer<Float>, runningVariance: UnsafeMutablePointer<Float>,
    scratch: ChannelScratch, lanes: Lanes
  ) {
    norm.measure(
      y, cells: count * grid.count, into: statistics, runningMean: runningMean,
      runningVariance: runningVariance, scratch: scratch, lanes: lanes)
    norm.setAffine(scratch.affine, gamma: gamma, beta: beta, statistics)
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
    dBeta: UnsafeMutablePointer<Float>, count: Int, statistics: BatchNorm.Statistics,
    scratch: ChannelScratch, lanes: Lanes
  ) {
    norm.setAffine(scratch.affine, gamma: gamma, beta: beta, statistics)
    let backward = NormReluPoolBackward(
      layer: self, mean: UnsafePointer(statistics.mean), scratch: scratch)
    let totals = backward.sums(y, dz: dz, count: count, lanes: lanes)
    norm.distribute(
      norm.sums(totals, statistics), cells: count * grid.count, dGamma: dGamma, dBeta: dBeta,
      statistics, scratch)
    backward.replace(y, dz: dz, count: count, lanes: lanes)
  }
}
