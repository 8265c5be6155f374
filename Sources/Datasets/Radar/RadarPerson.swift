import TensorCore

/// What stays the same in all gestures of one person.
///
/// Training and test images show different people, so that a test measures what carries over to people
/// that were never seen.
package struct RadarPerson: Sendable {
  /// Times the size of an average hand (palm to fingertip 9 cm).
  package let handSize: Double
  /// Times the average reflectivity: √ of the cross-section's factor, ±3 dB.
  package let reflectivity: Double
  /// Times the average speed.
  package let tempo: Double
  /// Times the average width of movement.
  package let amplitude: Double
  /// +1 for the right hand, −1 for the left.
  package let side: Double
  /// How far movements lean out of their ideal direction: x, y, z parts added to a unit direction.
  package let lean: SIMD3<Double>
  /// Metres from the hand at rest to the chest.
  package let reach: Double
  /// How much of a stroke the hand goes back, 0 … 1.
  package let returnPart: Double
  /// Metres of tremor, and its frequency in Hz.
  package let tremor: Double
  /// In Hz, 6 … 10.
  package let tremorFrequency: Double

  /// Draws a person; generators in the same state give the same one.
  package init(from generator: inout SeededGenerator) {
    handSize = generator.uniform(0.85, 1.15)
    reflectivity = generator.uniform(0.7, 1.4)
    tempo = generator.uniform(0.8, 1.25)
    amplitude = generator.uniform(0.8, 1.2)
    side = generator.uniform() < 0.15 ? -1 : 1
    lean = SIMD3(
      generator.uniform(-0.2, 0.2), generator.uniform(-0.2, 0.2), generator.uniform(-0.3, 0.3))
    reach = generator.uniform(0.35, 0.55)
    returnPart = generator.uniform(0.3, 1)
    tremor = generator.uniform(0.0002, 0.001)
    tremorFrequency = generator.uniform(6, 10)
  }
}
