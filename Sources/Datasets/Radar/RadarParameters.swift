/// The simulated radar: a 60 GHz FMCW sensor for gestures, one transmitter and eight receivers.
///
/// It sweeps the 57–64 GHz band, as Soli does (Lien et al., ACM Trans. Graph. 35(4), 2016), so that a
/// hand covers several range bins. The beat signal is complex (I and Q), therefore all bins of the
/// range transform are ranges and all bins of the Doppler transform are velocities.
///
/// Coordinates are metres: x to the radar's right, y straight ahead, z up; the receivers stand along x.
package enum RadarParameters {
  /// The speed of light, m/s.
  package static let lightSpeed = 299_792_458.0
  /// The sweep's centre, Hz. Wavelength 4.96 mm.
  package static let centreFrequency = 60.5e9
  /// The sweep's width, Hz. Range resolution c / 2B = 2.14 cm.
  package static let bandwidth = 7e9
  /// Complex samples a chirp. Largest range = samples · c / 2B = 1.37 m.
  package static let samplesPerChirp = 64
  /// Chirps a frame. Velocity resolution λ / (2 · chirps · T) = 15.5 cm/s.
  package static let chirpsPerFrame = 32
  /// Time from chirp to chirp, T, s. Largest speed λ / 4T = ±2.48 m/s.
  package static let chirpInterval = 0.5e-3
  /// Time from frame to frame, s: 16 ms of chirps, 16 ms of rest.
  package static let frameInterval = 32e-3
  /// Frames a gesture, one image column each: 2.05 s.
  package static let framesPerGesture = 64
  /// Receivers, half a wavelength (of the centre) apart: beam width about 2/8 in sin θ.
  package static let receivers = 8

  /// Rows of the image: range bins, Doppler bins and beams. The 32 chirps and the 8 receivers are
  /// padded with zeros to this length.
  package static let bins = 64

  /// Metres.
  package static var wavelength: Double { lightSpeed / centreFrequency }
  /// Metres a range bin; bin r is the range r · rangeBin.
  package static var rangeBin: Double { lightSpeed / (2 * bandwidth) }
  /// Metres a second between neighbouring (padded) Doppler bins.
  package static var velocityBin: Double { wavelength / (2 * Double(bins) * chirpInterval) }
  /// Step of sin θ between neighbouring beams.
  package static var beamStep: Double { 2 / Double(bins) }

  /// The image row of a radial velocity in m/s, positive towards the radar: row 32 is rest, row 0 the
  /// fastest approach.
  package static func dopplerRow(approach velocity: Double) -> Double {
    Double(bins / 2) - velocity / velocityBin
  }

  /// The image row of a range in metres: row 0 is the radar itself.
  package static func rangeRow(_ range: Double) -> Double { range / rangeBin }

  /// The image row of a direction: row 32 is straight ahead, larger rows lie to the radar's right.
  package static func angleRow(sine: Double) -> Double { Double(bins / 2) + sine / beamStep }
}
