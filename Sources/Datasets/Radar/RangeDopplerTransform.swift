import Foundation

/// Turns the chirps of one frame after another into range–Doppler maps.
///
/// A Hann window and a transform over each chirp's samples give range; the slowly averaged echo of each
/// range and receiver is subtracted, which removes what rests (moving target indication); a Hann window
/// and a transform over the frame's chirps, padded with zeros to `RadarParameters.bins`, give Doppler.
package struct RangeDopplerTransform: ~Copyable {
  /// How fast the estimate of the resting echo follows, a frame: the first frame sets it, and a hand
  /// that leaves its place has faded from it after about 10 frames (0.3 s).
  static let clutterRate: Float = 0.1

  private let samples = RadarParameters.samplesPerChirp
  private let chirps = RadarParameters.chirpsPerFrame
  private let bins = RadarParameters.bins
  private let rangeTransform = FourierTransform(length: RadarParameters.samplesPerChirp)
  private let dopplerTransform = FourierTransform(length: RadarParameters.bins)
  private let rangeWindow: [Float]
  private let dopplerWindow: [Float]
  private let scratch: UnsafeMutablePointer<ComplexLanes>
  /// [range]: the resting echo.
  private let clutter: UnsafeMutablePointer<ComplexLanes>
  private var hasClutter = false

  /// [chirp, sample]: the caller writes a frame's samples here, then calls `transform`.
  package let chirpSamples: UnsafeMutablePointer<ComplexLanes>
  /// [range, Doppler], Doppler bins in the transform's order: bin 0 is rest, receding points lie in bins
  /// 1 … 31, approaching ones in bins 63 down to 33.
  package let map: UnsafeMutablePointer<ComplexLanes>

  /// Allocates `chirpSamples` and `map`, zeroed; both pointers are valid while this value lives.
  package init() {
    rangeWindow = Self.hann(RadarParameters.samplesPerChirp)
    dopplerWindow = Self.hann(RadarParameters.chirpsPerFrame)
    func allocate(_ count: Int) -> UnsafeMutablePointer<ComplexLanes> {
      let memory = UnsafeMutablePointer<ComplexLanes>.allocate(capacity: count)
      memory.initialize(repeating: .zero, count: count)
      return memory
    }
    scratch = allocate(max(RadarParameters.samplesPerChirp, RadarParameters.bins))
    clutter = allocate(RadarParameters.samplesPerChirp)
    chirpSamples = allocate(RadarParameters.chirpsPerFrame * RadarParameters.samplesPerChirp)
    map = allocate(RadarParameters.samplesPerChirp * RadarParameters.bins)
  }

  deinit {
    scratch.deallocate()
    clutter.deallocate()
    chirpSamples.deallocate()
    map.deallocate()
  }

  /// Forgets the resting echo: the next frame starts another recording.
  package mutating func reset() { hasClutter = false }

  /// Transforms `chirpSamples` (which it overwrites) into `map`.
  /// - Parameter removingClutter: false leaves resting echoes in; for measurements of the transform.
  package mutating func transform(removingClutter: Bool = true) {
    for chirp in 0..<chirps {
      let row = chirpSamples + chirp * samples
      for sample in 0..<samples { row[sample] = row[sample] * rangeWindow[sample] }
      rangeTransform.transform(row, scratch: scratch)
    }
    if removingClutter { followClutter() }
    for range in 0..<samples {
      let row = map + range * bins
      let resting = removingClutter ? clutter[range] : .zero
      for chirp in 0..<chirps {
        row[chirp] = (chirpSamples[chirp * samples + range] - resting) * dopplerWindow[chirp]
      }
      for chirp in chirps..<bins { row[chirp] = .zero }
      dopplerTransform.transform(row, scratch: scratch)
    }
  }

  /// Moves the estimate of the resting echo towards this frame's mean.
  private mutating func followClutter() {
    let rate = hasClutter ? Self.clutterRate : 1
    for range in 0..<samples {
      var sum = ComplexLanes.zero
      for chirp in 0..<chirps { sum = sum + chirpSamples[chirp * samples + range] }
      let mean = sum * (1 / Float(chirps))
      clutter[range] = clutter[range] + (mean - clutter[range]) * rate
    }
    hasClutter = true
  }

  /// The periodic-free Hann window sin²(π(n + ½)/N), scaled to a sum of squares of 1, so that white
  /// noise keeps its power through the transform.
  static func hann(_ length: Int) -> [Float] {
    let window = (0..<length).map { index in
      let sine = sin(Double.pi * (Double(index) + 0.5) / Double(length))
      return sine * sine
    }
    let norm = window.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return window.map { Float($0 / norm) }
  }
}
