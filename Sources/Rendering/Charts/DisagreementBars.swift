import Analysis

/// Images that only one of the two models answers rightly: the baseline's to the left, EGT's to the right.
public struct DisagreementBars: Figure {
  public let name = "disagreement"
  public let title = "Images that one model alone answers rightly"
  public let caption: String
  public let summary: String

  private struct Row {
    var label: String
    var test: McNemarTest
    /// Whether a line divides this row from the one above.
    var isDivided: Bool
  }

  private let rows: [Row]

  /// nil where the models were not compared image by image.
  public init?(_ result: AuditResult) {
    guard let table = result.disagreement?.tables.first, !table.rows.isEmpty else { return nil }
    rows = table.rows.map { row in
      switch row.place {
      case .exit(let exit): Row(label: "exit \(exit)", test: row.test, isDivided: false)
      case .mean, .earlyExit: Row(label: "on leaving", test: row.test, isDivided: true)
      }
    }
    let run = CaptionText.hasSeveralSeeds(result) ? ", the first run of each model" : ""
    let rest = rows.map { row in
      let counts = [row.test.bothRight, row.test.bothWrong].map(NumberText.grouped)
      return "\(row.label) \(counts[0])\u{A0}/\u{A0}\(counts[1])"
    }
    caption = """
      How many images only the baseline (left) and only EGT (right) answers rightly, at each exit and where images leave at \
      \(CaptionText.threshold(result.threshold)), \(CaptionText.samples(result))\(run). Bars of equal length: equal \
      accuracy, whatever their length; long bars: the models are right about different images. Counts, so without an \
      interval; that of the difference, and McNemar’s exact test, are in the table. Right / wrong in both models: \
      \(rest.joined(separator: "; ")).
      """
    summary = rows.map { row in
      "\(row.label): only baseline right \(row.test.onlyBaselineRight), only EGT right "
        + "\(row.test.onlyEGTRight), both right \(row.test.bothRight), both wrong \(row.test.bothWrong)."
    }.joined(separator: " ")
  }

  private func header(_ style: FigureStyle) -> Double { 1.2 * style.lineHeight }
  private func rowHeight(_ style: FigureStyle) -> Double {
    style.stretch * (style.lineHeight + 0.75 * style.text)
  }

  public func height(width: Double, style: FigureStyle) -> Double {
    header(style) + Double(rows.count) * rowHeight(style) + PlotArea.axisHeight(style)
  }

  public func draw<C: Canvas>(
    on canvas: inout C, width: Double, height: Double, style: FigureStyle
  ) {
    let names = rows.map { style.width(of: $0.label, size: style.text) }.max() ?? 0
    let counts = rows.flatMap { [$0.test.onlyBaselineRight, $0.test.onlyEGTRight] }
    // Room for a count beyond the longest bar.
    let room =
      (counts.map { style.width(of: NumberText.grouped($0), size: style.small) }.max() ?? 0)
      + 1.5 * style.gap
    let left = names + style.gap + room
    let plot = Rect(
      x: left, y: header(style), width: max(style.text, width - left - room),
      height: Double(rows.count) * rowHeight(style))
    // At least 4, so that every tick is a whole number.
    let most = Double(max(4, counts.max() ?? 0))
    let scale = AxisScale(low: -most, high: most, start: plot.x, end: plot.right)
      .widenedToTicks(count: 4)
    PlotArea(rect: plot, style: style).drawHorizontalAxis(
      on: &canvas, scale: scale,
      ticks: scale.ticks(count: 4).map {
        ($0.value, NumberText.grouped(abs(Int($0.value))))
      },
      title: "images")
    let zero = scale.position(of: 0)
    let top = 0.5 * style.lineHeight
    for (name, side, anchor) in [
      ("only baseline right", -1.0, Label.Anchor.end), ("only EGT right", 1, .start),
    ] {
      canvas.text(
        name, x: zero + side * style.gap, middle: top, anchor: anchor, size: style.small,
        style: style)
    }
    for (index, row) in rows.enumerated() {
      let y = plot.y + (Double(index) + 0.5) * rowHeight(style)
      if row.isDivided {
        let line = y - rowHeight(style) / 2
        canvas.line(Point(0, line), Point(width, line), .axis, width: style.thin)
      }
      canvas.text(row.label, x: 0, middle: y, size: style.text, style: style)
      draw(row.test, on: &canvas, y: y, scale: scale, style: style)
    }
    canvas.line(Point(zero, plot.y), Point(zero, plot.bottom), .axis, width: style.thin)
  }

  private func draw<C: Canvas>(
    _ test: McNemarTest, on canvas: inout C, y: Double, scale: AxisScale, style: FigureStyle
  ) {
    let thickness = 0.8 * style.lineHeight
    let zero = scale.position(of: 0)
    for (series, count, side) in [
      (SeriesStyle.baseline(style), test.onlyBaselineRight, -1.0),
      (SeriesStyle.egt(style), test.onlyEGTRight, 1),
    ] {
      let end = scale.position(of: side * Double(count))
      if count > 0 {
        canvas.draw(
          .rectangle(
            Rect(
              x: min(zero, end), y: y - thickness / 2, width: abs(end - zero), height: thickness),
            fill: series.circle.isHollow ? .paper : series.ink,
            stroke: Stroke(series.ink, width: 1.5 * style.thin)))
      }
      canvas.text(
        NumberText.grouped(count), x: end + side * style.gap, middle: y,
        anchor: side < 0 ? .end : .start, size: style.small, style: style)
    }
  }
}
