/// The nine gestures, in label order. Left and right are the person's own, who faces the radar; turns
/// are as seen from above.
package enum RadarGesture: Int, Sendable, CaseIterable {
  /// Towards the radar, then partly back.
  case push
  /// Away from the radar, then partly back.
  case pull
  /// To the person's left (the radar's right), then partly back.
  case swipeLeft
  /// To the person's right, then partly back.
  case swipeRight
  /// Level circles; range and direction turn a quarter apart.
  case circleClockwise
  /// The same with the quarter reversed: only the order of range and direction tells the two apart.
  case circleCounterclockwise
  /// Side to side, several times.
  case wave
  /// Fingers dip towards the radar, two or three times, the palm nearly still.
  case tap
  /// The hand turns about the forearm and back: fingers approach and recede at the same time.
  case rotate

  /// The class name, as folders and reports show it.
  package var name: String {
    switch self {
    case .push: "push"
    case .pull: "pull"
    case .swipeLeft: "swipe-left"
    case .swipeRight: "swipe-right"
    case .circleClockwise: "circle-clockwise"
    case .circleCounterclockwise: "circle-counterclockwise"
    case .wave: "wave"
    case .tap: "tap"
    case .rotate: "rotate"
    }
  }
}
