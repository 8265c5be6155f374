import Foundation

/// Where the echoes come from: the power of 64 beams, summed over the ranges of a frame.
///
/// From each range bin's strongest Doppler bin the eight receivers, tapered (Hamming, so that the
/// side lobes of a strong echo do not drown a weak one) and padded with zeros, are transformed into
/// beams. Eight range bins are transformed at a time, one a lane.
package struct AngleSpectrum: ~Copyable {
  private let transform = FourierTransform(length: RadarParameters.bins)
  private let taper: [Float]
  private let beams: UnsafeMutablePointer<ComplexLanes>
  private let scratch: UnsafeMutablePointer<ComplexLanes>

  /// Allocates the scratch memory of all later calls: use one from one thread at a time.
  package init() {
    let last = Double(RadarParameters.receivers - 1)
    taper = (0..<RadarParameters.receivers).map { receiver in
      Float(0.54 - 0.46 * cos(2 * Double.pi * Double(receiver) / last))
    }
    beams = .allocate(capacity: RadarParameters.bins)
    beams.initialize(repeating: .zero, count: RadarParameters.bins)
    scratch = .allocate(capacity: RadarParameters.bins)
    scratch.initialize(repeating: .zero, count: RadarParameters.bins)
  }

  deinit {
    beams.deallocate()
    scratch.deallocate()
  }

  /// - Parameters:
  ///   - map: [range, Doppler], as `RangeDopplerTransform.map`.
  ///   - strongest: [range], the Doppler bin to look at.
  ///   - power: [beam], overwritten; beams in order of sin θ from −1, see `RadarParameters.angleRow`.
  package func measure(
    map: UnsafePointer<ComplexLanes>, strongest: [Int], power: UnsafeMutablePointer<Float>
  ) {
    let bins = RadarParameters.bins
    power.update(repeating: 0, count: bins)
    for first in stride(from: 0, to: RadarParameters.samplesPerChirp, by: 8) {
      beams.update(repeating: .zero, count: bins)
      for lane in 0..<8 {
        let cell = map[(first + lane) * bins + strongest[first + lane]]
        for receiver in 0..<RadarParameters.receivers {
          beams[receiver].re[lane] = cell.re[receiver] * taper[receiver]
          beams[receiver].im[lane] = cell.im[receiver] * taper[receiver]
        }
      }
      transform.transform(beams, scratch: scratch)
      for bin in 0..<bins {
        // A point on the right turns backwards along the receivers: bin −k is sin θ = k · beamStep.
        let row = (bins / 2 - bin + bins) % bins
        power[row] += beams[bin].power.total
      }
    }
  }
}
