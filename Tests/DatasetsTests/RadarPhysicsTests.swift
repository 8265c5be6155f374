import Datasets
import Foundation
import Testing

/// One scatterer through the whole chain: does it appear where physics puts it?
struct RadarPhysicsTests {
  /// A point at a range (m), with an approach speed (m/s), in a direction (sin θ).
  struct Target: Sendable, CustomStringConvertible {
    var range: Double
    var approach: Double
    var sine: Double

    var description: String { "\(range) m, \(approach) m/s, sin θ \(sine)" }

    /// At a time from the frame's middle.
    func position(at time: Double) -> SIMD3<Double> {
      let range = range - approach * time
      return SIMD3(range * sine, range * (1 - sine * sine).squareRoot(), 0)
    }

    var track: ScattererTrack {
      let half = 16 * RadarParameters.chirpInterval
      return ScattererTrack(
        start: position(at: -half), middle: position(at: 0), end: position(at: half),
        reflectivity: 0.07)
    }
  }

  static let targets = [
    Target(range: 0.6424, approach: 1.084, sine: 0.25),
    Target(range: 0.6424, approach: -1.084, sine: -0.25),
    Target(range: 0.3, approach: 0.5, sine: 0.5),
    Target(range: 0.45, approach: -2.0, sine: 0),
    Target(range: 1.2, approach: 2.2, sine: -0.6),
    Target(range: 0.25, approach: 0.25, sine: 0.1),
  ]

  /// The power of each range–Doppler cell, [range, Doppler in the transform's order].
  private static func map(
    _ tracks: [ScattererTrack], removingClutter: Bool = false
  ) -> [Float] {
    var transform = RangeDopplerTransform()
    fill(&transform, with: tracks)
    transform.transform(removingClutter: removingClutter)
    return (0..<64 * 64).map { transform.map[$0].power.sum() }
  }

  private static func fill(_ transform: inout RangeDopplerTransform, with tracks: [ScattererTrack])
  {
    var signal = BeatSignal(tracks)
    for chirp in 0..<RadarParameters.chirpsPerFrame {
      let row = transform.chirpSamples + chirp * RadarParameters.samplesPerChirp
      for sample in 0..<RadarParameters.samplesPerChirp { row[sample] = .zero }
      signal.addNextChirp(to: row)
    }
  }

  private static func peak(_ values: [Float]) -> Int {
    values.indices.max { values[$0] < values[$1] }!
  }

  @Test(arguments: targets)
  func appearsAtItsRangeVelocityAndAngle(target: Target) {
    var transform = RangeDopplerTransform()
    Self.fill(&transform, with: [target.track])
    transform.transform(removingClutter: false)
    let power = (0..<64 * 64).map { transform.map[$0].power.sum() }
    let cell = Self.peak(power)
    let (range, doppler) = (cell / 64, cell % 64)
    #expect(abs(Double(range) - RadarParameters.rangeRow(target.range)) <= 0.75)
    let dopplerRow = (doppler + 32) % 64
    #expect(
      abs(Double(dopplerRow) - RadarParameters.dopplerRow(approach: target.approach)) <= 1)

