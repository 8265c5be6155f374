/// A point that scatters, and where it is during one frame.
package struct ScattererTrack: Sendable {
  /// Metres, at the frame's first chirp.
  package var start: SIMD3<Double>
  /// Metres, half-way to `end`.
  package var middle: SIMD3<Double>
  /// Metres, one chirp interval after the frame's last chirp.
  package var end: SIMD3<Double>
  /// √(radar cross-section in m²).
  package var reflectivity: Double

  /// A point that moves: positions in meters, `reflectivity` in √m².
  package init(
    start: SIMD3<Double>, middle: SIMD3<Double>, end: SIMD3<Double>, reflectivity: Double
  ) {
    self.start = start
    self.middle = middle
    self.end = end
    self.reflectivity = reflectivity
  }

  /// A point that rests.
  package init(at position: SIMD3<Double>, reflectivity: Double) {
    self.init(start: position, middle: position, end: position, reflectivity: reflectivity)
  }
}

extension SIMD3<Double> {
  /// The Euclidean norm.
  var length: Double { (x * x + y * y + z * z).squareRoot() }
}
