import Recordings

/// F4: loss, consistency term and accuracy of every exit by epoch, every model.
package struct TrainingCurves: Figure {
  /// Its name in `FigureCatalogue`, and the stem of its files for a paper.
  package let name = "training"
  /// Names it to assistive technology on pages; a PDF's title.
  package let title = "Training by epoch"
  /// Says each model's λ in its last epoch, and whether accuracy is of validation or training.
  package let caption: String
  /// Per model, after its last epoch: loss, consistency term, and accuracy in per cent by exit.
  package let summary: String

  /// A small plot: one line a model.
  private struct Panel {
    var title: String
    /// [model], points (epoch, value).
    var lines: [[Point]]
  }

  /// Panels side by side, wrapped where the width is short.
  private struct Group {
    var heading: String?
    var panels: [Panel]
    /// At most so many side by side.
    var across: Int
    /// A plot's height over the figure's width.
    var aspect: Double
    /// Whether all have one vertical axis.
    var sharesAxis: Bool
    /// No value can lie above it, so the axis does not either.
    var ceiling = Double.infinity
  }

  private let groups: [Group]
  private let epochs: (first: Int, last: Int)

  /// nil where no history has an epoch.
  /// - Parameter histories: one a model, with its name.
  package init?(histories: [(name: String, rows: [Provenance.HistoryRow])]) {
    let names = histories.map(\.name)
    let entries = histories.map { $0.rows.sorted { $0.epoch < $1.epoch } }
    let rows = entries.flatMap { $0 }
    guard let first = rows.map(\.epoch).min(), let last = rows.map(\.epoch).max() else {
      return nil
    }
    epochs = (first, last)
    func lines(_ value: (Provenance.HistoryRow) -> Double?) -> [[Point]] {
      entries.map { $0.map { Point(Double($0.epoch), value($0) ?? .nan) } }
    }
    let losses = [
      Panel(title: "training loss", lines: lines { $0.loss }),
      Panel(title: "consistency term, 1 − cosine", lines: lines { $0.consistencyLoss }),
    ]
    let validates = rows.contains { !$0.validationAccuracy.isEmpty }
    let part = validates ? "validation" : "training"
    func accuracy(_ row: Provenance.HistoryRow, _ exit: Int) -> Double? {
      let values = validates ? row.validationAccuracy : row.trainingAccuracy
      return exit < values.count ? 100 * values[exit] : nil
    }
    let exits = rows.map { max($0.validationAccuracy.count, $0.trainingAccuracy.count) }.max()!
    let accuracies = (0..<exits).map { exit in
      Panel(title: "exit \(exit + 1)", lines: lines { accuracy($0, exit) })
    }
    groups = [
      Group(heading: nil, panels: losses, across: 2, aspect: 0.24, sharesAxis: false),
      Group(
        heading: "\(part) accuracy (%)", panels: accuracies, across: 5, aspect: 0.2,
        sharesAxis: true, ceiling: 100),
    ]
    caption = Self.caption(names, entries: entries, part: part)
    summary = Self.words(names, entries: entries, part: part, accuracy: accuracy)
  }

  private static func caption(
    _ names: [String], entries: [[Provenance.HistoryRow]], part: String
  ) -> String {
    let weights = zip(names, entries).compactMap { name, rows in
      rows.last?.lambda.finite.map { "\(NumberText.short($0, decimals: 4)) (\(name))" }
    }
    return """
      Training loss, consistency term (mean over early exits of 1 − cosine with the final map, \
      before its weight λ = \(weights.joined(separator: ", ")) at the end), and \(part) \
      accuracy of each exit, by epoch. One run a model; no intervals.
      """
  }

  private static func words(
    _ names: [String], entries: [[Provenance.HistoryRow]], part: String,
    accuracy: (Provenance.HistoryRow, Int) -> Double?
  ) -> String {
    zip(names, entries).map { name, rows in
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

  /// Where the plots of a group lie below a height, and where the group ends.
  private func layout(
    _ group: Group, top: Double, width: Double, style: FigureStyle
  ) -> (plots: [Rect], bottom: Double) {
    let gap = group.sharesAxis ? 1.2 * style.text : gutter(style) + 1.5 * style.text
    let row = Rect(
      x: gutter(style), y: 0, width: width - gutter(style) - style.gap - style.small,
      height: style.stretch * max(group.aspect * width, 5 * style.text))
    let widest = group.panels.map { style.width(of: $0.title, size: style.text) }.max() ?? 0
    return PlotArea.rows(
      of: group.panels.count, upTo: group.across, line: row,
      narrowest: max(widest, 5 * style.text), gap: gap,
      top: top + (group.heading == nil ? 0 : 1.2 * style.lineHeight), style: style)
  }

  /// Left of a plot: the widest tick label of any panel.
  private func gutter(_ style: FigureStyle) -> Double {
    let scales = groups.flatMap { group in
      group.sharesAxis
        ? [scale(of: group.panels, in: group)]
        : group.panels.map { scale(of: [$0], in: group) }
    }
    let widest = scales.map { PlotArea.labelWidth($0.ticks(count: Self.tickCount), style: style) }
    return (widest.max() ?? 0) + 1.5 * style.gap
  }

  private static let tickCount = 4

  /// The key, a group of losses and one of accuracies, wrapped where `width` is short.
  package func height(width: Double, style: FigureStyle) -> Double {
    groups.filter { !$0.panels.isEmpty }.reduce(SeriesKey().height(width: width, style: style)) {
      top, group in
      layout(group, top: top, width: width, style: style).bottom
    }
  }

  /// One line a name in `style.models`, broken where a value is not finite; `height` is not used.
  package func draw<C: Canvas>(
    on canvas: inout C, width: Double, height: Double, style: FigureStyle
  ) {
    SeriesKey().draw(on: &canvas, width: width, style: style)
    var top = SeriesKey().height(width: width, style: style)
    for group in groups where !group.panels.isEmpty {
      let (plots, bottom) = layout(group, top: top, width: width, style: style)
      if let heading = group.heading {
        canvas.text(
          heading, x: plots[0].x, middle: top + 0.5 * style.lineHeight, size: style.text,
          style: style)
      }
      for (panel, plot) in zip(group.panels, plots) {
        draw(
          panel, in: plot, scale: scale(of: group.sharesAxis ? group.panels : [panel], in: group),
          isLabelled: !group.sharesAxis || plot.x == plots[0].x, on: &canvas, style: style)
      }
      top = bottom
    }
  }

  /// One vertical axis for all the panels' finite values, ending at ticks; positions from 0 to 1.
  private func scale(of panels: [Panel], in group: Group) -> AxisScale {
    let values = panels.flatMap(\.lines).flatMap { $0 }.map(\.y).filter(\.isFinite)
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let air = max(0.02 * (high - low), 0.01 * high.magnitude, 1e-3)
    return AxisScale(
      low: low >= 0 ? max(0, low - air) : low - air, high: min(high + air, group.ceiling),
      start: 0, end: 1
    ).widenedToTicks(count: Self.tickCount)
  }

  private func draw<C: Canvas>(
    _ panel: Panel, in rect: Rect, scale: AxisScale, isLabelled: Bool, on canvas: inout C,
    style: FigureStyle
  ) {
    var scale = scale
    (scale.start, scale.end) = (rect.bottom, rect.y)
    let area = PlotArea(rect: rect, style: style)
    let ticks = scale.ticks(count: Self.tickCount)
    let single = epochs.first == epochs.last
    let horizontal = AxisScale(
      low: Double(epochs.first) - (single ? 0.5 : 0),
      high: Double(epochs.last) + (single ? 0.5 : 0),
      start: rect.x, end: rect.right)
    area.drawVerticalAxis(
      on: &canvas, scale: scale, ticks: isLabelled ? ticks : ticks.map { ($0.value, "") })
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
    let series = SeriesStyle.all(style)
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
          series.symbol, at: end, radius: (series.symbol.isHollow ? 1 : 0.6) * style.radius,
          ink: series.ink, lineWidth: 1.5 * style.thin))
    }
  }
}
