import TensorCore

/// With g the gradient at γ·x̂ + β and M cells: dβ = Σ g, dγ = Σ g·x̂, dy = γ/σ · (g − dβ/M − x̂·dγ/M).
extension BatchNorm {
  /// [channels] each, valid until the scratch is used again.
  struct Sums {
    /// Σ g.
    let beta: UnsafePointer<Double>
    /// Σ g·(y − μ) / σ.
    let gamma: UnsafePointer<Double>
  }

  /// - Parameter totals: Σ g, then Σ g·(y − μ); [2·channels]. Changed.
  func sums(_ totals: UnsafeMutablePointer<Double>, _ statistics: Statistics) -> Sums {
    for c in 0..<channels { totals[channels + c] *= Double(statistics.inverseDeviation[c]) }
    return Sums(beta: UnsafePointer(totals), gamma: UnsafePointer(totals + channels))
  }

  /// Adds the sums to the gradients of γ and β, and sets what the batch takes from every gradient,
  /// constant + slope·(y − μ), in the scratch, whose scale is set.
  func distribute(
    _ sums: Sums, cells: Int, dGamma: UnsafeMutablePointer<Float>,
    dBeta: UnsafeMutablePointer<Float>, _ statistics: Statistics, _ scratch: ChannelScratch
  ) {
    for c in 0..<channels {
      let scale = Double(scratch.scale[c])
      scratch.constant[c] = Float(scale * sums.beta[c] / Double(cells))
      scratch.slope[c] = Float(
        scale * Double(statistics.inverseDeviation[c]) * sums.gamma[c] / Double(cells))
      dBeta[c] += Float(sums.beta[c])
      dGamma[c] += Float(sums.gamma[c])
    }
  }

  /// - Parameters:
  ///   - y: [cells, channels] as measured; on return it holds the gradient with respect to y.
  ///   - g: [cells, channels], the gradient at the normalised values.
  ///   - dGamma: accumulated into, as is dBeta.
  ///   - scratch: for at least this many channels and lanes.
  func backward(
    inPlace y: UnsafeMutablePointer<Float>, g: UnsafePointer<Float>, gamma: UnsafePointer<Float>,
    beta: UnsafePointer<Float>, dGamma: UnsafeMutablePointer<Float>,
    dBeta: UnsafeMutablePointer<Float>, cells: Int, statistics: Statistics,
    scratch: ChannelScratch, lanes: Lanes
  ) {
    let channels = channels
    let mean = UnsafePointer(statistics.mean)
    let totals = ChannelSums.reduce(
      units: cells, width: 2 * channels, scratch: scratch, lanes: lanes
    ) { unit, sum in
      let (cell, gradient) = (y + unit * channels, g + unit * channels)
      let (beta, gamma) = (sum, sum + channels)
      for c in 0..<channels {
        beta[c] += gradient[c]
        gamma[c] += gradient[c] * (cell[c] - mean[c])
      }
    }
    setAffine(scratch.affine, gamma: gamma, beta: beta, statistics)
    distribute(
      sums(totals, statistics), cells: cells, dGamma: dGamma, dBeta: dBeta, statistics, scratch)
    let (scale, constant, slope) = (
      UnsafePointer(scratch.scale), UnsafePointer(scratch.constant), UnsafePointer(scratch.slope)
    )
    lanes.run(over: cells) { _, range in
      for unit in range {
        let (cell, gradient) = (y + unit * channels, g + unit * channels)
        for c in 0..<channels {
          cell[c] = scale[c] * gradient[c] - (constant[c] + slope[c] * (cell[c] - mean[c]))
        }
      }
    }
  }
}
