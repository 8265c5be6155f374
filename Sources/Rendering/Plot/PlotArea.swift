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

  /// The grid lines of a horizontal axis alone.
  func drawGrid<C: Canvas>(
    on canvas: inout C, scale: AxisScale, ticks: [(value: Double, label: String)]
  ) {
    for tick in ticks {
      let x = scale.position(of: tick.value)
      canvas.line(Point(x, rect.y), Point(x, rect.bottom), .grid, width: style.thin)
    }
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

  /// Places for small plots below each other in rows, each with room for a title above and an axis below. Rows are as
  /// even as they can be: five plots of which four would fit are three and two.
  /// - Parameters:
  ///   - limit: at most so many in a row.
  ///   - line: a row's left edge, width and height.
  ///   - narrowest: the least width of a plot, unless it stands alone.
  ///   - top: where the first row's titles begin.
  /// - Returns: the plots in order, and where the last row's axis ends.
  static func rows(
    of count: Int, upTo limit: Int, line: Rect, narrowest: Double, gap: Double, top: Double,
    style: FigureStyle
  ) -> (plots: [Rect], bottom: Double) {
    let fitting = Int((line.width + gap) / (narrowest + gap))
    let most = max(1, min(limit, count, fitting))
    let lines = (count + most - 1) / most
    let across = (count + lines - 1) / max(1, lines)
    var plots: [Rect] = []
    var bottom = top
    while plots.count < count {
      var rect = line
      rect.y = bottom + 1.2 * style.lineHeight
      plots += columns(across, in: rect, gap: gap)
      bottom = rect.bottom + axisHeight(style) + 0.5 * style.lineHeight
    }
    return (Array(plots.prefix(count)), bottom)
  }
}
