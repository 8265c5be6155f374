import TensorCore

/// The backward pass of `NormReluPool`, which recomputes activations instead of keeping them.
///
/// The gradient of a pooled cell goes to the first of the four largest values, in reading order, where that
/// is positive: PyTorch's rule. See `BatchNorm+Backward` for what becomes of it.
struct NormReluPoolBackward {
  let layer: NormReluPool
  /// μ, [channels].
  let mean: UnsafePointer<Float>
  /// Its scale and shift are set.
  let scratch: ChannelScratch

  /// Σ g, then Σ g·(y − μ): [2·channels], valid until the scratch is used again.
  func sums(
    _ y: UnsafePointer<Float>, dz: UnsafePointer<Float>, count: Int, lanes: Lanes
  ) -> UnsafeMutablePointer<Double> {
    let (channels, grid, output) = (layer.channels, layer.grid, layer.outputGrid)
    let (scale, shift, mean) = parameters
    let pooledWidth = output.width
    return ChannelSums.reduce(
      units: count * output.count, width: 2 * channels, scratch: scratch, lanes: lanes
    ) { unit, sum in
      let gradient = dz + unit * channels
      let (beta, gamma) = (sum, sum + channels)
      guard layer.pools else {
        let cell = y + unit * channels
        for c in 0..<channels {
          let g = cell[c] * scale[c] + shift[c] > 0 ? gradient[c] : 0
          beta[c] += g
          gamma[c] += g * (cell[c] - mean[c])
        }
        return
      }
      let (row, j) = unit.quotientAndRemainder(dividingBy: pooledWidth)
      let (image, i) = row.quotientAndRemainder(dividingBy: output.height)
      let a = y + ((image * grid.height + 2 * i) * grid.width + 2 * j) * channels
      let b = a + channels
      let d = a + grid.width * channels
      let e = d + channels
      addPooled(a, b, d, e, gradient, scale, shift, mean, beta: beta, gamma: gamma)
    }
  }

  /// Adds what one pooled cell contributes to Σ g and Σ g·(y − μ).
  @inline(__always)
  private func addPooled(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ d: UnsafePointer<Float>,
    _ e: UnsafePointer<Float>, _ gradient: UnsafePointer<Float>, _ scale: UnsafePointer<Float>,
    _ shift: UnsafePointer<Float>, _ mean: UnsafePointer<Float>,
    beta: UnsafeMutablePointer<Float>, gamma: UnsafeMutablePointer<Float>
  ) {
    let channels = layer.channels
    var c = 0
    // As in `route`: the selections stay scalar in a plain loop.
    while c + 8 <= channels {
      let (s, t) = (load8(scale + c), load8(shift + c))
      // The affine map may have a negative slope, so compare its values, not y.
      var winner = load8(a + c)
      var best = winner * s + t
      for cell in [b, d, e] {
        let y = load8(cell + c)
        let value = y * s + t
        let isLarger = value .> best
        winner.replace(with: y, where: isLarger)
        best.replace(with: value, where: isLarger)
      }
      let zero = SIMD8<Float>.zero
      let g = zero.replacing(with: load8(gradient + c), where: best .> zero)
      store8(load8(beta + c) + g, to: beta + c)
      store8(load8(gamma + c) + g * (winner - load8(mean + c)), to: gamma + c)
      c += 8
    }
    while c < channels {
      let (s, t) = (scale[c], shift[c])
      var winner = a[c]
      for cell in [b, d, e] where cell[c] * s + t > winner * s + t { winner = cell[c] }
      let g = winner * s + t > 0 ? gradient[c] : 0
      beta[c] += g
      gamma[c] += g * (winner - mean[c])
      c += 1
    }
  }

