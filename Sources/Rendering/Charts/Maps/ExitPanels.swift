import Analysis

/// Small plots side by side, one a quantity: the exits along the horizontal axis, each with its numbers as symbols with
/// whiskers. Wrapped where the width is short.
struct ExitPanels: Sendable {
  struct Mark: Sendable {
    var value: Double
    var low: Double?
    var high: Double?
    /// What chance gives: a short grey line across the mark.
    var reference: Double?

    init(_ value: Double, low: Double? = nil, high: Double? = nil, reference: Double? = nil) {
      self.value = value
      self.low = low
      self.high = high
      self.reference = reference
    }
  }

  struct Panel: Sendable {
    var title: String
    /// [series][exit]; nil where there is no number.
    var marks: [[Mark?]]
    /// What the vertical axis has to hold besides the marks.
    var low: Double
    var high: Double
  }

  /// A series' name, and how it is drawn.
  struct Series: Sendable {
    struct Look: Sendable {
      /// The model's place among those shown.
      var model: Int
      /// The model's colour with a diamond instead of its symbol.
      var isDiamond = false
    }
    var name: String
    /// One a panel, or one for all.
    var looks: [Look]

    /// One a model.
    static func models(_ names: [String]) -> [Series] {
      names.enumerated().map { Series(name: $1, looks: [Look(model: $0)]) }
    }
  }

  var panels: [Panel]
  var series: [Series]
  /// Named in the key where a mark has a reference.
  var referenceName: String?
  /// At most so many side by side.
  var across: Int

  private static let tickCount = 4

  private var exitCount: Int { panels.flatMap(\.marks).map(\.count).max() ?? 0 }
  private var hasReference: Bool {
    panels.contains { $0.marks.contains { $0.contains { $0?.reference != nil } } }
  }

  // MARK: Layout

  private func keyItems(_ width: Double, _ style: FigureStyle) -> [(text: String, width: Double)] {
    let symbol = 2.5 * style.radius + style.gap
    var names = series.map {
      style.fitting($0.name, width: width - symbol, size: style.text)
    }
    if let referenceName, hasReference { names.append(referenceName) }
    return names.map { ($0, symbol + style.width(of: $0, size: style.text)) }
  }

  /// The key's items by line.
  private func keyLines(_ width: Double, _ style: FigureStyle) -> [Range<Int>] {
    SeriesKey.lines(of: keyItems(width, style).map(\.width), gap: 3 * style.gap, within: width)
  }

  private func gutter(_ style: FigureStyle) -> Double {
    let labels = panels.map {
      PlotArea.labelWidth(scale(of: $0).ticks(count: Self.tickCount), style: style)
    }
    return (labels.max() ?? 0) + 1.5 * style.gap
  }

  private func layout(width: Double, style: FigureStyle) -> (plots: [Rect], bottom: Double) {
    let gutter = gutter(style)
    let gap = gutter + 1.2 * style.text
    let widest = panels.map { style.width(of: $0.title, size: style.text) }.max() ?? 0
    // Symbols of all series stand side by side at every exit.
    let exit = max(2.2 * style.small, Double(series.count + 1) * 1.7 * style.radius)
    let needed = max(min(widest, width / 2), Double(exitCount) * exit, 8 * style.text)
    let row = width - gutter - style.gap
    let line = Rect(
      x: gutter, y: 0, width: row, height: style.stretch * max(10 * style.text, 0.24 * width))
    return PlotArea.rows(
      of: panels.count, upTo: across, line: line, narrowest: needed, gap: gap,
      top: Double(keyLines(width, style).count) * 1.4 * style.lineHeight, style: style)
  }

  func height(width: Double, style: FigureStyle) -> Double {
    layout(width: width, style: style).bottom
  }

  /// Ends at ticks; positions from 0 to 1.
  private func scale(of panel: Panel) -> AxisScale {
    let values = panel.marks.flatMap { $0 }.compactMap { $0 }.flatMap { mark in
      [mark.value, mark.low, mark.high, mark.reference].compactMap { $0 }
    }
    let low = min(panel.low, values.min() ?? panel.low)
    let high = max(panel.high, values.max() ?? panel.high)
    return AxisScale(low: low, high: max(high, low + 1e-3), start: 0, end: 1)
      .widenedToTicks(count: Self.tickCount)
  }

  // MARK: Drawing

  func draw<C: Canvas>(on canvas: inout C, width: Double, style: FigureStyle) {
    drawKey(on: &canvas, width: width, style: style)
    for (index, (panel, plot)) in zip(panels, layout(width: width, style: style).plots).enumerated()
    {
      draw(panel, number: index, in: plot, on: &canvas, style: style)
    }
  }

