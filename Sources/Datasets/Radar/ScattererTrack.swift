/// A point that scatters, and where it is during one frame.
public struct ScattererTrack: Sendable {
  /// Metres, at the frame's first chirp.
  public var start: SIMD3<Double>
  /// Metres, half-way to `end`.
  public var middle: SIMD3<Double>
  /// Metres, one chirp interval after the frame's last chirp.
  public var end: SIMD3<Double>
  /// √(radar cross-section in m²).
  public var reflectivity: Double

  public init(
    start: SIMD3<Double>, middle: SIMD3<Double>, end: SIMD3<Double>, reflectivity: Double
  ) {
    self.start = start
    self.middle = middle
    self.end = end
    self.reflectivity = reflectivity
  }

  /// A point that rests.
  public init(at position: SIMD3<Double>, reflectivity: Double) {
    self.init(start: position, middle: position, end: position, reflectivity: reflectivity)
  }
}

extension SIMD3<Double> {
  /// The Euclidean norm.
  var length: Double { (x * x + y * y + z * z).squareRoot() }
}
