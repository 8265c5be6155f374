import Recordings

/// How long single images took to each exit and with an early stop, as measured when recording.
package struct LatencyDots: Figure {
  /// Its name in `FigureCatalogue`, and the stem of its files for a paper.
  package let name = "latency"
  /// Names it to assistive technology on pages; a PDF's title.
  package let title = "Measured latency of single images"
  /// Says images, rounds, threads and threshold, all as the first measured model has them.
  package let caption: String
  /// Per exit and for the early stop: each model's median, 5th and 95th percentile in ms.
  package let summary: String

  private let rows: [PairedRows.Row]
  /// [row][model]
  private let times: [[MeasuredLatency.Times?]]

  /// nil where none was measured.
  /// - Parameter models: one a model, with its name.
  package init?(_ models: [(name: String, latency: MeasuredLatency?)]) {
    let names = models.map(\.name)
    let entries = models.map(\.latency)
    guard let first = entries.lazy.compactMap({ $0 }).first else { return nil }
    let count = entries.compactMap { $0?.exits.count }.max() ?? 0
    let exits = (0..<count).map { exit in
      entries.map { entry in entry.flatMap { exit < $0.exits.count ? $0.exits[exit] : nil } }
    }
    // Times at another threshold are no comparison.
    let threshold = first.earlyStop.threshold
    times =
      exits + [entries.map { $0?.earlyStop.threshold == threshold ? $0?.earlyStop.times : nil }]
    rows = times.enumerated().map { index, times in
      var row = PairedRows.Row(
        label: index < count ? "exit \(index + 1)" : "early stop",
        detail: index < count ? nil : CaptionText.threshold(threshold),
        values: times.map { $0.map { Self.milliseconds($0.median) } ?? "not measured" })
      row.isDivided = index == count
      return row
    }
    let threads = "\(first.threads) thread\(first.threads == 1 ? "" : "s")"
    caption = """
      Milliseconds from the normalised image to the answer, one image at a time, really stopped: later \
      blocks were not run. Symbols are medians, lines run from the 5th to the 95th percentile, over \
      \(NumberText.grouped(first.images)) images, each with the fastest of its \(first.rounds) rounds, \
      with \(threads). Early stop: each image leaves at the first exit whose confidence reaches \
      \(CaptionText.threshold(threshold)).
      """
    summary = zip(rows, times).map { row, times in
      let parts = zip(names, times).map { name, times in
        times.map {
          "\(name) \(Self.milliseconds($0.median)), "
            + "\(Self.milliseconds($0.p5)) to \(Self.milliseconds($0.p95))"
        } ?? "\(name) not measured"
      }
      return "\(row.label): \(parts.joined(separator: "; "))."
    }.joined(separator: " ")
  }

  private static func milliseconds(_ value: Double) -> String {
    NumberText.fixed(value, decimals: value < 0.1 ? 3 : value < 10 ? 2 : 1) + "\u{A0}ms"
  }

  private func header(_ style: FigureStyle) -> Double { 0.5 * style.gap }

  /// Rows with a line a name in `style.models`, and the axis; the same at any width.
  package func height(width: Double, style: FigureStyle) -> Double {
    PairedRows.height(rowCount: rows.count, header: header(style), style: style)
  }

  /// `style.models` must name every model shown, in order; `height` is not used.
  package func draw<C: Canvas>(
    on canvas: inout C, width: Double, height: Double, style: FigureStyle
  ) {
    let frame = PairedRows(rows: rows, header: header(style), width: width, style: style)
    let longest = times.flatMap { $0 }.compactMap { $0?.p95 }.max() ?? 1
    let scale = AxisScale(low: 0, high: longest, start: frame.plot.x, end: frame.plot.right)
      .widenedToTicks(count: 5)
    PlotArea(rect: frame.plot, style: style).drawHorizontalAxis(
      on: &canvas, scale: scale, ticks: scale.ticks(count: 5), title: "milliseconds an image")
    frame.draw(on: &canvas)
    for (index, row) in times.enumerated() {
      for (model, times) in row.enumerated() {
        guard let times else { continue }
        let y = frame.middle(row: index, model: model)
        let series = frame.series[model]
        canvas.line(
          Point(scale.position(of: times.p5), y), Point(scale.position(of: times.p95), y),
          series.ink, width: style.line)
        canvas.draw(
          .symbol(
            series.symbol, at: Point(scale.position(of: times.median), y), radius: style.radius,
            ink: series.ink, lineWidth: 1.5 * style.thin))
      }
    }
  }
}