    var beams = [Float](repeating: 0, count: 64)
    let strongest = (0..<64).map { row in Self.peak(Array(power[row * 64..<row * 64 + 64])) }
    let spectrum = AngleSpectrum()
    beams.withUnsafeMutableBufferPointer {
      spectrum.measure(map: transform.map, strongest: strongest, power: $0.baseAddress!)
    }
    #expect(
      abs(Double(Self.peak(beams)) - RadarParameters.angleRow(sine: target.sine)) <= 1)
  }

  @Test(arguments: targets)
  func appearsInThePicturesRows(target: Target) {
    var transform = RangeDopplerTransform()
    Self.fill(&transform, with: [target.track])
    transform.transform(removingClutter: false)
    var image = RadarImage()
    for column in 0..<64 where column != 7 { image.setColumn(column, from: transform.map) }
    var pixels = [UInt8](repeating: 0, count: 64 * 64 * 3)
    pixels.withUnsafeMutableBufferPointer { image.write(to: $0.baseAddress!) }
    // The brightest pixels of any column, and nothing in the one left out.
    let expected = [
      RadarParameters.dopplerRow(approach: target.approach), RadarParameters.rangeRow(target.range),
      RadarParameters.angleRow(sine: target.sine),
    ]
    for channel in 0..<3 {
      let column = (0..<64).map { pixels[($0 * 64 + 5) * 3 + channel] }
      let brightest = (0..<64).filter { column[$0] == column.max()! }
      let centre = Double(brightest.reduce(0, +)) / Double(brightest.count)
      #expect(abs(centre - expected[channel]) <= 1.5, "channel \(channel): \(brightest)")
      #expect((0..<64).allSatisfy { pixels[($0 * 64 + 7) * 3 + channel] == 0 })
    }
  }

  /// A radial way at constant speed is followed exactly by every sample; an accelerated one by
  /// sample 0, while the beat frequency follows the chord of the range.
  @Test(arguments: [
    (
      ScattererTrack(
        start: SIMD3(0.1, 0.5, 0.02), middle: SIMD3(0.098, 0.49, 0.0196),
        end: SIMD3(0.096, 0.48, 0.0192), reflectivity: 0.3), [0, 1, 2, 3, 4, 31, 62, 63]
    ),
    (
      ScattererTrack(
        start: SIMD3(0.1, 0.5, 0.02), middle: SIMD3(0.102, 0.494, 0.02),
        end: SIMD3(0.105, 0.485, 0.02), reflectivity: 0.3), [0]
    ),
  ])
  func beatSignalIsItsFormula(track: ScattererTrack, samplesToCheck: [Int]) {
    func length(_ p: SIMD3<Double>) -> Double { (p * p).sum().squareRoot() }
    let (first, middle, last) = (length(track.start), length(track.middle), length(track.end))
    let amplitude = 0.3 / (middle * middle) * track.middle.y / middle
    var signal = BeatSignal([track])
    for chirp in 0..<32 {
      var samples = [ComplexLanes](repeating: .zero, count: 64)
      samples.withUnsafeMutableBufferPointer { signal.addNextChirp(to: $0.baseAddress!) }
      // Lagrange's parabola through the three ranges.
      let u = Double(chirp) / 32
      let range =
        first * (1 - u) * (1 - 2 * u) + middle * 4 * u * (1 - u) + last * u * (2 * u - 1)
      for sample in samplesToCheck {
        for receiver in 0..<8 {
          let frequency = 60.5e9 + 7e9 * (Double(sample) / 64 - 0.5)
          let phase =
            4 * Double.pi / 299_792_458 * frequency * range
            - Double.pi * Double(receiver) * track.middle.x / middle
          let value = samples[sample]
          #expect(abs(Double(value.re[receiver]) - amplitude * cos(phase)) < 1e-4)
          #expect(abs(Double(value.im[receiver]) - amplitude * sin(phase)) < 1e-4)
        }
      }
    }
  }

  @Test func echoesFadeWithTheFourthPowerOfRange() {
    func strongest(_ range: Double) -> Float {
      let resting = ScattererTrack(at: SIMD3(0, range, 0), reflectivity: 0.1)
      return Self.map([resting]).max()!
    }
    // Whole range bins, so that both peaks are sampled alike.
    let near = strongest(16 * RadarParameters.rangeBin)
    let far = strongest(32 * RadarParameters.rangeBin)
    #expect(abs(near / far - 16) < 0.1)
  }

  @Test func restingEchoesAreRemovedAndMovingOnesStay() {
    let resting = ScattererTrack(at: SIMD3(0.2, 0.7, 0), reflectivity: 0.5)
    let moving = Target(range: 0.45, approach: 1, sine: 0).track
    #expect(Self.map([resting], removingClutter: true).max()! < 1e-6 * Self.map([resting]).max()!)
    let kept = Self.map([moving], removingClutter: true).max()! / Self.map([moving]).max()!
    #expect(kept > 0.8 && kept < 1.2)
  }

  @Test func rangesBeyondTheLargestDoNotFold() {
    let inside = Self.map([ScattererTrack(at: SIMD3(0, 1.2, 0), reflectivity: 0.1)]).max()!
    let outside = Self.map([ScattererTrack(at: SIMD3(0, 1.4, 0), reflectivity: 0.1)]).max()!
    #expect(inside > 0 && outside < 1e-9 * inside)
  }

  @Test func velocitiesBeyondTheLargestFold() {
    // λ/2T = 4.96 m/s is the period of the velocity axis.
    let fast = Target(range: 0.8, approach: 3.5, sine: 0)
    let cell = Self.peak(Self.map([fast.track]))
    let folded = 3.5 - RadarParameters.wavelength / (2 * RadarParameters.chirpInterval)
    let row = Double((cell % 64 + 32) % 64)
    #expect(abs(row - RadarParameters.dopplerRow(approach: folded)) <= 1)
  }
}
