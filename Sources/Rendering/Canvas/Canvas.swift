/// What charts draw on: one drawing code for pages (`SVGCanvas`), papers (`CairoCanvas`) and tests.
///
/// Coordinates start at the top left, y grows downwards. A mark covers what was drawn before it.
package protocol Canvas {
  mutating func draw(_ mark: Mark)
}

/// One thing to draw. All coordinates and lengths are finite, in the figure's units (points).
package enum Mark: Sendable, Equatable {
  case line([Point], Stroke)
  case rectangle(Rect, fill: Ink, stroke: Stroke?)
  case symbol(Symbol, at: Point, radius: Double, ink: Ink, lineWidth: Double)
  case text(Label)
}

package struct Point: Sendable, Equatable {
  package var x: Double
  package var y: Double

  package init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

package struct Rect: Sendable, Equatable {
  package var x: Double
  package var y: Double
  package var width: Double
  package var height: Double

  package init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  package var right: Double { x + width }
  package var bottom: Double { y + height }

  /// The area that two rectangles share.
  func overlap(_ other: Rect) -> Double {
    let across = min(right, other.right) - max(x, other.x)
    let down = min(bottom, other.bottom) - max(y, other.y)
    return max(0, across) * max(0, down)
  }
}

package struct Stroke: Sendable, Equatable {
  package var ink: Ink
  package var width: Double
  /// Lengths on, off, on, …; empty for a solid line.
  package var dash: [Double]

  package init(_ ink: Ink, width: Double, dash: [Double] = []) {
    self.ink = ink
    self.width = width
    self.dash = dash
  }
}

package enum Symbol: String, Sendable {
  case hollowCircle
  case solidCircle
  case hollowDiamond
  case solidDiamond
  case hollowSquare
  case solidSquare
  case hollowTriangle
  case solidTriangle

  var isHollow: Bool { rawValue.hasPrefix("hollow") }
  /// Corners around the centre, for a radius of 1; none for a circle.
  var corners: [(x: Double, y: Double)] {
    switch self {
    case .hollowCircle, .solidCircle: []
    case .hollowDiamond, .solidDiamond: [(0, -1), (1, 0), (0, 1), (-1, 0)]
    case .hollowSquare, .solidSquare: [(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)]
    case .hollowTriangle, .solidTriangle: [(0, -1.1), (1, 0.75), (-1, 0.75)]
    }
  }
}

/// A line of text.
package struct Label: Sendable, Equatable {
  package enum Anchor: String, Sendable {
    case start
    case middle
    case end
  }

  package var text: String
  /// On the baseline, at the anchor.
  package var position: Point
  package var anchor: Anchor
  package var size: Double
  package var ink: Ink
  /// Turned to read from bottom to top.
  package var isUpright: Bool

  package init(
    _ text: String, at position: Point, anchor: Anchor, size: Double, ink: Ink,
    isUpright: Bool = false
  ) {
    self.text = text
    self.position = position
    self.anchor = anchor
    self.size = size
    self.ink = ink
    self.isUpright = isUpright
  }
}
