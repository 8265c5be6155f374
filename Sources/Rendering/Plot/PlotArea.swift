/// The rectangle that data is drawn in, its two axes, grid lines, tick labels and titles.
struct PlotArea {
  var rect: Rect
  var style: FigureStyle

  /// Grid lines, tick labels and title of a horizontal axis. Labels that would touch are left out.
  func drawHorizontalAxis<C: Canvas>(
    on canvas: inout C, scale: AxisScale, ticks: [(value: Double, label: String)], title: String
  ) {
    let labelMiddle = rect.bottom + style.gap + style.small * 0.5
    var free = -Double.infinity
    for tick in ticks {
      let x = scale.position(of: tick.value)
      canvas.line(Point(x, rect.y), Point(x, rect.bottom), .grid, width: style.thin)
      let half = style.width(of: tick.label, size: style.small) / 2
      guard x - half >= free else { continue }
      free = x + half + style.gap
      canvas.text(
        tick.label, x: x, middle: labelMiddle, anchor: .middle, size: style.small, ink: .muted,
        style: style)
    }
    canvas.line(
      Point(rect.x, rect.bottom), Point(rect.right, rect.bottom), .axis, width: style.thin)
    canvas.text(
      title, x: rect.x + rect.width / 2,
      middle: labelMiddle + 0.5 * style.small + style.gap + 0.5 * style.text,
      anchor: .middle, size: style.text, style: style)
  }

  /// The height below the plot that a horizontal axis needs.
  static func axisHeight(_ style: FigureStyle) -> Double {
    2 * style.gap + style.small + style.text + 0.35 * style.text
  }

  /// Grid lines and tick labels of a vertical axis.
  func drawVerticalAxis<C: Canvas>(
    on canvas: inout C, scale: AxisScale, ticks: [(value: Double, label: String)]
  ) {
    for tick in ticks {
      let y = scale.position(of: tick.value)
      canvas.line(Point(rect.x, y), Point(rect.right, y), .grid, width: style.thin)
      canvas.text(
        tick.label, x: rect.x - style.gap, middle: y, anchor: .end, size: style.small, ink: .muted,
        style: style)
    }
    canvas.line(Point(rect.x, rect.y), Point(rect.x, rect.bottom), .axis, width: style.thin)
  }

  /// A vertical axis's title stands above it, level, where it reads without a turned head.
  func drawTitleAbove<C: Canvas>(_ title: String, x: Double, on canvas: inout C) {
    canvas.text(
      title, x: x, middle: rect.y - style.gap - 0.5 * style.text, size: style.text, style: style)
  }

  static func labelWidth(
    _ ticks: [(value: Double, label: String)], style: FigureStyle
  ) -> Double {
    ticks.map { style.width(of: $0.label, size: style.small) }.max() ?? 0
  }

  /// Splits a rectangle into columns of equal width.
  static func columns(_ count: Int, in rect: Rect, gap: Double) -> [Rect] {
    let width = (rect.width - gap * Double(count - 1)) / Double(count)
    return (0..<count).map { index in
      Rect(
        x: rect.x + Double(index) * (width + gap), y: rect.y, width: width, height: rect.height)
    }
  }
}
