import Foundation
import TensorCore

/// One recording's world: a hand with its fingers, forearm and chest, things that rest, things that
/// move, a mirror image, and noise.
package struct RadarScene: Sendable {
  /// Echoes that rest for the whole recording: furniture and walls.
  package let furniture: [ScattererTrack]

  private let person: RadarPerson
  private let motion: GestureMotion
  /// Where the gesture is made, metres.
  private let place: SIMD3<Double>
  /// Fingertips from the palm's middle, metres, before any turn.
  private let fingers: [SIMD3<Double>]
  /// The forearm's direction, about which fingers turn; a unit vector.
  private let forearm: SIMD3<Double>
  private let bodyReflectivity: Double
  private let breathing: (depth: Double, turns: Double, phase: Double)
  /// One an own moving point: how its echo comes and goes.
  private let glints: [(turns: Double, phase: Double)]
  private let mirror: (wall: Double, reflectivity: Double)?
  private let bystander: Bystander?
  private let noiseLevel: Double
  private let bursts: [Int: Double]

  /// Something else that moves: walks by, or swings in place.
  private struct Bystander: Sendable {
    var place: SIMD3<Double>
    var velocity: SIMD3<Double>
    var swing: SIMD3<Double>
    var turns: Double
    var reflectivity: Double
  }

  /// Draws one recording: motion, place, surroundings and noise level. Generators in the same state
  /// give the same scene.
  package init(
    _ gesture: RadarGesture, by person: RadarPerson, from generator: inout SeededGenerator
  ) {
    self.person = person
    motion = GestureMotion(gesture, by: person, from: &generator)
    let distance = generator.uniform(0.3, 0.58)
    let direction = generator.uniform(-0.35, 0.35)
    place = SIMD3(
      distance * sin(direction), distance * cos(direction), generator.uniform(-0.08, 0.08))
    fingers = Self.fingers(of: person, from: &generator)
    let yaw = -person.side * generator.uniform(0.35, 0.75)
    let pitch = generator.uniform(-0.3, 0.3)
    forearm = SIMD3(sin(yaw) * cos(pitch), cos(yaw) * cos(pitch), sin(pitch))
    bodyReflectivity = generator.uniform(0.15, 0.4)
    breathing = (
      generator.uniform(0.001, 0.004), 2 * Double.pi * generator.uniform(0.2, 0.5),
      generator.uniform(0, 2 * Double.pi)
    )
    glints = (0..<9).map { _ in
      (2 * Double.pi * generator.uniform(0.5, 3), generator.uniform(0, 2 * Double.pi))
    }
    mirror =
      generator.uniform() < 0.6
      ? (
        (generator.uniform() < 0.5 ? -1 : 1) * generator.uniform(0.35, 0.7),
        generator.uniform(0.2, 0.5)
      ) : nil
    bystander = Self.bystander(from: &generator)
    furniture = (0..<(4 + generator.index(below: 4))).map { _ in
      let angle = generator.uniform(-1, 1)
      let range = generator.uniform(0.25, 1.3)
      return ScattererTrack(
        at: SIMD3(range * sin(angle), range * cos(angle), 0),
        reflectivity: generator.uniform(0.05, 0.5))
    }
    // Noise from 0.1 to 0.45 of the unit that √σ/R² is counted in; a palm at 45 cm has about 0.35.
    noiseLevel = 0.1 * exp(generator.uniform() * log(4.5))
    bursts = Self.bursts(from: &generator)
  }

  private static func fingers(
    of person: RadarPerson, from generator: inout SeededGenerator
  ) -> [SIMD3<Double>] {
    // Thumb (inwards), index, middle and little finger, spread in the plane of the palm.
    [55.0, 20, -2, -32].map { degrees in
      let angle = (degrees + generator.uniform(-6, 6)) * person.side * Double.pi / 180
      let length = 0.09 * person.handSize * generator.uniform(0.85, 1.05)
      return SIMD3(length * sin(angle), -generator.uniform(0.01, 0.03), length * cos(angle))
    }
  }

  private static func bystander(from generator: inout SeededGenerator) -> Bystander? {
    let kind = generator.uniform()
    let side: Double = generator.uniform() < 0.5 ? -1 : 1
    if kind < 0.3 {
      let speed = generator.uniform(0.2, 0.7)
      return Bystander(
        place: SIMD3(-side * generator.uniform(0.2, 0.7), generator.uniform(0.9, 1.15), 0),
        velocity: SIMD3(side * speed, generator.uniform(-0.15, 0.15), 0), swing: .zero, turns: 0,
        reflectivity: generator.uniform(0.1, 0.4))
    }
    if kind < 0.55 {
      return Bystander(
        place: SIMD3(side * generator.uniform(0.15, 0.5), generator.uniform(0.5, 1.1), 0),
        velocity: .zero,
        swing: SIMD3(generator.uniform(-0.02, 0.02), generator.uniform(-0.03, 0.03), 0),
        turns: 2 * Double.pi * generator.uniform(1.5, 4), reflectivity: generator.uniform(0.05, 0.2)
      )
    }
    return nil
  }

  /// Frames in which another radar raises the noise, and by what factor.
  private static func bursts(from generator: inout SeededGenerator) -> [Int: Double] {
    var bursts: [Int: Double] = [:]
    guard generator.uniform() < 0.3 else { return bursts }
    for _ in 0...generator.index(below: 4) {
      bursts[generator.index(below: RadarParameters.framesPerGesture)] = generator.uniform(2, 6)
    }
    return bursts
  }

  /// The standard deviation of a receiver's complex noise in a frame.
  package func noise(inFrame frame: Int) -> Double { noiseLevel * (bursts[frame] ?? 1) }

  /// Everything that may move, during a frame.
  package func tracks(inFrame frame: Int) -> [ScattererTrack] {
    let begin = Double(frame) * RadarParameters.frameInterval
    let length = Double(RadarParameters.chirpsPerFrame) * RadarParameters.chirpInterval
    let start = points(at: begin)
    let middle = points(at: begin + length / 2)
    let end = points(at: begin + length)
    return start.indices.map { index in
      ScattererTrack(
        start: start[index].position, middle: middle[index].position, end: end[index].position,
        reflectivity: middle[index].reflectivity)
    }
  }

  private struct Point {
    var position: SIMD3<Double>
    var reflectivity: Double
  }

  private func points(at time: Double) -> [Point] {
    let pose = motion.pose(at: time)
    let palm = place + pose.offset
    var points: [Point] = []
    points.reserveCapacity(11)
    // Cross-sections: palm 50 cm², a fingertip 10 cm², forearm 30 cm² a point.
    func add(_ position: SIMD3<Double>, _ reflectivity: Double) {
      let glint = glints[points.count]
      let factor = 0.7 + 0.3 * sin(glint.turns * time + glint.phase)
      points.append(
        Point(position: position, reflectivity: reflectivity * person.reflectivity * factor))
    }
    add(palm, 0.07)
    for finger in fingers {
      var tip = Self.turned(finger, about: forearm, by: pose.roll)
      tip.y -= pose.dip
      add(palm + tip, 0.032)
    }
    // The elbow hangs beside the body and follows three tenths of the hand's way.
    let elbow =
      place + SIMD3(-0.12 * person.side, 0.27, -0.12) + pose.offset * 0.3
    add(palm + (elbow - palm) * 0.35, 0.055)
    add(palm + (elbow - palm) * 0.75, 0.055)
    let breath = breathing.depth * sin(breathing.turns * time + breathing.phase)
    let chest = SIMD3(place.x * 0.7, place.y + person.reach + breath, 0) - pose.offset * 0.02
    add(chest + SIMD3(-0.09, 0.01, 0), bodyReflectivity)
    add(chest + SIMD3(0.09, 0, 0), bodyReflectivity)
    if let mirror {
      let image = SIMD3(2 * mirror.wall - palm.x, palm.y, palm.z)
      points.append(
        Point(
          position: image,
          reflectivity: points[0].reflectivity * mirror.reflectivity))
    }
    if let bystander {
      points.append(
        Point(
          position: bystander.place + bystander.velocity * time
            + bystander.swing * sin(bystander.turns * time),
          reflectivity: bystander.reflectivity))
    }
    return points
  }

  /// Rodrigues' rotation of a vector about a unit axis.
  private static func turned(
    _ vector: SIMD3<Double>, about axis: SIMD3<Double>, by angle: Double
  ) -> SIMD3<Double> {
    let cross = SIMD3(
      axis.y * vector.z - axis.z * vector.y, axis.z * vector.x - axis.x * vector.z,
      axis.x * vector.y - axis.y * vector.x)
    let along = (axis * vector).sum()
    return vector * cos(angle) + cross * sin(angle) + axis * (along * (1 - cos(angle)))
  }
}