  /// Replaces y by its gradient; the scratch's constant and slope are set.
  func replace(
    _ y: UnsafeMutablePointer<Float>, dz: UnsafePointer<Float>, count: Int, lanes: Lanes
  ) {
    let (channels, grid, output) = (layer.channels, layer.grid, layer.outputGrid)
    let (scale, shift, mean) = parameters
    let (constant, slope) = (UnsafePointer(scratch.constant), UnsafePointer(scratch.slope))
    func withoutGradient(_ cell: UnsafeMutablePointer<Float>) {
      for c in 0..<channels { cell[c] = -(constant[c] + slope[c] * (cell[c] - mean[c])) }
    }
    guard layer.pools else {
      lanes.run(over: count * grid.count) { _, range in
        for unit in range {
          let (cell, gradient) = (y + unit * channels, dz + unit * channels)
          for c in 0..<channels {
            let g = cell[c] * scale[c] + shift[c] > 0 ? gradient[c] : 0
            cell[c] = scale[c] * g - (constant[c] + slope[c] * (cell[c] - mean[c]))
          }
        }
      }
      return
    }
    lanes.run(over: count * grid.height) { _, rows in
      var row = rows.lowerBound
      while row < rows.upperBound {
        let (image, i) = row.quotientAndRemainder(dividingBy: grid.height)
        let start = y + row * grid.width * channels
        if i / 2 >= output.height {
          for j in 0..<grid.width { withoutGradient(start + j * channels) }
          row += 1
          continue
        }
        // A lane that starts or ends inside a pair of rows leaves the pair to the lane that holds
        // its upper row.
        if i % 2 == 1 {
          row += 1
          continue
        }
        let gradientRow = dz + (image * output.height + i / 2) * output.width * channels
        for j in 0..<output.width {
          let a = start + 2 * j * channels
          let d = a + grid.width * channels
          route(
            a, a + channels, d, d + channels, gradientRow + j * channels, scale, shift, mean,
            constant, slope)
        }
        if grid.width % 2 == 1 {
          let last = start + (grid.width - 1) * channels
          withoutGradient(last)
          withoutGradient(last + grid.width * channels)
        }
        row += 2
      }
    }
  }

  /// Gives the gradient of one pooled cell to its winner, and the batch's share to all four.
  @inline(__always)
  private func route(
    _ a: UnsafeMutablePointer<Float>, _ b: UnsafeMutablePointer<Float>,
    _ d: UnsafeMutablePointer<Float>, _ e: UnsafeMutablePointer<Float>,
    _ gradient: UnsafePointer<Float>, _ scale: UnsafePointer<Float>,
    _ shift: UnsafePointer<Float>, _ mean: UnsafePointer<Float>, _ constant: UnsafePointer<Float>,
    _ slope: UnsafePointer<Float>
  ) {
    let channels = layer.channels
    var c = 0
    // The selections below stay scalar in a plain loop.
    while c + 8 <= channels {
      let (s, t, m) = (load8(scale + c), load8(shift + c), load8(mean + c))
      let (k, l) = (load8(constant + c), load8(slope + c))
      let (ya, yb, yd, ye) = (load8(a + c), load8(b + c), load8(d + c), load8(e + c))
      let (va, vb, vd, ve) = (ya * s + t, yb * s + t, yd * s + t, ye * s + t)
      let best = larger8(larger8(va, vb), larger8(vd, ve))
      let zero = SIMD8<Float>.zero
      let g = zero.replacing(with: s * load8(gradient + c), where: best .> zero)
      let toA = va .== best
      let toB = (vb .== best) .& .!toA
      let toD = (vd .== best) .& .!(toA .| toB)
      let toE = .!(toA .| toB .| toD)
      store8(zero.replacing(with: g, where: toA) - (k + l * (ya - m)), to: a + c)
      store8(zero.replacing(with: g, where: toB) - (k + l * (yb - m)), to: b + c)
      store8(zero.replacing(with: g, where: toD) - (k + l * (yd - m)), to: d + c)
      store8(zero.replacing(with: g, where: toE) - (k + l * (ye - m)), to: e + c)
      c += 8
    }
    while c < channels {
      let (s, t, m, k, l) = (scale[c], shift[c], mean[c], constant[c], slope[c])
      let (ya, yb, yd, ye) = (a[c], b[c], d[c], e[c])
      let (va, vb, vd, ve) = (ya * s + t, yb * s + t, yd * s + t, ye * s + t)
      let best = max(max(va, vb), max(vd, ve))
      let g = best > 0 ? s * gradient[c] : 0
      let toA = va == best
      let toB = !toA && vb == best
      let toD = !toA && !toB && vd == best
      let toE = !toA && !toB && !toD
      a[c] = (toA ? g : 0) - (k + l * (ya - m))
      b[c] = (toB ? g : 0) - (k + l * (yb - m))
      d[c] = (toD ? g : 0) - (k + l * (yd - m))
      e[c] = (toE ? g : 0) - (k + l * (ye - m))
      c += 1
    }
  }

  private var parameters:
    (scale: UnsafePointer<Float>, shift: UnsafePointer<Float>, mean: UnsafePointer<Float>)
  {
    (UnsafePointer(scratch.scale), UnsafePointer(scratch.shift), mean)
  }
}