  private func drawKey<C: Canvas>(on canvas: inout C, width: Double, style: FigureStyle) {
    let items = keyItems(width, style)
    for (line, range) in keyLines(width, style).enumerated() {
      var x = 0.0
      let y = (Double(line) * 1.4 + 0.5) * style.lineHeight
      for index in range {
        let center = Point(x + 1.25 * style.radius, y)
        if index < series.count {
          draw(series[index].looks[0], at: center, on: &canvas, style: style)
        } else {
          canvas.line(
            Point(x, y), Point(x + 2.5 * style.radius, y), .axis, width: 1.5 * style.thin)
        }
        canvas.text(
          items[index].text, x: x + 2.5 * style.radius + style.gap, middle: y, size: style.text,
          style: style)
        x += items[index].width + 3 * style.gap
      }
    }
  }

  private func draw<C: Canvas>(
    _ panel: Panel, number: Int, in rect: Rect, on canvas: inout C, style: FigureStyle
  ) {
    var vertical = scale(of: panel)
    (vertical.start, vertical.end) = (rect.bottom, rect.y)
    let area = PlotArea(rect: rect, style: style)
    area.drawVerticalAxis(
      on: &canvas, scale: vertical, ticks: vertical.ticks(count: Self.tickCount))
    let horizontal = AxisScale(
      low: 0.5, high: Double(exitCount) + 0.5, start: rect.x, end: rect.right)
    area.drawHorizontalAxis(
      on: &canvas, scale: horizontal,
      ticks: horizontal.integerTicks(count: max(2, Int(rect.width / (2 * style.small)))),
      title: "exit")
    area.drawTitleAbove(
      style.fitting(panel.title, width: rect.width, size: style.text), x: rect.x, on: &canvas)
    let step = min(rect.width / Double(exitCount) / Double(series.count + 1), 3 * style.radius)
    for (order, marks) in panel.marks.enumerated() {
      let shift = (Double(order) - Double(series.count - 1) / 2) * step
      let look =
        series[order].looks.count > 1 ? series[order].looks[number] : series[order].looks[0]
      let ink = seriesStyle(look, style).ink
      for (exit, mark) in marks.enumerated() {
        guard let mark else { continue }
        let x = horizontal.position(of: Double(exit + 1)) + shift
        if let reference = mark.reference {
          let y = vertical.position(of: reference)
          canvas.line(
            Point(x - 1.6 * style.radius, y), Point(x + 1.6 * style.radius, y), .axis,
            width: 1.5 * style.thin)
        }
        if let low = mark.low, let high = mark.high {
          canvas.verticalWhisker(
            from: vertical.position(of: low), to: vertical.position(of: high), x: x,
            cap: 0.6 * style.radius, ink: ink, width: 1.5 * style.thin)
        }
        draw(look, at: Point(x, vertical.position(of: mark.value)), on: &canvas, style: style)
      }
    }
  }

  private func seriesStyle(_ look: Series.Look, _ style: FigureStyle) -> SeriesStyle {
    SeriesStyle(look.model, name: "", style)
  }

  private func draw<C: Canvas>(
    _ look: Series.Look, at center: Point, on canvas: inout C, style: FigureStyle
  ) {
    let series = seriesStyle(look, style)
    let symbol = look.isDiamond ? series.diamond : series.symbol
    canvas.draw(
      .symbol(
        symbol, at: center, radius: 0.85 * style.radius, ink: series.ink,
        lineWidth: 1.5 * style.thin))
  }

  // MARK: Words

  /// An estimate as a mark; nil where it is not finite.
  static func mark(_ estimate: Estimate?, reference: Double? = nil) -> Mark? {
    guard let estimate, let value = estimate.value.finite else { return nil }
    return Mark(
      value, low: estimate.low?.finite, high: estimate.high?.finite, reference: reference?.finite)
  }

  /// The numbers in words, panel by panel.
  func words(names: [String]) -> String {
    panels.map { panel in
      let parts = (0..<exitCount).map { exit in
        let values = zip(names, panel.marks).map { name, marks in
          let value = exit < marks.count ? marks[exit].map(\.value) : nil
          return "\(name) " + (value.map { NumberText.fixed($0, decimals: 3) } ?? "undefined")
        }
        return "exit \(exit + 1) \(values.joined(separator: ", "))"
      }
      return "\(panel.title): \(parts.joined(separator: "; "))."
    }.joined(separator: " ")
  }
}
