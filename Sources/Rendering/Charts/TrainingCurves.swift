import Recordings

/// F4: loss, consistency term and accuracy of every exit by epoch, both models.
public struct TrainingCurves: Figure {
  public let name = "training"
  public let title = "Training by epoch"
  public let caption: String
  public let summary: String

  /// A small plot: one line a model.
  private struct Panel {
    var title: String
    /// [model], points (epoch, value).
    var lines: [[Point]]
  }

  /// Side by side in the first row, each with its own vertical axis.
  private let losses: [Panel]
  /// Below, all on one axis in per cent.
  private let accuracies: [Panel]
  private let accuracyTitle: String
  private let epochs: (first: Int, last: Int)

  /// nil where neither history has an epoch.
  public init?(baseline: [Provenance.HistoryRow], egt: [Provenance.HistoryRow]) {
    let arms = [baseline, egt].map { $0.sorted { $0.epoch < $1.epoch } }
    let rows = arms.flatMap { $0 }
    guard let first = rows.map(\.epoch).min(), let last = rows.map(\.epoch).max() else {
      return nil
    }
    epochs = (first, last)
    func lines(_ value: (Provenance.HistoryRow) -> Double?) -> [[Point]] {
      arms.map { $0.map { Point(Double($0.epoch), value($0) ?? .nan) } }
    }
    losses = [
      Panel(title: "training loss", lines: lines { $0.loss }),
      Panel(title: "consistency term, 1 − cosine", lines: lines { $0.consistencyLoss }),
    ]
    let validates = rows.contains { !$0.validationAccuracy.isEmpty }
    let part = validates ? "validation" : "training"
    accuracyTitle = "\(part) accuracy (%)"
    func accuracy(_ row: Provenance.HistoryRow, _ exit: Int) -> Double? {
      let values = validates ? row.validationAccuracy : row.trainingAccuracy
      return exit < values.count ? 100 * values[exit] : nil
    }
    let exits = rows.map { max($0.validationAccuracy.count, $0.trainingAccuracy.count) }.max()!
    accuracies = (0..<exits).map { exit in
      Panel(title: "exit \(exit + 1)", lines: lines { accuracy($0, exit) })
    }
    caption = Self.caption(arms: arms, part: part)
    summary = Self.words(arms: arms, part: part, accuracy: accuracy)
  }

  /// nil where neither recording tells its training history.
  public init?(baseline: Recording, egt: Recording) {
    self.init(
      baseline: baseline.manifest.provenance?.history ?? [],
      egt: egt.manifest.provenance?.history ?? [])
  }

  private static func caption(arms: [[Provenance.HistoryRow]], part: String) -> String {
    let weights = zip(["baseline", "EGT"], arms).compactMap { name, rows in
      rows.last?.lambda.finite.map { "\(NumberText.short($0, decimals: 4)) (\(name))" }
    }
    return """
      Training loss, consistency term (mean over early exits of 1 − cosine with the final map, \
      before its weight λ = \(weights.joined(separator: " and ")) at the end), and \(part) \
      accuracy of each exit, by epoch. One run a model; no intervals.
      """
  }

  private static func words(
    arms: [[Provenance.HistoryRow]], part: String,
    accuracy: (Provenance.HistoryRow, Int) -> Double?
  ) -> String {
    zip(["Baseline", "EGT"], arms).map { name, rows in
      guard let last = rows.last else { return "\(name): no history." }
      func number(_ value: Double) -> String {
        value.finite.map { NumberText.fixed($0, decimals: 3) } ?? "undefined"
      }
      var exits: [String] = []
      while let value = accuracy(last, exits.count) {
        exits.append(value.finite.map { NumberText.percent($0 / 100) } ?? "undefined")
      }
      return """
        \(name) after epoch \(last.epoch): loss \(number(last.loss)), consistency term \
        \(number(last.consistencyLoss)), \(part) accuracy by exit \(exits.joined(separator: ", ")).
        """
    }.joined(separator: " ")
  }

  // MARK: Drawing

  /// At most so many accuracy panels side by side.
  private static let panelsAcross = 5

  private var accuracyRows: Int {
    (accuracies.count + Self.panelsAcross - 1) / Self.panelsAcross
  }

  private func lossHeight(_ width: Double) -> Double { 0.24 * width }
  private func accuracyHeight(_ width: Double) -> Double { 0.2 * width }
  /// Key and panel titles.
  private func lossTop(_ style: FigureStyle) -> Double { 2.6 * style.lineHeight }
  /// Between the plots of one row and those of the next: ticks, a heading, panel titles.
  private func between(_ style: FigureStyle) -> Double {
    PlotArea.axisHeight(style) + 2.6 * style.lineHeight
  }

  public func height(width: Double, style: FigureStyle) -> Double {
    let rows = Double(accuracyRows)
    return lossTop(style) + lossHeight(width) + PlotArea.axisHeight(style)
      + rows * (accuracyHeight(width) + between(style)) - (rows > 0 ? 0 : style.gap)
  }

