/// What charts draw on: one drawing code for pages (`SVGCanvas`), papers (`CairoCanvas`) and tests.
///
/// Coordinates start at the top left, y grows downwards. A mark covers what was drawn before it.
public protocol Canvas {
  mutating func draw(_ mark: Mark)
}

/// One thing to draw. All coordinates and lengths are finite, in the figure's units (points).
public enum Mark: Sendable, Equatable {
  case line([Point], Stroke)
  case rectangle(Rect, fill: Ink, stroke: Stroke?)
  case symbol(Symbol, at: Point, radius: Double, ink: Ink, lineWidth: Double)
  case text(Label)
}

public struct Point: Sendable, Equatable {
  public var x: Double
  public var y: Double

  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

public struct Rect: Sendable, Equatable {
  public var x: Double
  public var y: Double
  public var width: Double
  public var height: Double

  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  public var right: Double { x + width }
  public var bottom: Double { y + height }

  /// The area that two rectangles share.
  func overlap(_ other: Rect) -> Double {
    let across = min(right, other.right) - max(x, other.x)
    let down = min(bottom, other.bottom) - max(y, other.y)
    return max(0, across) * max(0, down)
  }
}

public struct Stroke: Sendable, Equatable {
  public var ink: Ink
  public var width: Double
  /// Lengths on, off, on, …; empty for a solid line.
  public var dash: [Double]

  public init(_ ink: Ink, width: Double, dash: [Double] = []) {
    self.ink = ink
    self.width = width
    self.dash = dash
  }
}

public enum Symbol: String, Sendable {
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
public struct Label: Sendable, Equatable {
  public enum Anchor: String, Sendable {
    case start
    case middle
    case end
  }

  public var text: String
  /// On the baseline, at the anchor.
  public var position: Point
  public var anchor: Anchor
  public var size: Double
  public var ink: Ink
  /// Turned to read from bottom to top.
  public var isUpright: Bool

  public init(
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
