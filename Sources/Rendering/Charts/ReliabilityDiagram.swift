import Analysis

/// Reliability diagram (Guo et al., 2017): the share of right answers against confidence, one panel an exit, every
/// model, and below each panel how many answers have that confidence.
package struct ReliabilityDiagram: Figure {
  /// Its name in `FigureCatalogue`, and the stem of its files for a paper.
  package let name = "reliability"
  /// Names it to assistive technology on pages; a PDF's title.
  package let title = "Confidence against accuracy"
  /// Says n, the 15 bins, the intervals, and which bins have no point.
  package let caption: String
  /// Per exit: each model's debiased ECE, and the share of right answers at each confidence.
  package let summary: String

  /// Fewer answers are counted, not plotted: their interval spans half the panel.
  private static let leastCount = 10

  private struct Panel {
    var title: String
    /// One a model.
    var models: [Model]
  }

  private struct Model {
    var bins: [ReliabilityBin]
    var ece: CalibrationErrorEstimate?
  }

  private let panels: [Panel]

  /// nil where no model's calibration is known.
  package init?(_ result: AuditResult, shown: [Int]? = nil) {
    let entries = result.shown(shown)
    let names = entries.map(\.name)
    let count = entries.map(\.calibration.count).max() ?? 0
    guard count > 0 else { return nil }
    panels = (0..<count).map { exit in
      Panel(
        title: "exit \(exit + 1)",
        models: entries.map { entry in
          guard exit < entry.calibration.count else { return Model(bins: []) }
          return Model(
            bins: entry.calibration[exit].bins.filter { $0.count > 0 },
            ece: entry.calibration[exit].scores.ece)
        })
    }
    caption = Self.caption(result)
    summary = panels.map { Self.words($0, names) }.joined(separator: " ")
  }

  // MARK: Words

  private static func caption(_ result: AuditResult) -> String {
    let several = CaptionText.hasSeveralSeeds(result)
    return """
      Share of right answers against mean confidence in 15 bins of equal width, one panel an exit; \
      \(CaptionText.samples(result))\(several ? ", the answers of all recordings together" : ""). \
      On the dotted diagonal confidence is right; below it the exit is over-confident. Whiskers: \
      95\u{A0}% Wilson intervals\(several ? " (n is the number of different images in a bin)" : ""). \
      Bars below: answers by confidence, from the largest bin of the panel, whose count is given; bins of fewer than \
      \(leastCount) answers have no point.
      """
  }

  private static func words(_ panel: Panel, _ names: [String]) -> String {
    let parts = zip(names, panel.models).map { name, model -> String in
      guard let ece = model.ece else { return "\(name) not known" }
      let points = model.bins.filter { $0.count >= leastCount }.compactMap { bin -> String? in
        guard let confidence = bin.confidence, let accuracy = bin.accuracy?.value else {
          return nil
        }
        return "\(NumberText.fixed(accuracy, decimals: 2)) right at "
          + NumberText.fixed(confidence, decimals: 2)
      }
      return "\(name) debiased ECE \(NumberText.fixed(ece.debiased.value, decimals: 3))"
        + (points.isEmpty ? "" : ", \(points.joined(separator: ", "))")
    }
    return "\(panel.title): \(parts.joined(separator: "; "))."
  }

  // MARK: Drawing

  private struct Place {
    /// Accuracy against confidence.
    var plot: Rect
    /// Counts.
    var strip: Rect
  }

  private static let ticks = [(0.0, "0"), (0.5, "0.5"), (1.0, "1")].map {
    (value: $0.0, label: $0.1)
  }

  private func layout(width: Double, style: FigureStyle) -> (places: [Place], bottom: Double) {
    let gutter = PlotArea.labelWidth(Self.ticks, style: style) + style.gap
    let gap = 1.6 * style.text
    let full = width - gutter - 0.5 * style.small
    let narrowest = 7.5 * style.text
    let fitting = max(1, Int((full + gap) / (narrowest + gap)))
    // Rows of like length: five panels stand as three and two, not as four and one.
    let rows = (panels.count + fitting - 1) / fitting
    let across = (panels.count + rows - 1) / rows
    var places: [Place] = []
    var top = SeriesKey().height(width: width, style: style)
    while places.count < panels.count {
      let row = Rect(x: gutter, y: top + 1.3 * style.lineHeight, width: full, height: 0)
      var bottom = top
      for column in PlotArea.columns(max(across, 2), in: row, gap: gap).prefix(across) {
        var plot = column
        plot.height = style.stretch * min(plot.width, 24 * style.text)
        let strip = Rect(
          x: plot.x, y: plot.bottom + style.gap, width: plot.width, height: stripHeight(style))
        places.append(Place(plot: plot, strip: strip))
        bottom = strip.bottom
      }
      top = bottom + PlotArea.axisHeight(style) + 0.4 * style.lineHeight
    }
    return (Array(places.prefix(panels.count)), top - 0.4 * style.lineHeight)
  }

  /// A row of bars a model.
  private func stripHeight(_ style: FigureStyle) -> Double {
    max(2, Double(style.models.count)) * 1.8 * style.text
  }

  /// The key, then even rows of as many plots as fit, each over a strip of counts.
  package func height(width: Double, style: FigureStyle) -> Double {
    layout(width: width, style: style).bottom
  }

  /// `style.models` must name every model shown, in order; `height` is not used.
  package func draw<C: Canvas>(
    on canvas: inout C, width: Double, height: Double, style: FigureStyle
  ) {
    let places = layout(width: width, style: style).places
    SeriesKey().draw(on: &canvas, width: width, style: style)
    for (panel, place) in zip(panels, places) {
      let isFirst = place.plot.x == places[0].plot.x
      draw(panel, at: place, isFirst: isFirst, on: &canvas, style: style)
    }
  }

  private func draw<C: Canvas>(
    _ panel: Panel, at place: Place, isFirst: Bool, on canvas: inout C, style: FigureStyle
  ) {
    let plot = place.plot
    let area = PlotArea(rect: plot, style: style)
    let horizontal = AxisScale(low: 0, high: 1, start: plot.x, end: plot.right)
    let vertical = AxisScale(low: 0, high: 1, start: plot.bottom, end: plot.y)
    area.drawVerticalAxis(
      on: &canvas, scale: vertical,
      ticks: isFirst ? Self.ticks : Self.ticks.map { ($0.value, "") })
    canvas.line(
      Point(plot.x, plot.bottom), Point(plot.right, plot.bottom), .axis, width: style.thin)
    area.drawTitleAbove(panel.title, x: plot.x, on: &canvas)
    if isFirst {
      canvas.text(
        "share right", x: plot.right, middle: plot.y - style.gap - 0.5 * style.text, anchor: .end,
        size: style.small, ink: .muted, style: style)
    }
    canvas.line(
      Point(plot.x, plot.bottom), Point(plot.right, plot.y), .axis, width: style.thin,
      dash: [style.thin, 3 * style.thin])
    // The dashed line and hollow symbols over the solid ones: both show where they agree.
    for (series, model) in zip(SeriesStyle.all(style), panel.models).reversed() {
      draw(model, series: series, horizontal, vertical, on: &canvas, style: style)
    }
    drawCounts(panel, in: place.strip, horizontal, on: &canvas, style: style)
  }

  private func draw<C: Canvas>(
    _ model: Model, series: SeriesStyle, _ horizontal: AxisScale, _ vertical: AxisScale,
    on canvas: inout C, style: FigureStyle
  ) {
    let marks = model.bins.filter { $0.count >= Self.leastCount }.compactMap { bin in
      bin.accuracy.flatMap { accuracy in bin.confidence.map { (confidence: $0, accuracy: accuracy) }
      }
    }
    let points = marks.map {
      Point(horizontal.position(of: $0.confidence), vertical.position(of: $0.accuracy.value))
    }
    for (mark, point) in zip(marks, points) {
      guard let low = mark.accuracy.low, let high = mark.accuracy.high else { continue }
      canvas.line(
        Point(point.x, vertical.position(of: low)), Point(point.x, vertical.position(of: high)),
        series.ink, width: style.thin)
    }
    if points.count > 1 {
      canvas.draw(.line(points, Stroke(series.ink, width: style.line, dash: series.dash)))
    }
    for point in points {
      canvas.draw(
        .symbol(
          series.symbol, at: point, radius: 0.75 * style.radius, ink: series.ink,
          lineWidth: 1.5 * style.thin))
    }
  }

  /// Rows of bars, one a model, that stand on their baselines.
  private func drawCounts<C: Canvas>(
    _ panel: Panel, in strip: Rect, _ horizontal: AxisScale, on canvas: inout C,
    style: FigureStyle
  ) {
    PlotArea(rect: strip, style: style).drawHorizontalAxis(
      on: &canvas, scale: horizontal, ticks: Self.ticks, title: "confidence")
    let largest = panel.models.flatMap(\.bins).map(\.count).max() ?? 0
    let gap = 0.25 * style.text
    let rows = Double(max(1, panel.models.count))
    let height = (strip.height - gap * (rows - 1)) / rows
    for (index, model) in panel.models.enumerated() {
      let series = SeriesStyle.all(style)[index]
      let base = strip.y + Double(index) * (height + gap) + height
      for bin in model.bins {
        let left = horizontal.position(of: bin.lower) + 0.5 * style.thin
        let right = horizontal.position(of: bin.upper) - 0.5 * style.thin
        let size = max(style.thin, Double(bin.count) / Double(largest) * (height - style.thin))
        canvas.draw(
          .rectangle(
            Rect(x: left, y: base - size, width: right - left, height: size),
            fill: series.symbol.isHollow ? .paper : series.ink,
            stroke: Stroke(series.ink, width: style.thin)))
      }
      canvas.line(Point(strip.x, base), Point(strip.right, base), .axis, width: style.thin)
    }
    // On the side where the upper row has fewer answers.
    let bins = panel.models[0].bins
    let isLeftFuller =
      bins.filter { $0.upper <= 0.5 }.reduce(0) { $0 + $1.count } * 2
      > bins.reduce(0) { $0 + $1.count }
    canvas.text(
      "max \(NumberText.grouped(largest))",
      x: isLeftFuller ? strip.right : strip.x + 0.5 * style.gap,
      middle: strip.y + 0.5 * style.small, anchor: isLeftFuller ? .end : .start,
      size: style.small, ink: .muted, style: style)
  }
}
