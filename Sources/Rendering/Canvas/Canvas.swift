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

/// A place on the canvas, in the figure's units: points on paper, CSS pixels on pages.
package struct Point: Sendable, Equatable {
  /// From the left edge.
  package var x: Double
  /// From the top edge, downwards.
  package var y: Double

  /// `x` from the left, `y` from the top.
  package init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// An upright rectangle in the figure's units.
package struct Rect: Sendable, Equatable {
  /// Of the left edge.
  package var x: Double
  /// Of the top edge.
  package var y: Double
  /// From the left edge to the right one.
  package var width: Double
  /// From the top edge to the bottom one.
  package var height: Double

  /// `x` and `y` are the top-left corner's.
  package init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The right edge's x.
  package var right: Double { x + width }
  /// The bottom edge's y.
  package var bottom: Double { y + height }

  /// The area that two rectangles share.
  func overlap(_ other: Rect) -> Double {
    let across = min(right, other.right) - max(x, other.x)
    let down = min(bottom, other.bottom) - max(y, other.y)
    return max(0, across) * max(0, down)
  }
}

/// How a line or an outline is drawn; corners are round.
package struct Stroke: Sendable, Equatable {
  /// Of the line itself, not of what it encloses.
  package var ink: Ink
  /// Across the line, in the figure's units.
  package var width: Double
  /// Lengths on, off, on, …; empty for a solid line.
  package var dash: [Double]

  /// Solid unless `dash` has lengths, in the figure's units.
  package init(_ ink: Ink, width: Double, dash: [Double] = []) {
    self.ink = ink
    self.width = width
    self.dash = dash
  }
}

/// A data point's shape; hollow ones are filled with `Ink.paper`, solid ones with their ink.
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
  /// Which part of the text its position is at; raw values are those of SVG's text-anchor.
  package enum Anchor: String, Sendable {
    case start
    case middle
    case end
  }

  /// As given: canvases replace control characters and escape what a format needs.
  package var text: String
  /// On the baseline, at the anchor.
  package var position: Point
  /// Along the reading direction: of an upright label, from the bottom up.
  package var anchor: Anchor
  /// Of the font, an em in the figure's units.
  package var size: Double
  /// Of the letters.
  package var ink: Ink
  /// Turned to read from bottom to top.
  package var isUpright: Bool

  /// - Parameter position: on the baseline, at the anchor.
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
