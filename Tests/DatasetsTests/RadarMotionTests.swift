import Datasets
import Foundation
import TensorCore
import Testing

/// Do the hands do what the class names say, whoever moves?
struct RadarMotionTests {
  /// The poses of many people's executions, every 8 ms.
  private static func executions(_ gesture: RadarGesture) -> [[GestureMotion.Pose]] {
    (0..<40).map { number in
      var generator = SeededGenerator(seed: 11, stream: UInt64(number))
      let person = RadarPerson(from: &generator)
      let motion = GestureMotion(gesture, by: person, from: &generator)
      return (0..<256).map { motion.pose(at: Double($0) * 0.008) }
    }
  }

  /// The stroke: the fastest part, the 0.2 s with the greatest displacement.
  private static func stroke(_ poses: [GestureMotion.Pose]) -> SIMD3<Double> {
    let window = 25
    let steps = (0..<poses.count - window).map { poses[$0 + window].offset - poses[$0].offset }
    return steps.max { ($0 * $0).sum() < ($1 * $1).sum() }!
  }

  @Test(arguments: [
    (RadarGesture.push, SIMD3(0.0, -1, 0)), (.pull, SIMD3(0, 1, 0)),
    (.swipeLeft, SIMD3(1, 0, 0)), (.swipeRight, SIMD3(-1, 0, 0)),
  ])
  func strokesGoWhereTheirNamesSay(gesture: RadarGesture, direction: SIMD3<Double>) {
    for poses in Self.executions(gesture) {
      let stroke = Self.stroke(poses)
      let along = (stroke * direction).sum()
      let length = (stroke * stroke).sum().squareRoot()
      // Within 40° of the ideal, and of a hand's possible speed.
      #expect(along / length > 0.76)
      #expect(length > 0.05 && length / 0.2 < 2.5)
    }
  }

  /// Twice the area swept about the middle, seen from above, in m²; positive is counter-clockwise.
  private static func sweptArea(_ poses: [GestureMotion.Pose]) -> Double {
    let middle = poses.reduce(SIMD3.zero) { $0 + $1.offset } / Double(poses.count)
    return zip(poses, poses.dropFirst()).reduce(0) { area, pair in
      let (a, b) = (pair.0.offset - middle, pair.1.offset - middle)
      return area + a.x * b.y - a.y * b.x
    }
  }

  @Test func circlesTurnAsTheirNamesSay() {
    for poses in Self.executions(.circleClockwise) { #expect(Self.sweptArea(poses) < -0.01) }
    for poses in Self.executions(.circleCounterclockwise) { #expect(Self.sweptArea(poses) > 0.01) }
  }

  @Test func handsStayWhereTheRadarSeesThem() {
    for gesture in RadarGesture.allCases {
      for poses in Self.executions(gesture) {
        for pose in poses {
          #expect((pose.offset * pose.offset).sum().squareRoot() < 0.3, "\(gesture.name)")
        }
        // Small steps: no hand jumps, and ahead none is faster than the radar can tell (2.48 m/s).
        for (a, b) in zip(poses, poses.dropFirst()) {
          let step = b.offset - a.offset
          #expect((step * step).sum().squareRoot() < 0.008 * 3.2, "\(gesture.name)")
          #expect(abs(step.y) < 0.008 * 2.4, "\(gesture.name)")
        }
      }
    }
  }

  @Test func onlyRotateRollsAndOnlyTapDips() {
    for gesture in RadarGesture.allCases {
      for poses in Self.executions(gesture) {
        let roll = poses.map { abs($0.roll) }.max()!
        let dip = poses.map(\.dip).max()!
        #expect(gesture == .rotate ? roll > 0.6 && roll < 1.7 : roll == 0)
        #expect(gesture == .tap ? dip > 0.015 && dip < 0.05 : dip == 0)
      }
    }
  }

  @Test func namesAreDistinctAndPlain() {
    let names = RadarGesture.allCases.map(\.name)
    #expect(Set(names).count == 9)
    #expect(names.allSatisfy { $0.allSatisfy { $0.isASCII && ($0.isLowercase || $0 == "-") } })
  }
}
