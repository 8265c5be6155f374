extension AccuracyCostCurve {
  /// Draws curves, symbols and labels between the axes, and remembers what it covered.
  struct CurveInk {
    let cost: AxisScale
    let accuracy: AxisScale
    let plot: Rect
    let style: FigureStyle
    let thresholdText: String
    /// Whether equal exits of models are set apart sideways, so that neither covers the other.
    let isDodged: Bool
    let modelCount: Int
    private var placer: LabelPlacer

    init(
      cost: AxisScale, accuracy: AxisScale, plot: Rect, style: FigureStyle, thresholdText: String,
      isDodged: Bool, modelCount: Int
    ) {
      self.cost = cost
      self.accuracy = accuracy
      self.plot = plot
      self.style = style
      self.thresholdText = thresholdText
      self.isDodged = isDodged
      self.modelCount = modelCount
      placer = LabelPlacer(bounds: plot)
    }

    private func position(_ mark: Marked) -> Point {
      Point(cost.position(of: mark.cost), accuracy.position(of: mark.accuracy))
    }

    /// A faint line at each exit's cost, its number above the plot; numbers that would touch are left out.
    func drawExitGuides<C: Canvas>(_ exits: [Marked], on canvas: inout C) {
      var free = -Double.infinity
      for (index, exit) in exits.enumerated() {
        let x = cost.position(of: exit.cost)
        canvas.line(
          Point(x, plot.y), Point(x, plot.bottom), .axis, width: style.thin,
          dash: [style.thin, 3 * style.thin])
        let text = index == 0 ? "exit 1" : String(index + 1)
        let half = style.width(of: text, size: style.small) / 2
        guard x - half >= free else { continue }
        free = x + half + style.gap
        canvas.text(
          text, x: x, middle: plot.y - style.gap - 0.5 * style.small, anchor: .middle,
          size: style.small, ink: .muted, style: style)
      }
    }

    mutating func drawLines<C: Canvas>(of curve: Curve, on canvas: inout C) {
      let series = SeriesStyle.all(style)[curve.model]
      let points = curve.points.map { Point(cost.position(of: $0.x), accuracy.position(of: $0.y)) }
      guard points.count > 1 else { return }
      canvas.draw(.line(points, Stroke(series.ink, width: style.line, dash: series.dash)))
      placer.block(line: points, width: 2 * style.line)
    }

    mutating func drawSymbols<C: Canvas>(of curve: Curve, on canvas: inout C) {
      let series = SeriesStyle.all(style)[curve.model]
      let aside =
        isDodged ? (Double(curve.model) - Double(modelCount - 1) / 2) * 2.1 * style.radius : 0
      var marks = curve.exits.map { ($0, series.symbol, style.radius, aside) }
      if let mark = curve.threshold {
        // A smaller solid one inside the hollow one, where two models do the same.
        let size = series.diamond.isHollow ? 1.6 : 1.1
        marks.append((mark, series.diamond, size * style.radius, 0))
      }
      for (mark, symbol, radius, aside) in marks {
        var center = position(mark)
        center.x += aside
        if let low = mark.low, let high = mark.high {
          let (bottom, top) = (accuracy.position(of: low), accuracy.position(of: high))
          canvas.verticalWhisker(
            from: bottom, to: top, x: center.x, cap: 0.7 * style.radius, ink: series.ink,
            width: style.thin)
          placer.block(Rect(x: center.x - 1, y: top, width: 2, height: bottom - top))
        }
        canvas.draw(
          .symbol(
            symbol, at: center, radius: radius, ink: series.ink, lineWidth: 1.5 * style.thin))
        placer.block(
          Rect(
            x: center.x - 1.3 * radius, y: center.y - 1.3 * radius, width: 2.6 * radius,
            height: 2.6 * radius))
      }
    }

    /// - Parameters:
    ///   - named: whether the model's name stands beside the curve.
    ///   - numbered: whether each exit's number stands beside its symbol.
    mutating func drawLabels<C: Canvas>(
      of curve: Curve, named: Bool, numbered: Bool, on canvas: inout C
    ) {
      let name = style.fitting(
        SeriesStyle.all(style)[curve.model].name, width: 0.4 * plot.width, size: style.small)
      if named, let point = point(of: curve, across: 0.4) ?? curve.exits.last.map(position) {
        write(name, near: point, ink: .text, on: &canvas)
      }
      guard numbered else { return }
      for (index, exit) in curve.exits.enumerated() {
        write(String(index + 1), near: position(exit), ink: .muted, on: &canvas)
      }
    }

    /// Where a curve passes a share of the plot's width; its nearer end where it does not; nil for a curve of one point.
    private func point(of curve: Curve, across share: Double) -> Point? {
      let points = curve.points.map { Point(cost.position(of: $0.x), accuracy.position(of: $0.y)) }
        .sorted { $0.x < $1.x }
      guard points.count > 1 else { return nil }
      let x = plot.x + share * plot.width
      guard let right = points.firstIndex(where: { $0.x >= x }) else { return points.last }
      guard right > 0 else { return points.first }
      let (before, after) = (points[right - 1], points[right])
      return Point(
        x, before.y + (after.y - before.y) * (x - before.x) / (after.x - before.x))
    }

    /// What the diamonds are, above the plot's right end.
    func drawThresholdKey<C: Canvas>(of curves: [Curve], middle y: Double, on canvas: inout C) {
      let marked = curves.filter { $0.threshold != nil }
      guard !marked.isEmpty else { return }
      canvas.text(
        thresholdText, x: plot.right, middle: y, anchor: .end, size: style.small, ink: .muted,
        style: style)
      var x = plot.right - style.width(of: thresholdText, size: style.small) - style.gap
      for curve in marked.reversed() {
        let series = SeriesStyle.all(style)[curve.model]
        x -= 1.3 * style.radius
        canvas.draw(
          .symbol(
            series.diamond, at: Point(x, y), radius: style.radius, ink: series.ink,
            lineWidth: 1.5 * style.thin))
        x -= 1.3 * style.radius + 0.3 * style.gap
      }
    }

    private mutating func write<C: Canvas>(
      _ text: String, near point: Point, ink: Ink, on canvas: inout C
    ) {
      let width = style.width(of: text, size: style.small)
      let rect = placer.place(
        width: width, height: style.small, near: point, distance: 1.8 * style.radius)
      canvas.text(
        text, x: rect.x, middle: rect.y + rect.height / 2, size: style.small, ink: ink,
        style: style)
      let reach = 5 * style.radius
      let near = Point(
        min(max(point.x, rect.x), rect.right), min(max(point.y, rect.y), rect.bottom))
      let (dx, dy) = (near.x - point.x, near.y - point.y)
      if dx * dx + dy * dy > reach * reach {
        let start = 1.6 * style.radius / (dx * dx + dy * dy).squareRoot()
        canvas.line(
          Point(point.x + start * dx, point.y + start * dy), near, .axis, width: style.thin)
      }
    }
  }
}
