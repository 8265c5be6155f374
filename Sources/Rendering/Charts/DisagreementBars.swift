import Analysis

/// Images that only one of two models answers rightly, the reference's to the left, the other's to the right: a group of
/// rows for each comparison.
package struct DisagreementBars: Figure {
  /// Its name in `FigureCatalogue`, and the stem of its files for a paper.
  package let name = "disagreement"
  /// Names it to assistive technology on pages; a PDF's title.
  package let title = "Images that one model alone answers rightly"
  /// Says n, the threshold and how to read bars; for one comparison also the counts without bars.
  package let caption: String
  /// Per comparison and row: images that only one, both or neither model answers rightly.
  package let summary: String

  /// One comparison.
  private struct Group {
    var pair: AuditResult.ShownPair
    var rows: [Row]
  }

  private struct Row {
    var label: String
    var test: McNemarTest
    /// Whether a line divides this row from the one above.
    var isDivided: Bool
  }

  private let groups: [Group]

  /// nil where no models were compared image by image.
  package init?(_ result: AuditResult, shown: [Int]? = nil) {
    let groups = result.pairs(shown).compactMap { pair -> Group? in
      guard let table = pair.comparison.disagreement?.tables.first, !table.rows.isEmpty else {
        return nil
      }
      return Group(
        pair: pair,
        rows: table.rows.map { row in
          switch row.place {
          case .exit(let exit): Row(label: "exit \(exit)", test: row.test, isDivided: false)
          default: Row(label: "on leaving", test: row.test, isDivided: true)
          }
        })
    }
    guard let first = groups.first else { return nil }
    self.groups = groups
    let run = CaptionText.hasSeveralSeeds(result) ? ", the first run of each model" : ""
    let isOne = groups.count == 1
    let names = first.pair.names
    let sides =
      isOne
      ? "only \(names[0]) (left) and only \(names[1]) (right) answers"
      : "only one of two models answers"
    let rest = isOne ? " Right / wrong in both models: \(Self.rest(first))." : ""
    caption = """
      How many images \(sides) rightly, at each exit and where images leave at \
      \(CaptionText.threshold(result.threshold)), \(CaptionText.samples(result))\(run). Bars of equal length: equal \
      accuracy, whatever their length; long bars: the models are right about different images. Counts, so without an \
      interval; that of the difference, and McNemar’s exact test, are in the table.\(rest)
      """
    summary = groups.flatMap { group in
      group.rows.map { row in
        let names = group.pair.names
        return
          "\(row.label): only \(names[0]) right \(row.test.onlyReferenceRight), only \(names[1]) right "
          + "\(row.test.onlyModelRight), both right \(row.test.bothRight), both wrong \(row.test.bothWrong)."
      }
    }.joined(separator: " ")
  }

  /// What the bars leave out, row by row.
  private static func rest(_ group: Group) -> String {
    group.rows.map { row in
      let counts = [row.test.bothRight, row.test.bothWrong].map(NumberText.grouped)
      return "\(row.label) \(counts[0])\u{A0}/\u{A0}\(counts[1])"
    }.joined(separator: "; ")
  }

  private func header(_ style: FigureStyle) -> Double { 1.2 * style.lineHeight }
  private func rowHeight(_ style: FigureStyle) -> Double {
    style.stretch * (style.lineHeight + 0.75 * style.text)
  }

  /// Every comparison's rows, and one axis; the same at any width.
  package func height(width: Double, style: FigureStyle) -> Double {
    groups.map { header(style) + Double($0.rows.count) * rowHeight(style) }.reduce(0, +)
      + PlotArea.axisHeight(style)
  }

  /// Names and inks are those of the comparisons; `style.models` and `height` are not used.
  package func draw<C: Canvas>(
    on canvas: inout C, width: Double, height: Double, style: FigureStyle
  ) {
    let rows = groups.flatMap(\.rows)
    let labels = rows.map { style.width(of: $0.label, size: style.text) }.max() ?? 0
    let counts = rows.flatMap { [$0.test.onlyReferenceRight, $0.test.onlyModelRight] }
    // Room for a count beyond the longest bar.
    let room =
      (counts.map { style.width(of: NumberText.grouped($0), size: style.small) }.max() ?? 0)
      + 1.5 * style.gap
    let left = labels + style.gap + room
    // At least 4, so that every tick is a whole number.
    let most = Double(max(4, counts.max() ?? 0))
    var plot = Rect(x: left, y: 0, width: max(style.text, width - left - room), height: 0)
    let scale = AxisScale(low: -most, high: most, start: plot.x, end: plot.right)
      .widenedToTicks(count: 4)
    let ticks = scale.ticks(count: 4).map {
      ($0.value, NumberText.grouped(abs(Int($0.value))))
    }
    for (index, group) in groups.enumerated() {
      plot.y += header(style)
      plot.height = Double(group.rows.count) * rowHeight(style)
      let area = PlotArea(rect: plot, style: style)
      if index == groups.count - 1 {
        area.drawHorizontalAxis(on: &canvas, scale: scale, ticks: ticks, title: "images")
      } else {
        area.drawGrid(on: &canvas, scale: scale, ticks: ticks)
      }
      draw(group, in: plot, on: &canvas, scale: scale, width: width, style: style)
      plot.y = plot.bottom
    }
  }

  private func draw<C: Canvas>(
    _ group: Group, in plot: Rect, on canvas: inout C, scale: AxisScale, width: Double,
    style: FigureStyle
  ) {
    let zero = scale.position(of: 0)
    for (name, side, room) in [
      (group.pair.names[0], -1.0, zero), (group.pair.names[1], 1, width - zero),
    ] {
      let frame = style.width(of: "only  right", size: style.small) + style.gap
      let name = style.fitting(name, width: room - frame, size: style.small)
      canvas.text(
        "only \(name) right", x: zero + side * style.gap,
        middle: plot.y - header(style) + 0.5 * style.lineHeight,
        anchor: side < 0 ? .end : .start, size: style.small, style: style)
    }
    for (index, row) in group.rows.enumerated() {
      let y = plot.y + (Double(index) + 0.5) * rowHeight(style)
      if row.isDivided {
        let line = y - rowHeight(style) / 2
        canvas.line(Point(0, line), Point(width, line), .axis, width: style.thin)
      }
      canvas.text(row.label, x: 0, middle: y, size: style.text, style: style)
      draw(row.test, of: group, on: &canvas, y: y, scale: scale, style: style)
    }
    canvas.line(Point(zero, plot.y), Point(zero, plot.bottom), .axis, width: style.thin)
  }

  private func draw<C: Canvas>(
    _ test: McNemarTest, of group: Group, on canvas: inout C, y: Double, scale: AxisScale,
    style: FigureStyle
  ) {
    let thickness = 0.8 * style.lineHeight
    let zero = scale.position(of: 0)
    for (place, count, side) in [
      (group.pair.places[0], test.onlyReferenceRight, -1.0),
      (group.pair.places[1], test.onlyModelRight, 1),
    ] {
      let ink = SeriesStyle(place, name: "", style).ink
      let end = scale.position(of: side * Double(count))
      if count > 0 {
        canvas.draw(
          .rectangle(
            Rect(
              x: min(zero, end), y: y - thickness / 2, width: abs(end - zero), height: thickness),
            fill: side < 0 ? .paper : ink,
            stroke: Stroke(ink, width: 1.5 * style.thin)))
      }
      canvas.text(
        NumberText.grouped(count), x: end + side * style.gap, middle: y,
        anchor: side < 0 ? .end : .start, size: style.small, style: style)
    }
  }
}
