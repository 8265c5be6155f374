import Analysis

/// F1: how far each early exit looks where the final one looks, every model, with intervals and what chance gives.
package struct ConsistencyDotPlot: Figure {
  /// Its name in `FigureCatalogue`, and the stem of its files for a paper.
  package let name = "consistency"
  /// Names it to assistive technology on pages; a PDF's title.
  package let title = "Attention consistency with the final exit"
  /// Says n, the resamples, what the grey bars are, and how many cosines are undefined.
  package let caption: String
  /// Per row, exits and their mean: each model's cosine, its 95 % interval and chance.
  package let summary: String

  private let rows: [Row]

  private struct Row {
    var frame: PairedRows.Row
    /// One a model; nil where undefined or where the model has no such early exit.
    var cells: [Cell?]
  }

  private struct Cell {
    var cosine: Estimate
    var null: Double?
  }

  /// nil where no model has an early exit.
  package init?(_ result: AuditResult, shown: [Int]? = nil) {
    let entries = result.shown(shown)
    let names = entries.map(\.name)
    let early = entries.map { max(0, $0.exits.count - 1) }
    guard let count = early.max(), count > 0 else { return nil }
    var rows = (0..<count).map { exit in
      Self.row(
        label: "exit \(exit + 1)", detail: Self.grids(of: exit, in: entries),
        results: entries.map {
          exit < $0.exits.count - 1
            ? .some(result.numbers[.cosine, .exit(exit + 1), model: $0.index]) : nil
        },
        absence: entries.map { exit == $0.exits.count - 1 ? "final exit" : "no such exit" })
    }
    if count > 1 {
      var mean = Self.row(
        label: "mean", detail: Set(early).count == 1 ? "exits 1–\(count)" : "early exits",
        results: entries.map { .some(result.numbers[.cosine, .early, model: $0.index]) })
      mean.frame.isDivided = true
      rows.append(mean)
    }
    self.rows = rows
    caption = Self.caption(result, entries)
    summary = rows.map { Self.words($0, names) }.joined(separator: " ")
  }

  /// - Parameters:
  ///   - results: nil where the model has no such early exit, .some(nil) where undefined.
  ///   - absence: what to say where it has none.
  private static func row(
    label: String, detail: String?, results: [Number??], absence: [String] = []
  ) -> Row {
    var values: [String] = []
    var cells: [Cell?] = []
    for (model, result) in results.enumerated() {
      switch result {
      case nil:
        values.append(absence[model])
        cells.append(nil)
      case .some(let number):
        let cosine = number.flatMap { $0.value.isFinite ? $0.estimate : nil }
        values.append(cosine.map { NumberText.fixed($0.value, decimals: 3) } ?? "undefined")
        cells.append(
          cosine.map { Cell(cosine: $0, null: number?.null?.finite) })
      }
    }
    return Row(frame: .init(label: label, detail: detail, values: values), cells: cells)
  }

  private static func grids(of exit: Int, in entries: [ModelResult]) -> String? {
    let grids = Set(entries.compactMap { exit < $0.exits.count - 1 ? $0.exits[exit].grid : nil })
    return grids.count == 1 ? grids.first.map { "\($0.height) × \($0.width)" } : nil
  }

  // MARK: Words

  private static func caption(_ result: AuditResult, _ models: [ModelResult]) -> String {
    let exits = models.flatMap { $0.exits.dropLast() }
    let counts = exits.map(\.n)
    let undefined = exits.map(\.undefined).reduce(0, +)
    let n = CaptionText.range(counts)
    let several = CaptionText.hasSeveralSeeds(result)
    let counted = several ? " (each counted in every recording)" : ""
    let seeds = several ? ", the seeds held fixed" : ""
    var text = """
      Mean cosine between each early exit’s map and the final exit’s, both on the input \
      grid: 1 is the same map. Symbols are means over n\u{A0}=\u{A0}\(n) samples\(counted) an \
      exit; lines through them are 95\u{A0}% bootstrap intervals (BCa) over samples \
      (\(NumberText.grouped(result.bootstrapResamples)) resamples\(seeds)). Each grey bar ends at \
      that exit’s and model’s permutation null, the mean cosine with the final maps of other \
      images: only what lies beyond the bar is about this image.
      """
    if undefined > 0 {
      text += " \(NumberText.grouped(undefined)) undefined cosines (zero, constant or non-finite"
      text += " maps) are left out."
    }
    return text
  }

  private static func words(_ row: Row, _ names: [String]) -> String {
    let parts = zip(names, zip(row.cells, row.frame.values)).map { name, cell in
      guard let value = cell.0 else { return "\(name) \(cell.1)" }
      var text = "\(name) \(cell.1)"
      var details: [String] = []
      if let interval = CaptionText.interval(value.cosine, decimals: 3) { details.append(interval) }
      if let null = value.null { details.append("null \(NumberText.fixed(null, decimals: 3))") }
      if !details.isEmpty { text += " (\(details.joined(separator: ", ")))" }
      return text
    }
    return "\(row.frame.label): \(parts.joined(separator: "; "))."
  }

  // MARK: Drawing

  private func header(_ style: FigureStyle) -> Double { 1.6 * style.small }

  /// Rows with a line a name in `style.models`, and the axis; the same at any width.
  package func height(width: Double, style: FigureStyle) -> Double {
    PairedRows.height(rowCount: rows.count, header: header(style), style: style)
  }

  /// `style.models` must name every model shown, in order; `height` is not used.
  package func draw<C: Canvas>(
    on canvas: inout C, width: Double, height: Double, style: FigureStyle
  ) {
    let frame = PairedRows(
      rows: rows.map(\.frame), header: header(style), width: width, style: style)
    let scale = AxisScale(
      low: lowest < 0 ? -1 : 0, high: 1, start: frame.plot.x, end: frame.plot.right)
    PlotArea(rect: frame.plot, style: style).drawHorizontalAxis(
      on: &canvas, scale: scale, ticks: scale.ticks(count: 5),
      title: "mean cosine with the final exit’s map")
    frame.draw(on: &canvas)
    drawKey(on: &canvas, frame: frame)
    for (index, row) in rows.enumerated() {
      for (model, cell) in row.cells.enumerated() {
        guard let cell else { continue }
        draw(
          cell, on: &canvas, y: frame.middle(row: index, model: model), scale: scale,
          series: frame.series[model], style: style)
      }
    }
  }

  private var lowest: Double {
    rows.flatMap(\.cells).compactMap { $0 }.flatMap { cell in
      [cell.cosine.value, cell.cosine.low?.finite ?? 0, cell.null ?? 0]
    }.min() ?? 0
  }

  private func drawKey<C: Canvas>(on canvas: inout C, frame: PairedRows) {
    let style = frame.style
    let y = 0.5 * style.small
    let side = 0.7 * style.small
    drawBand(
      on: &canvas, from: frame.plot.x, to: frame.plot.x + 2.5 * side, y: y, height: side,
      style: style)
    canvas.text(
      "null: final map of another image", x: frame.plot.x + 2.5 * side + style.gap, middle: y,
      size: style.small, ink: .muted, style: style)
  }

  private func drawBand<C: Canvas>(
    on canvas: inout C, from start: Double, to end: Double, y: Double, height: Double,
    style: FigureStyle
  ) {
    let rect = Rect(
      x: min(start, end), y: y - height / 2, width: abs(end - start), height: height)
    canvas.draw(.rectangle(rect, fill: .chance, stroke: nil))
    canvas.line(
      Point(end, y - height / 2), Point(end, y + height / 2), .axis, width: 1.5 * style.thin)
  }

  private func draw<C: Canvas>(
    _ cell: Cell, on canvas: inout C, y: Double, scale: AxisScale, series: SeriesStyle,
    style: FigureStyle
  ) {
    if let null = cell.null {
      drawBand(
        on: &canvas, from: scale.position(of: 0), to: scale.position(of: null), y: y,
        height: 0.6 * PairedRows.lineHeight(style), style: style)
    }
    if let low = cell.cosine.low?.finite, let high = cell.cosine.high?.finite {
      canvas.line(
        Point(scale.position(of: low), y), Point(scale.position(of: high), y), series.ink,
        width: style.line)
    }
    canvas.draw(
      .symbol(
        series.symbol, at: Point(scale.position(of: cell.cosine.value), y), radius: style.radius,
        ink: series.ink, lineWidth: 1.5 * style.thin))
  }
}
