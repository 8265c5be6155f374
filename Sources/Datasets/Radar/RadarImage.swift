import Foundation

/// The picture of a gesture: one column a frame, three channels.
///
/// Channel 0 is Doppler over time, channel 1 range over time, channel 2 angle over time; rows as
/// `RadarParameters.dopplerRow`, `.rangeRow` and `.angleRow` say. A pixel is the power, summed over the
/// axes that the channel does not show, in decibels, between the channel's own floor (its 30th
/// percentile, the noise) at 0 and its own top (its 99.8th percentile, or 15 dB above the floor if that
/// is more) at 255.
package struct RadarImage: ~Copyable {
  /// Bytes of a picture.
  package static let byteCount = RadarParameters.bins * RadarParameters.framesPerGesture * 3

  static let floorQuantile = 0.3
  static let topQuantile = 0.998
  static let leastSpan: Float = 15
  /// Directions are taken from Doppler bins beyond this one, 0.23 m/s: a chest that breathes and a hand
  /// that rests are stronger than a hand that moves.
  static let slowBins = 2

  private let bins = RadarParameters.bins
  private let frames = RadarParameters.framesPerGesture
  private let angles = AngleSpectrum()
  /// [channel, row, column], powers.
  private var powers: [Float]
  private var strongest: [Int]
  private var dopplerLanes: [SIMD8<Float>]
  private var angleColumn: [Float]

  /// A picture of zero power; call `setColumn` for every frame before `write`.
  package init() {
    powers = Array(repeating: 0, count: 3 * RadarParameters.bins * RadarParameters.framesPerGesture)
    strongest = Array(repeating: 0, count: RadarParameters.samplesPerChirp)
    dopplerLanes = Array(repeating: .zero, count: RadarParameters.bins)
    angleColumn = Array(repeating: 0, count: RadarParameters.bins)
  }

  /// Fills one column from a frame's range–Doppler map.
  package mutating func setColumn(_ column: Int, from map: UnsafePointer<ComplexLanes>) {
    // Sums a lane first, over lanes last: a vector's own sum is slow.
    dopplerLanes.withUnsafeMutableBufferPointer { doppler in
      for bin in 0..<bins { doppler[bin] = .zero }
      for range in 0..<RadarParameters.samplesPerChirp {
        let row = map + range * bins
        var echoes = SIMD8<Float>.zero
        var best: Float = -1
        for bin in 0..<bins {
          let power = row[bin].power
          doppler[bin] += power
          echoes += power
          if bin > Self.slowBins && bin < bins - Self.slowBins {
            let sum = power.total
            if sum > best { (best, strongest[range]) = (sum, bin) }
          }
        }
        powers[(bins + range) * frames + column] = echoes.total
      }
    }
    for bin in 0..<bins {
      // Approach turns backwards and is shown upwards: bin 0 (rest) in row 32, bin 63 in row 31.
      powers[((bin + bins / 2) % bins) * frames + column] = dopplerLanes[bin].total
    }
    angleColumn.withUnsafeMutableBufferPointer {
      angles.measure(map: map, strongest: strongest, power: $0.baseAddress!)
    }
    for beam in 0..<bins { powers[(2 * bins + beam) * frames + column] = angleColumn[beam] }
  }

  /// Writes the picture, [64, 64, 3], 8 bits.
  package func write(to pixels: UnsafeMutablePointer<UInt8>) {
    let count = bins * frames
    for channel in 0..<3 {
      let decibels = (0..<count).map { 10 * log10(max(powers[channel * count + $0], 1e-20)) }
      let sorted = decibels.sorted()
      let floor = sorted[Int(Self.floorQuantile * Double(count - 1))]
      let top = max(sorted[Int(Self.topQuantile * Double(count - 1))], floor + Self.leastSpan)
      for cell in 0..<count {
        let value = (decibels[cell] - floor) / (top - floor)
        pixels[cell * 3 + channel] = UInt8((max(0, min(1, value)) * 255).rounded())
      }
    }
  }
}
