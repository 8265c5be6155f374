import Analysis

/// Images that only one of two models answers rightly: the reference's to the left, the other's to the right.
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
    /// The model's place among those shown; 0 is the reference.
    var series: Int
  }

  /// The reference, and the model or a word for several.
  private let names: (reference: String, model: String)

  private let rows: [Row]

  /// nil where the models were not compared image by image.
  public init?(_ result: AuditResult, shown: [Int]? = nil) {
    let places = result.shown(shown).map(\.index)
    let compared = result.comparisons(shown).filter {
      $0.disagreement?.tables.first?.rows.isEmpty == false
    }
    guard !compared.isEmpty else { return nil }
    let reference = result.models[compared[0].reference].name
    let isOne = compared.count == 1
    names = (reference, isOne ? result.models[compared[0].model].name : "the other")
    rows = compared.enumerated().flatMap { number, comparison in
      let prefix = isOne ? "" : "\(result.models[comparison.model].name), "
      let series = places.firstIndex(of: comparison.model)!
      return comparison.disagreement!.tables[0].rows.enumerated().map { place, row in
        switch row.place {
        case .exit(let exit):
          Row(
            label: "\(prefix)exit \(exit)", test: row.test, isDivided: number > 0 && place == 0,
            series: series)
        case .mean, .earlyExit:
          Row(label: "\(prefix)on leaving", test: row.test, isDivided: isOne, series: series)
        }
      }
    }
    let names = self.names
    let run = CaptionText.hasSeveralSeeds(result) ? ", the first run of each model" : ""
    let rest = rows.map { row in
      let counts = [row.test.bothRight, row.test.bothWrong].map(NumberText.grouped)
      return "\(row.label) \(counts[0])\u{A0}/\u{A0}\(counts[1])"
    }
    caption = """
      How many images only \(names.reference) (left) and only \(names.model) (right) answers rightly, at each exit and where images leave at \
      \(CaptionText.threshold(result.threshold)), \(CaptionText.samples(result))\(run). Bars of equal length: equal \
      accuracy, whatever their length; long bars: the models are right about different images. Counts, so without an \
      interval; that of the difference, and McNemar’s exact test, are in the table. Right / wrong in both models: \
      \(rest.joined(separator: "; ")).
      """
    summary = rows.map { row in
      "\(row.label): only \(names.reference) right \(row.test.onlyBaselineRight), only \(names.model) right "
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
      ("only \(ShortName.text(self.names.reference, style: style)) right", -1.0, Label.Anchor.end),
      ("only \(ShortName.text(self.names.model, style: style)) right", 1, .start),
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
      draw(row, on: &canvas, y: y, scale: scale, style: style)
    }
    canvas.line(Point(zero, plot.y), Point(zero, plot.bottom), .axis, width: style.thin)
  }

  private func draw<C: Canvas>(
    _ row: Row, on canvas: inout C, y: Double, scale: AxisScale, style: FigureStyle
  ) {
    let thickness = 0.8 * style.lineHeight
    let zero = scale.position(of: 0)
    for (series, count, side) in [
      (SeriesStyle(0, name: "", style), row.test.onlyBaselineRight, -1.0),
      (SeriesStyle(row.series, name: "", style), row.test.onlyEGTRight, 1),
    ] {
      let end = scale.position(of: side * Double(count))
      if count > 0 {
        canvas.draw(
          .rectangle(
            Rect(
              x: min(zero, end), y: y - thickness / 2, width: abs(end - zero), height: thickness),
            fill: series.symbol.isHollow ? .paper : series.ink,
            stroke: Stroke(series.ink, width: 1.5 * style.thin)))
      }
      canvas.text(
        NumberText.grouped(count), x: end + side * style.gap, middle: y,
        anchor: side < 0 ? .end : .start, size: style.small, style: style)
    }
  }
}
