/// Rows of two bars, one a model, of shares of samples.
struct PairedBars: Sendable {
  struct Bar: Sendable {
    /// Of 1.
    var share: Double
    var low: Double?
    var high: Double?
  }

  var rows: [PairedRows.Row]
  /// [row][model]; nil where there is no bar.
  var bars: [[Bar?]]
  var axisTitle: String

  private func header(_ style: FigureStyle) -> Double { 0.5 * style.gap }

  func height(style: FigureStyle) -> Double {
    PairedRows.height(rowCount: rows.count, header: header(style), style: style)
  }

  func draw<C: Canvas>(on canvas: inout C, width: Double, style: FigureStyle) {
    let frame = PairedRows(rows: rows, header: header(style), width: width, style: style)
    let largest = bars.flatMap { $0 }.compactMap { $0 }.map { $0.high ?? $0.share }.max() ?? 1
    let scale = AxisScale(
      low: 0, high: min(100, max(10, 100 * largest)), start: frame.plot.x, end: frame.plot.right
    ).widenedToTicks(count: 5)
    PlotArea(rect: frame.plot, style: style).drawHorizontalAxis(
      on: &canvas, scale: scale, ticks: scale.ticks(count: 5), title: axisTitle)
    frame.draw(on: &canvas)
    for (index, row) in bars.enumerated() {
      for (model, bar) in row.enumerated() {
        guard let bar else { continue }
        draw(
          bar, on: &canvas, y: frame.middle(row: index, model: model), from: frame.plot.x,
          scale: scale, series: frame.series[model], style: style)
      }
    }
    canvas.line(
      Point(frame.plot.x, frame.plot.y), Point(frame.plot.x, frame.plot.bottom), .axis,
      width: style.thin)
  }

  private func draw<C: Canvas>(
    _ bar: Bar, on canvas: inout C, y: Double, from x: Double, scale: AxisScale,
    series: SeriesStyle, style: FigureStyle
  ) {
    let thickness = 0.62 * PairedRows.lineHeight(style)
    let rect = Rect(
      x: x, y: y - thickness / 2, width: scale.position(of: 100 * bar.share) - x,
      height: thickness)
    canvas.draw(
      .rectangle(
        rect, fill: series.symbol.isHollow ? .paper : series.ink,
        stroke: Stroke(series.ink, width: 1.5 * style.thin)))
    guard let low = bar.low, let high = bar.high else { return }
    // In the colour of text, since it lies on a bar of the model's.
    let (start, end) = (scale.position(of: 100 * low), scale.position(of: 100 * high))
    canvas.line(Point(start, y), Point(end, y), .text, width: style.thin)
    for x in [start, end] {
      canvas.line(
        Point(x, y - thickness / 4), Point(x, y + thickness / 4), .text, width: style.thin)
    }
  }
}
