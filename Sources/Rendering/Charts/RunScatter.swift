import Analysis

/// How far training runs differ: the headline numbers of every run, every model.
package struct RunScatter: Figure {
  /// Its name in `FigureCatalogue`, and the stem of its files for a paper.
  package let name = "runs"
  /// Names it to assistive technology on pages; a PDF's title.
  package let title = "Headline numbers of every training run"
  /// Says how many runs each model has, whether they are paired, n, and what the lines are.
  package let caption: String
  /// Per measure: each model's mean ± standard deviation over runs, then every run's value.
  package let summary: String

  private let rows: [Row]

  private struct Row {
    var frame: PairedRows.Row
    /// One a model.
    var cells: [Cell]
  }

  private struct Cell {
    /// One a run.
    var values: [Double]
    var mean: Double?
    /// Over images and runs.
    var interval: Estimate?
  }

  private static let measures: [(label: String, detail: String, Measure, Place?)] = [
    ("cosine", "early exits, mean", .cosine, .early),
    ("excess", "early exits, mean", .excess, .early),
    ("centred r", "early exits, mean", .centred, .early),
    ("accuracy", "final exit", .accuracy, nil),
    ("accuracy", "leaving early", .accuracy, .earlyStop),
  ]

  /// nil where every model has a single run.
  package init?(_ result: AuditResult, shown: [Int]? = nil) {
    let entries = result.shown(shown)
    let names = entries.map(\.name)
    guard entries.contains(where: { $0.seeds.count > 1 }) else { return nil }
    rows = Self.measures.compactMap { label, detail, measure, place in
      let numbers = entries.map { entry in
        result.numbers[measure, place ?? .exit(entry.exits.count), model: entry.index]
      }
      let cells = numbers.map(Self.cell)
      guard cells.contains(where: { $0.mean != nil }) else { return nil }
      let values = zip(numbers, cells).map { number, cell in
        let deviation = number?.runs?.deviation?.finite.map {
          " ± " + NumberText.fixed($0, decimals: 3)
        }
        return (cell.mean.map { NumberText.fixed($0, decimals: 3) } ?? "undefined")
          + (deviation ?? "")
      }
      return Row(frame: .init(label: label, detail: detail, values: values), cells: cells)
    }
    guard !rows.isEmpty else { return nil }
    caption = Self.caption(
      result, entries,
      hasIntervals: rows.contains { $0.cells.contains { $0.interval != nil } })
    summary = rows.map { Self.words($0, names) }.joined(separator: " ")
  }

  private static func cell(_ number: Number?) -> Cell {
    guard let runs = number?.runs else {
      let only = number?.value.finite
      return Cell(values: [only].compactMap { $0 }, mean: only, interval: nil)
    }
    return Cell(
      values: runs.values.compactMap { $0?.finite }, mean: runs.estimate.value.finite,
      interval: runs.estimate.low == nil ? nil : runs.estimate)
  }

  private static func caption(
    _ result: AuditResult, _ models: [ModelResult], hasIntervals: Bool
  ) -> String {
    let counts = models.map { "\($0.seeds.count) of \($0.name)" }
    let isPaired =
      !result.comparisons.isEmpty
      && result.comparisons.allSatisfy { ($0.paired?.design?.pairs?.count ?? 0) > 1 }
    let pairs = isPaired ? ", paired by their seeds" : ""
    let intervals =
      hasIntervals
      ? "lines are 95\u{A0}% intervals over images and training runs (Student’s t for the runs)"
      : "fewer than three runs say too little for an interval"
    return """
      Each symbol is one training run: \(counts.joined(separator: ", "))\(pairs); \
      n\u{A0}=\u{A0}\(NumberText.grouped(result.sampleCount)) samples each. Strokes are means, ± is \
      the standard deviation over runs, and \(intervals). Where symbols of two models overlap, \
      another seed could turn their order around.
      """
  }

  private static func words(_ row: Row, _ names: [String]) -> String {
    let parts = zip(names, zip(row.cells, row.frame.values)).map { name, cell in
      let runs = cell.0.values.map { NumberText.fixed($0, decimals: 3) }.joined(separator: ", ")
      let interval = cell.0.interval.flatMap { CaptionText.interval($0, decimals: 3) }
      return "\(name) \(cell.1) (runs \(runs)\(interval.map { "; \($0)" } ?? ""))"
    }
    return "\(row.frame.label), \(row.frame.detail ?? ""): \(parts.joined(separator: "; "))."
  }

  // MARK: Drawing

  private func header(_ style: FigureStyle) -> Double { 0.5 * style.gap }

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
    let cells = rows.flatMap(\.cells)
    let lowest = cells.flatMap { $0.values + [$0.interval?.low?.finite ?? 0] }.min() ?? 0
    let scale = AxisScale(
      low: min(0, lowest), high: 1, start: frame.plot.x, end: frame.plot.right
    ).widenedToTicks(count: 5)
    PlotArea(rect: frame.plot, style: style).drawHorizontalAxis(
      on: &canvas, scale: scale, ticks: scale.ticks(count: 5), title: "value of each run")
    frame.draw(on: &canvas)
    for (index, row) in rows.enumerated() {
      for (model, cell) in row.cells.enumerated() {
        draw(
          cell, on: &canvas, y: frame.middle(row: index, model: model), scale: scale,
          series: frame.series[model], style: style)
      }
    }
  }

  private func draw<C: Canvas>(
    _ cell: Cell, on canvas: inout C, y: Double, scale: AxisScale, series: SeriesStyle,
    style: FigureStyle
  ) {
    if let low = cell.interval?.low?.finite, let high = cell.interval?.high?.finite {
      canvas.line(
        Point(scale.position(of: low), y), Point(scale.position(of: high), y), series.ink,
        width: style.thin)
    }
    for value in cell.values {
      canvas.draw(
        .symbol(
          series.symbol, at: Point(scale.position(of: value), y), radius: 0.75 * style.radius,
          ink: series.ink, lineWidth: 1.5 * style.thin))
    }
    if let mean = cell.mean {
      let x = scale.position(of: mean)
      canvas.line(
        Point(x, y - 1.3 * style.radius), Point(x, y + 1.3 * style.radius), .text,
        width: 1.5 * style.thin)
    }
  }
}
