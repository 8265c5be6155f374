extension Canvas {
  mutating func line(
    _ from: Point, _ to: Point, _ ink: Ink, width: Double, dash: [Double] = []
  ) {
    draw(.line([from, to], Stroke(ink, width: width, dash: dash)))
  }

  /// Text whose capitals are centred on the height y.
  mutating func text(
    _ text: String, x: Double, middle y: Double, anchor: Label.Anchor = .start, size: Double,
    ink: Ink = .text, style: FigureStyle
  ) {
    draw(
      .text(
        Label(
          text, at: Point(x, y + style.font.capHeight * size / 2), anchor: anchor, size: size,
          ink: ink)))
  }

  /// A whisker from low to high at x, with end caps.
  mutating func verticalWhisker(
    from low: Double, to high: Double, x: Double, cap: Double, ink: Ink, width: Double
  ) {
    line(Point(x, low), Point(x, high), ink, width: width)
    for y in [low, high] {
      line(Point(x - cap, y), Point(x + cap, y), ink, width: width)
    }
  }
}
