/// Small plots side by side, each with one line a model against an axis of its own; wrapped where the width is short.
struct CurvePanels: Sendable {
  struct Line: Sendable {
    var points: [Point] = []
    /// Whether a value holds until the next point.
    var isStepped = false
    /// Symbols on the line, with whiskers where there are intervals.
    var marks: [Mark] = []
  }

  struct Mark: Sendable {
    var at: Point
    var low: Double?
    var high: Double?
    /// A diamond instead of a circle.
    var isDiamond = false
  }

  struct Axis: Sendable {
    var title: String
    var low: Double
    var high: Double
    /// Ticks at whole numbers only.
    var isWhole = false
  }

  struct Panel: Sendable {
    var title: String
    /// [model]
    var lines: [Line]
    var horizontal: Axis
    /// No value can lie outside, so the axis does not either.
    var bounds: ClosedRange<Double> = 0...100
    /// Somebody else's numbers; see `reference`.
    var references: [Point] = []
  }

  var panels: [Panel]
  /// At most so many side by side.
  var across: Int
  /// Whether all have one vertical axis.
  var sharesAxis: Bool
  /// What the panels' `references` are, for the key; nil where there are none.
  var reference: String?

  private static let tickCount = 4
  private var key: SeriesKey { SeriesKey(extra: reference.map { .diamond($0) }) }

  // MARK: Layout

  private func scale(of panel: Panel) -> AxisScale {
    let shown = sharesAxis ? panels : [panel]
    let values =
      shown.flatMap(\.lines).flatMap { line in
        line.points.map(\.y)
          + line.marks.flatMap { [$0.at.y, $0.low ?? $0.at.y, $0.high ?? $0.at.y] }
      } + shown.flatMap(\.references).map(\.y)
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let bounds = panel.bounds
    let air = max(0.03 * (high - low), 0.005 * (bounds.upperBound - bounds.lowerBound))
    return AxisScale(
      low: max(low - air, bounds.lowerBound), high: min(high + air, bounds.upperBound),
      start: 0, end: 1
    ).widenedToTicks(count: Self.tickCount)
  }

  private func gutter(_ style: FigureStyle) -> Double {
    let widths = panels.map {
      PlotArea.labelWidth(scale(of: $0).ticks(count: Self.tickCount), style: style)
    }
    return (widths.max() ?? 0) + 1.5 * style.gap
  }

  private func layout(width: Double, style: FigureStyle) -> (plots: [Rect], bottom: Double) {
    let gutter = gutter(style)
    let gap = gutter + 1.2 * style.text
    let row = width - gutter - style.gap - style.small
    let widest =
      panels.flatMap { [$0.title, $0.horizontal.title] }
      .map { style.width(of: $0, size: style.text) }.max() ?? 0
    let line = Rect(
      x: gutter, y: 0, width: row, height: style.stretch * max(0.28 * width, 9 * style.text))
    return PlotArea.rows(
      of: panels.count, upTo: across, line: line, narrowest: max(widest, 8 * style.text), gap: gap,
      top: key.height(width: width, style: style), style: style)
  }

  func height(width: Double, style: FigureStyle) -> Double {
    layout(width: width, style: style).bottom
  }

  // MARK: Drawing

  func draw<C: Canvas>(on canvas: inout C, width: Double, style: FigureStyle) {
    key.draw(on: &canvas, width: width, style: style)
    for (panel, plot) in zip(panels, layout(width: width, style: style).plots) {
      draw(panel, in: plot, on: &canvas, style: style)
    }
  }

  private func draw<C: Canvas>(
    _ panel: Panel, in rect: Rect, on canvas: inout C, style: FigureStyle
  ) {
    var vertical = scale(of: panel)
    (vertical.start, vertical.end) = (rect.bottom, rect.y)
    let axis = panel.horizontal
    let horizontal = AxisScale(low: axis.low, high: axis.high, start: rect.x, end: rect.right)
    let area = PlotArea(rect: rect, style: style)
    let room = max(2, Int(rect.width / (4 * style.small)))
    area.drawVerticalAxis(
      on: &canvas, scale: vertical, ticks: vertical.ticks(count: Self.tickCount))
    area.drawHorizontalAxis(
      on: &canvas, scale: horizontal,
      ticks: axis.isWhole ? horizontal.integerTicks(count: room) : horizontal.ticks(count: room),
      title: axis.title)
    area.drawTitleAbove(panel.title, x: rect.x, on: &canvas)
    func place(_ point: Point) -> Point {
      Point(horizontal.position(of: point.x), vertical.position(of: point.y))
    }
    for point in panel.references {
      canvas.draw(
        .symbol(
          .hollowDiamond, at: place(point), radius: 1.3 * style.radius, ink: .muted,
          lineWidth: 1.5 * style.thin))
    }
    let series = SeriesStyle.all(style)
    // The dashed line over the solid one and the dot inside the ring: both show where they agree.
    for (series, line) in zip(series, panel.lines).reversed() {
      let points = (line.isStepped ? Self.stepped(line.points) : line.points).map(place)
      guard points.count > 1 else { continue }
      canvas.draw(.line(points, Stroke(series.ink, width: style.line, dash: series.dash)))
    }
    for (series, line) in zip(series, panel.lines) {
      for mark in line.marks {
        let center = place(mark.at)
        if let low = mark.low, let high = mark.high {
          canvas.verticalWhisker(
            from: vertical.position(of: low), to: vertical.position(of: high), x: center.x,
            cap: 0.6 * style.radius, ink: series.ink, width: style.thin)
        }
        let symbol = mark.isDiamond ? series.diamond : series.symbol
        canvas.draw(
          .symbol(
            symbol, at: center,
            radius: (symbol.isHollow ? 1 : 0.6) * (mark.isDiamond ? 1.3 : 0.9) * style.radius,
            ink: series.ink, lineWidth: 1.5 * style.thin))
      }
    }
  }

  /// The corners of a line whose values hold until the next point.
  private static func stepped(_ points: [Point]) -> [Point] {
    zip(points, points.dropFirst()).flatMap { [$0, Point($1.x, $0.y)] } + points.suffix(1)
  }
}
