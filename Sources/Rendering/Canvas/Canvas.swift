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

/// What a colour means; the canvas knows which colour that is, so that a page can have two themes.
public enum Ink: String, Sendable, CaseIterable {
  case text
  /// Secondary text.
  case muted
  case axis
  case grid
  /// The band that chance alone reaches.
  case chance
  /// The models that a chart shows, in their order.
  case series0 = "series-0"
  case series1 = "series-1"
  case series2 = "series-2"
  case series3 = "series-3"
  case series4 = "series-4"
  /// The page itself, inside hollow symbols.
  case paper
  /// Areas only. From nearly the page's colour to nearly the text's.
  case shade1, shade2, shade3, shade4, shade5, shade6, shade7, shade8
  /// Areas only. Below and above the middle of a scale, from faint to strong.
  case lower1, lower2, lower3, lower4
  case higher1, higher2, higher3, higher4

  static let series: [Ink] = [.series0, .series1, .series2, .series3, .series4]
  static let shades: [Ink] = [
    .shade1, .shade2, .shade3, .shade4, .shade5, .shade6, .shade7, .shade8,
  ]
  static let lowers: [Ink] = [.lower1, .lower2, .lower3, .lower4]
  static let highers: [Ink] = [.higher1, .higher2, .higher3, .higher4]
  /// Inks that no line is drawn in.
  public static let areas = shades + lowers + highers
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
  case solidTriangle
  case hollowSquare
  /// Points down.
  case hollowTriangle

  var isHollow: Bool {
    switch self {
    case .hollowCircle, .hollowDiamond, .hollowSquare, .hollowTriangle: true
    case .solidCircle, .solidDiamond, .solidTriangle: false
    }
  }

  /// The corners, as far from the center as all symbols look equally large; nil for circles.
  package func corners(at center: Point, radius: Double) -> [Point]? {
    func points(_ corners: [(x: Double, y: Double)]) -> [Point] {
      corners.map { Point(center.x + radius * $0.x, center.y + radius * $0.y) }
    }
    return switch self {
    case .hollowCircle, .solidCircle: nil
    case .hollowDiamond, .solidDiamond: points([(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)])
    case .solidTriangle: points([(0, -1.3), (1.2, 0.8), (-1.2, 0.8)])
    case .hollowTriangle: points([(0, 1.3), (-1.2, -0.8), (1.2, -0.8)])
    case .hollowSquare: points([(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)])
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
