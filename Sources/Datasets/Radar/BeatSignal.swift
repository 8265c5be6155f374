import Foundation

/// The beat signal of one frame: what the receivers' mixers put out while the sweep runs.
///
/// A point at range R and direction sin θ = x/R adds to sample n of chirp k at receiver m
///
///     √σ/R² · cos θ' · exp(i·4π/c · (f_c + B·(n/N − ½)) · R_k) · exp(−i·π·m·sin θ)
///
/// with R_k the range when chirp k starts (the point rests during a chirp: stop and hop), cos θ' = y/R
/// the antenna's pattern, and √σ/R² the radar equation for amplitudes. R_k is the parabola through the
/// track's three positions; the beat frequency follows R_k, the direction is the frame's middle one.
/// The low-pass before the converter takes away what lies beyond the largest range, which would fold.
/// A larger R means more turns: beat frequencies are positive, an approaching point has a negative
/// Doppler frequency, and a point on the right a negative spatial frequency.
package struct BeatSignal: Sendable {
  private var points: [Point] = []

  /// The recurrences of one point: three rotations that advance each other from chirp to chirp.
  private struct Point: Sendable {
    /// Amplitude and phase of sample 0, and its turns from chirp to chirp.
    var sample: Rotor
    var sampleTurn: Rotor
    var sampleTurnTurn: Rotor
    /// The turn from sample to sample, and its own turn from chirp to chirp.
    var step: Rotor
    var stepTurn: Rotor
    /// The receivers' phases.
    var steering: ComplexLanes
  }

  /// A complex number in Double.
  private struct Rotor: Sendable {
    var re: Double
    var im: Double

    init(magnitude: Double = 1, angle: Double) {
      re = magnitude * cos(angle)
      im = magnitude * sin(angle)
    }

    mutating func turn(by other: Rotor) {
      (re, im) = (re * other.re - im * other.im, re * other.im + im * other.re)
    }
  }

  /// Prepares a frame of these points.
  package init(_ tracks: [ScattererTrack]) {
    let chirps = Double(RadarParameters.chirpsPerFrame)
    // Radians a metre: of the band's lower edge, and from sample to sample.
    let perMetre = 4 * Double.pi / RadarParameters.lightSpeed
    let edge =
      perMetre * (RadarParameters.centreFrequency - RadarParameters.bandwidth / 2)
    let slope =
      perMetre * RadarParameters.bandwidth / Double(RadarParameters.samplesPerChirp)
    points.reserveCapacity(tracks.count)
    for track in tracks {
      let range = track.middle.length
      precondition(range > 0.01, "a scatterer at least 1 cm away expected, got \(range) m")
      let (first, last) = (track.start.length, track.end.length)
      // R_k = first + linear·k + quadratic·k², through R(0), R(K/2), R(K).
      let quadratic = 2 * (first - 2 * range + last) / (chirps * chirps)
      let linear = (4 * range - 3 * first - last) / chirps
      let amplitude =
        track.reflectivity * max(0, track.middle.y) / (range * range * range)
        * Self.lowPass(range)
      let spatial = -Double.pi * track.middle.x / range
      var steering = ComplexLanes.zero
      for receiver in 0..<RadarParameters.receivers {
        steering.re[receiver] = Float(cos(spatial * Double(receiver)))
        steering.im[receiver] = Float(sin(spatial * Double(receiver)))
      }
      points.append(
        Point(
          sample: Rotor(magnitude: amplitude, angle: edge * first),
          sampleTurn: Rotor(angle: edge * (linear + quadratic)),
          sampleTurnTurn: Rotor(angle: edge * 2 * quadratic),
          step: Rotor(angle: slope * first),
          // The beat frequency's own curvature within 16 ms is far below a bin.
          stepTurn: Rotor(angle: slope * (last - first) / chirps),
          steering: steering))
    }
  }

  /// The gain of the low-pass before the converter: 1 up to nine tenths of the largest range, from
  /// there down to 0 by half a cosine.
  private static func lowPass(_ range: Double) -> Double {
    let largest = RadarParameters.rangeBin * Double(RadarParameters.samplesPerChirp)
    let position = max(0, min(1, (range / largest - 0.9) / 0.1))
    return (1 + cos(Double.pi * position)) / 2
  }

  /// Adds the next chirp's samples, and moves on by one chirp.
  /// - Parameter samples: [samplesPerChirp]; accumulated into.
  package mutating func addNextChirp(to samples: UnsafeMutablePointer<ComplexLanes>) {
    points.withUnsafeMutableBufferPointer { points in
      for index in points.indices {
        let point = points[index]
        Self.add(point, to: samples)
        points[index].sample.turn(by: point.sampleTurn)
        points[index].sampleTurn.turn(by: point.sampleTurnTurn)
        points[index].step.turn(by: point.stepTurn)
      }
    }
  }

  @inline(__always)
  private static func add(_ point: Point, to samples: UnsafeMutablePointer<ComplexLanes>) {
    // The phases of four successive samples at once, so that no sample waits for the one before.
    var four = (point.sample, point.sample, point.sample, point.sample)
    four.1.turn(by: point.step)
    var double = point.step
    double.turn(by: point.step)
    four.2.turn(by: double)
    four.3 = four.1
    four.3.turn(by: double)
    double.turn(by: double)
    var re = SIMD4<Float>(SIMD4(four.0.re, four.1.re, four.2.re, four.3.re))
    var im = SIMD4<Float>(SIMD4(four.0.im, four.1.im, four.2.im, four.3.im))
    let (turnRe, turnIm) = (Float(double.re), Float(double.im))
    let steering = point.steering
    for sample in stride(from: 0, to: RadarParameters.samplesPerChirp, by: 4) {
      let at = samples + sample
      at[0] = at[0] + steering.times(re.x, im.x)
      at[1] = at[1] + steering.times(re.y, im.y)
      at[2] = at[2] + steering.times(re.z, im.z)
      at[3] = at[3] + steering.times(re.w, im.w)
      (re, im) = (re * turnRe - im * turnIm, re * turnIm + im * turnRe)
    }
  }
}
