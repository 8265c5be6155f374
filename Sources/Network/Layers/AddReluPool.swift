import TensorCore

/// The end of a residual block: two branches are added, then ReLU and (optionally) 2×2 max-pooling.
///
/// sum = (s⊙y + t) + (s′⊙x + t′), z = max(0, sum) pooled as in `NormReluPool`, whose kernels run here with the
/// identity for a normalisation. The affine maps are batch norms', or the identity for an input that
/// goes past the block untouched.
package struct AddReluPool: Sendable {
  private let pool: NormReluPool

  package init(grid: GridSize, channels: Int, pools: Bool) {
    pool = NormReluPool(grid: grid, channels: channels, pools: pools)
  }

  /// A branch on its way into the sum.
  package struct Branch {
    /// [cells, channels].
    package let values: UnsafePointer<Float>
    package let affine: BatchNorm.Affine

    package init(values: UnsafePointer<Float>, affine: BatchNorm.Affine) {
      self.values = values
      self.affine = affine
    }
  }

  /// - Parameter sum: [count, grid.height, grid.width, channels]; overwritten.
  package func add(
    _ first: Branch, _ second: Branch, into sum: UnsafeMutablePointer<Float>, count: Int,
    lanes: Lanes
  ) {
    let channels = pool.channels
    let (a, b) = (first.values, second.values)
    let (scaleA, shiftA) = (UnsafePointer(first.affine.scale), UnsafePointer(first.affine.shift))
    let (scaleB, shiftB) = (UnsafePointer(second.affine.scale), UnsafePointer(second.affine.shift))
    lanes.run(over: count * pool.grid.count) { _, cells in
      for cell in cells {
        let place = cell * channels
        let (x, y, target) = (a + place, b + place, sum + place)
        for c in 0..<channels {
          target[c] = (x[c] * scaleA[c] + shiftA[c]) + (y[c] * scaleB[c] + shiftB[c])
        }
      }
    }
  }

  /// - Parameters:
  ///   - sum: from `add`.
  ///   - identity: scales of 1, shifts of 0.
  ///   - z: [count, outputGrid.height, outputGrid.width, channels]; overwritten.
  package func activate(
    _ sum: UnsafePointer<Float>, identity: BatchNorm.Affine, into z: UnsafeMutablePointer<Float>,
    count: Int, lanes: Lanes
  ) {
    pool.activate(
      sum, scale: identity.scale, shift: identity.shift, into: z, count: count, lanes: lanes)
  }

  /// - Parameters:
  ///   - sum: from `add`; on return it holds the gradient with respect to the sum.
  ///   - dz: the gradient with respect to z.
  ///   - zeros: [channels].
  ///   - scratch: for at least this many channels and lanes.
  package func backward(
    inPlace sum: UnsafeMutablePointer<Float>, dz: UnsafePointer<Float>,
    zeros: UnsafePointer<Float>, count: Int, scratch: ChannelScratch, lanes: Lanes
  ) {
    scratch.scale.update(repeating: 1, count: pool.channels)
    scratch.shift.update(repeating: 0, count: pool.channels)
    scratch.constant.update(repeating: 0, count: pool.channels)
    scratch.slope.update(repeating: 0, count: pool.channels)
    NormReluPoolBackward(layer: pool, mean: zeros, scratch: scratch)
      .replace(sum, dz: dz, count: count, lanes: lanes)
  }
}
