import Foundation
import TensorCore

/// How the hand moves in one execution of a gesture.
///
/// Single strokes follow the minimum-jerk profile of human reaching, 10u³ − 15u⁴ + 6u⁵ (Flash and
/// Hogan, J. Neurosci. 5(7), 1985); repeated ones are sinusoids that fade in and out.
package struct GestureMotion: Sendable {
  /// The hand at one instant.
  package struct Pose: Sendable {
    /// Metres from the place where the gesture is made.
    package var offset = SIMD3<Double>.zero
    /// Radians that the fingers are turned about the forearm.
    package var roll = 0.0
    /// Metres that the fingertips are ahead of where they rest, towards the radar.
    package var dip = 0.0
  }

  private let path: Path
  /// Seconds from the recording's start to the gesture's.
  private let start: Double
  private let drift: SIMD3<Double>
  private let tremor: Double
  private let tremorTurns: Double
  private let tremorPhase: Double

  private enum Path: Sendable {
    /// Wind-up against `along`, stroke along it, rest, part of the way back. Lengths in seconds.
    case stroke(
      along: SIMD3<Double>, windUp: Double, stroke: Double, rest: Double, back: Double,
      returnPart: Double)
    /// `turns` turns of `period` seconds: first · cos φ + second · sin φ.
    case circle(
      first: SIMD3<Double>, second: SIMD3<Double>, phase: Double, period: Double, turns: Double)
    /// Sinusoid of `period` seconds, `cycles` times.
    case shake(offset: SIMD3<Double>, roll: Double, dip: Double, period: Double, cycles: Double)
  }

  /// Draws one execution: when it starts, its path, drift and the phase of the person's tremor.
  package init(
    _ gesture: RadarGesture, by person: RadarPerson, from generator: inout SeededGenerator
  ) {
    start = generator.uniform(0.15, 0.5)
    drift = SIMD3(
      generator.uniform(-0.015, 0.015), generator.uniform(-0.015, 0.015),
      generator.uniform(-0.015, 0.015))
    tremor = person.tremor
    tremorTurns = 2 * Double.pi * person.tremorFrequency
    tremorPhase = generator.uniform(0, 2 * Double.pi)
    path = Self.path(gesture, by: person, from: &generator)
  }

  private static func path(
    _ gesture: RadarGesture, by person: RadarPerson, from generator: inout SeededGenerator
  ) -> Path {
    // The person's lean and this execution's own.
    let lean =
      person.lean
      + SIMD3(
        generator.uniform(-0.15, 0.15), generator.uniform(-0.15, 0.15),
        generator.uniform(-0.15, 0.15))
    let size = person.amplitude * generator.uniform(0.85, 1.15)
    let pace = person.tempo * generator.uniform(0.9, 1.1)
    let variation = generator.uniform()

    func stroke(_ direction: SIMD3<Double>, _ length: Double) -> Path {
      let duration = generator.uniform(0.33, 0.48) / pace
      return .stroke(
        along: (direction + lean) * (length * size), windUp: generator.uniform(0, 0.2),
        stroke: duration, rest: generator.uniform(0, 0.15),
        back: duration * generator.uniform(1, 1.7),
        returnPart: min(1, person.returnPart * generator.uniform(0.8, 1.2)))
    }
    func circle(_ sense: Double) -> Path {
      let radius = 0.1 * size
      return .circle(
        first: SIMD3(1, lean.y, lean.z) * radius,
        second: SIMD3(lean.x, 0.85 + 0.3 * variation, lean.z) * (radius * sense),
        phase: generator.uniform(0, 2 * Double.pi), period: generator.uniform(0.6, 0.85) / pace,
        turns: generator.uniform(1.2, 2))
    }

    switch gesture {
    case .push: return stroke(SIMD3(0, -1, 0), 0.2)
    case .pull: return stroke(SIMD3(0, 1, 0), 0.2)
    case .swipeLeft: return stroke(SIMD3(1, 0, 0), 0.27)
    case .swipeRight: return stroke(SIMD3(-1, 0, 0), 0.27)
    case .circleClockwise: return circle(-1)
    case .circleCounterclockwise: return circle(1)
    case .wave:
      let sense: Double = variation < 0.5 ? -1 : 1
      return .shake(
        offset: SIMD3(sense, 1.5 * lean.y, lean.z) * (0.1 * size), roll: 0, dip: 0,
        period: generator.uniform(0.42, 0.6) / pace, cycles: generator.uniform(2, 3.2))
    case .tap:
      return .shake(
        offset: SIMD3(0, -0.006, 0.004) * size, roll: 0, dip: 0.035 * size,
        period: generator.uniform(0.32, 0.42) / pace, cycles: variation < 0.5 ? 2 : 3)
    case .rotate:
      let sense: Double = variation < 0.5 ? -1 : 1
      return .shake(
        offset: SIMD3(0.01, 0, 0.01) * size, roll: sense * 1.1 * size, dip: 0,
        period: generator.uniform(0.5, 0.75) / pace, cycles: generator.uniform(1, 2))
    }
  }

  /// The hand `time` seconds after the recording starts.
  package func pose(at time: Double) -> Pose {
    var pose = Pose()
    pose.offset = drift * sin(1.5 * time + tremorPhase)
    pose.offset.y += tremor * sin(tremorTurns * time + tremorPhase)
    let since = time - start
    switch path {
    case .stroke(let along, let windUp, let stroke, let rest, let back, let returnPart):
      let ahead = 0.25 * stroke / 0.35
      let way =
        -0.5 - windUp * Self.reach(since / ahead)
        + (1 + windUp) * Self.reach((since - ahead) / stroke)
        - returnPart * Self.reach((since - ahead - stroke - rest) / back)
      pose.offset += along * way
    case .circle(let first, let second, let phase, let period, let turns):
      // The speed ramps up and down over a fifth of a turn at either end.
      let angle = phase + 2 * Double.pi * turns * Self.ramped(since / (period * turns), 0.2 / turns)
      pose.offset += first * cos(angle) + second * sin(angle)
    case .shake(let offset, let roll, let dip, let period, let cycles):
      let progress = since / (period * cycles)
      if progress > 0 && progress < 1 {
        let angle = 2 * Double.pi * since / period
        // Fades over the first and last tenth, so that the hand starts and ends at rest.
        let fade = Self.reach(progress / 0.1) * Self.reach((1 - progress) / 0.1)
        pose.offset += offset * (sin(angle) * fade)
        pose.roll = roll * sin(angle) * fade
        pose.dip = dip * (1 - cos(angle)) / 2 * fade
      }
    }
    return pose
  }

  /// The minimum-jerk way from 0 to 1 while `u` goes from 0 to 1.
  private static func reach(_ u: Double) -> Double {
    let u = max(0, min(1, u))
    return u * u * u * (10 + u * (6 * u - 15))
  }

  /// The way from 0 to 1 at constant speed, the speed rising and falling linearly over `edge` at
  /// either end.
  private static func ramped(_ u: Double, _ edge: Double) -> Double {
    let u = max(0, min(1, u))
    let speed = 1 / (1 - edge)
    if u < edge { return speed * u * u / (2 * edge) }
    if u > 1 - edge { return 1 - speed * (1 - u) * (1 - u) / (2 * edge) }
    return speed * (u - edge / 2)
  }
}