  public func draw<C: Canvas>(
    on canvas: inout C, width: Double, height: Double, style: FigureStyle
  ) {
    drawKey(on: &canvas, style: style)
    let gutter = 3.2 * style.text
    let first = Rect(
      x: gutter, y: lossTop(style), width: width - gutter - style.gap, height: lossHeight(width))
    for (panel, rect) in zip(losses, PlotArea.columns(2, in: first, gap: gutter)) {
      let scale = verticalScale(of: [panel], in: rect)
      draw(panel, in: rect, scale: scale, labelled: true, on: &canvas, style: style)
    }
    var top = first.bottom
    for start in stride(from: 0, to: accuracies.count, by: Self.panelsAcross) {
      top += between(style)
      let row = Rect(x: first.x, y: top, width: first.width, height: accuracyHeight(width))
      let columns = PlotArea.columns(
        min(Self.panelsAcross, accuracies.count), in: row, gap: 1.2 * style.text)
      let scale = verticalScale(of: accuracies, in: row)
      for (index, rect) in columns.enumerated() where start + index < accuracies.count {
        draw(
          accuracies[start + index], in: rect, scale: scale, labelled: index == 0, on: &canvas,
          style: style)
      }
      if start == 0 {
        canvas.text(
          accuracyTitle, x: row.x, middle: top - 1.9 * style.lineHeight, size: style.text,
          style: style)
      }
      top += row.height
    }
  }

  /// The panels are too small for labels at every line, hence one key for all.
  private func drawKey<C: Canvas>(on canvas: inout C, style: FigureStyle) {
    var x = 0.0
    let y = 0.5 * style.lineHeight
    for series in SeriesStyle.pair(style) {
      let length = 13 * style.line
      canvas.draw(
        .line(
          [Point(x, y), Point(x + length, y)],
          Stroke(series.ink, width: style.line, dash: series.dash)))
      canvas.draw(
        .symbol(
          series.circle, at: Point(x + length + style.radius, y), radius: style.radius,
          ink: series.ink, lineWidth: 1.5 * style.thin))
      x += length + 2 * style.radius + style.gap
      canvas.text(series.name, x: x, middle: y, size: style.text, style: style)
      x += style.width(of: series.name, size: style.text) + 3 * style.gap
    }
  }

  /// One axis for all the panels' finite values, ending at ticks.
  private func verticalScale(of panels: [Panel], in rect: Rect) -> AxisScale {
    let values = panels.flatMap(\.lines).flatMap { $0 }.map(\.y).filter(\.isFinite)
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let air = max(0.02 * (high - low), 1e-6 * max(1, high.magnitude))
    return AxisScale(
      low: low >= 0 ? max(0, low - air) : low - air, high: high + air, start: rect.bottom,
      end: rect.y
    ).widenedToTicks(count: 4)
  }

  private func draw<C: Canvas>(
    _ panel: Panel, in rect: Rect, scale: AxisScale, labelled: Bool, on canvas: inout C,
    style: FigureStyle
  ) {
    let area = PlotArea(rect: rect, style: style)
    let ticks = scale.ticks(count: 4)
    let single = epochs.first == epochs.last
    let horizontal = AxisScale(
      low: Double(epochs.first) - (single ? 0.5 : 0),
      high: Double(epochs.last) + (single ? 0.5 : 0),
      start: rect.x, end: rect.right)
    area.drawVerticalAxis(
      on: &canvas, scale: scale, ticks: labelled ? ticks : ticks.map { ($0.value, "") })
    area.drawHorizontalAxis(
      on: &canvas, scale: horizontal,
      ticks: horizontal.integerTicks(
        count: max(2, Int(rect.width / (4 * style.small)))), title: "epoch")
    area.drawTitleAbove(panel.title, x: rect.x, on: &canvas)
    let runs = panel.lines.map { points in
      points.map { point in
        point.y.finite.map { Point(horizontal.position(of: point.x), scale.position(of: $0)) }
      }
    }
    let series = SeriesStyle.pair(style)
    // The dashed line over the solid one and the dot inside the ring: both show where they agree.
    for (series, run) in zip(series, runs).reversed() {
      for piece in run.split(separator: nil).map({ $0.compactMap { $0 } }) where piece.count > 1 {
        canvas.draw(.line(piece, Stroke(series.ink, width: style.line, dash: series.dash)))
      }
    }
    for (series, run) in zip(series, runs) {
      guard let end = run.last(where: { $0 != nil }) ?? nil else { continue }
      canvas.draw(
        .symbol(
          series.circle, at: end, radius: (series.circle.isHollow ? 1 : 0.6) * style.radius,
          ink: series.ink, lineWidth: 1.5 * style.thin))
    }
  }
}
