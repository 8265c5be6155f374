import CDepthwise
import TensorCore

/// Depthwise 3×3 convolution, stride 1, padding 1, without bias: each channel by itself.
///
/// y[n, i, j, c] = Σ_{u, v} w[u, v, c] · x[n, i + u − 1, j + v − 1, c], zeros outside the image.
/// Activations are [count, height, width, channels]; weights [3, 3, channels].
package struct DepthwiseConvolution: Sendable {
  package let grid: GridSize
  package let channels: Int
  private let kernels: DepthwiseKernels

  package init(grid: GridSize, channels: Int, kernels: DepthwiseKernels = .best) {
    self.grid = grid
    self.channels = channels
    self.kernels = kernels
  }

  package var weightCount: Int { 9 * channels }
  /// Channels that the scratch of `backward` must be made for: it sums a number for each weight.
  package var scratchChannels: Int { (weightCount + 1) / 2 }

  /// What an image's row of the result sees.
  private func rows(_ x: UnsafePointer<Float>, at row: Int) -> exl_depthwise_rows {
    let stride = grid.width * channels
    let (i, own) = (row % grid.height, x + row * stride)
    return exl_depthwise_rows(
      above: i > 0 ? own - stride : nil, own: own, below: i + 1 < grid.height ? own + stride : nil)
  }

  /// - Parameters:
  ///   - x: [count, grid.height, grid.width, channels].
  ///   - affine: where given, y is max(0, scale·y + shift).
  ///   - y: as x; overwritten.
  package func forward(
    _ x: UnsafePointer<Float>, weight: UnsafePointer<Float>, affine: BatchNorm.Affine? = nil,
    into y: UnsafeMutablePointer<Float>, count: Int, lanes: Lanes
  ) {
    convolve(x, weight: weight, flips: false, affine, into: y, count: count, lanes: lanes)
  }

  /// - Parameters:
  ///   - dy: [count, grid.height, grid.width, channels].
  ///   - dx: as dy; overwritten. nil where no gradient is wanted.
  ///   - dWeight: accumulated into.
  ///   - scratch: for at least `scratchChannels` channels, and as many lanes.
  package func backward(
    _ x: UnsafePointer<Float>, weight: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>?, dWeight: UnsafeMutablePointer<Float>, count: Int,
    scratch: ChannelScratch, lanes: Lanes
  ) {
    if let dx {
      convolve(dy, weight: weight, flips: true, nil, into: dx, count: count, lanes: lanes)
    }
    let (width, channels) = (grid.width, channels)
    let sums = ChannelSums.reduce(
      units: count * grid.height, width: weightCount, scratch: scratch, lanes: lanes
    ) { row, sum in
      kernels.table.weights(
        rows(x, at: row), dy + row * width * channels, Int32(width), Int32(channels), sum)
    }
    for index in 0..<weightCount { dWeight[index] += Float(sums[index]) }
  }

  private func convolve(
    _ x: UnsafePointer<Float>, weight: UnsafePointer<Float>, flips: Bool,
    _ affine: BatchNorm.Affine?, into y: UnsafeMutablePointer<Float>, count: Int, lanes: Lanes
  ) {
    lanes.run(over: count * grid.height) { _, part in
      for row in part {
        kernels.table.row(
          rows(x, at: row), weight, Int32(grid.width), Int32(channels), flips ? 1 : 0,
          affine?.scale, affine?.shift, y + row * grid.width * channels)
      }
    }
  }
}
