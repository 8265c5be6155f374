import Analysis

/// Model − reference of every sample's consistency: one panel an early exit, for each comparison.
package struct DeltaHistograms: Figure {
  /// Its name in `FigureCatalogue`, and the stem of its files for a paper.
  package let name = "consistency-differences"
  /// Names it to assistive technology on pages; a PDF's title.
  package let title = "Difference in consistency, sample by sample"
  /// Says whose cosine is subtracted, n, the bins' width, and what bars and circle are.
  package let caption: String
  /// Per comparison and exit: the mean difference, and the shares of samples above and below 0.
  package let summary: String

  private let groups: [Group]
  /// The horizontal axis runs from −reach to reach.
  private let reach: Double

  /// One comparison.
  private struct Group {
    var pair: AuditResult.ShownPair
    var panels: [Panel]
  }

  private struct Panel {
    var title: String
    var histogram: Histogram
    var mean: Estimate
    /// Shares of the samples.
    var below: Double
    var above: Double
  }

  /// nil where nothing is paired.
  package init?(_ result: AuditResult, shown: [Int]? = nil) {
    let numbers = result.numbers
    groups = result.pairs(shown).compactMap { pair in
      let panels = (pair.comparison.paired?.exits ?? []).compactMap { exit in
        Self.panel(
          exit, numbers[.cosine, .exit(exit.exit), difference: pair.comparison.model]?.estimate)
      }
      return panels.isEmpty ? nil : Group(pair: pair, panels: panels)
    }
    let histograms = groups.flatMap(\.panels).map(\.histogram)
    guard let first = histograms.first else { return nil }
    let ends = histograms.flatMap { histogram in
      histogram.counts.indices.filter { histogram.counts[$0] > 0 }.flatMap { bin -> [Double] in
        let low = histogram.low + Double(bin) * histogram.width
        return [low, histogram.low + Double(bin + 1) * histogram.width]
      }
    }
    reach = ends.map(\.magnitude).max() ?? 1
    let several =
      CaptionText.hasSeveralSeeds(result) ? " (a sample’s mean over its model’s recordings)" : ""
    let isOne = groups.count == 1
    let names = isOne ? groups[0].pair.names : ["the second named", "the first named"]
    caption = """
      \(isOne ? "\(names[1])’s minus \(names[0])’s cosine" : "One model’s cosine minus another’s,") with the final exit’s map, \
      for each of n\u{A0}=\u{A0}\(CaptionText.range(histograms.map(\.total))) samples\(several), in bins of \
      \(NumberText.short(first.width, decimals: 3)). Solid bars: higher in \(names[1]) (or the same); hollow: higher in \
      \(names[0]). The circle is the mean with its 95\u{A0}% bootstrap interval over samples.
      """
    summary = groups.map { group in
      (isOne ? "" : "\(group.pair.title). ")
        + group.panels.map { panel in
          """
          \(panel.title): mean \(NumberText.fixed(panel.mean.value, decimals: 3)); \
          \(NumberText.percent(panel.above)) above 0, \(NumberText.percent(panel.below)) below.
          """
        }.joined(separator: " ")
    }.joined(separator: " ")
  }

  private static func panel(_ exit: PairedExit, _ mean: Estimate?) -> Panel? {
    guard let histogram = exit.deltaHistogram, histogram.total > 0, let mean,
      mean.value.isFinite, let below = exit.shareBelow, let above = exit.shareAbove
    else { return nil }
    return Panel(
      title: "exit \(exit.exit)", histogram: histogram, mean: mean, below: below, above: above)
  }

  // MARK: Drawing

  private func note(_ panel: Panel) -> String {
    "\(NumberText.percent(panel.above, decimals: 0)) above 0"
  }

  /// Each group's plots and, where there are several groups, the middle of its title; and where the last one ends.
  private func layout(
    width: Double, style: FigureStyle
  ) -> (groups: [(title: Double?, plots: [Rect])], bottom: Double) {
    let gap = 3 * style.text
    let widest =
      groups.flatMap(\.panels).map { panel in
        style.width(of: panel.title, size: style.text) + style.gap
          + style.width(of: note(panel), size: style.small)
      }.max() ?? 0
    let line = Rect(
      x: style.text, y: 0, width: width - 2 * style.text,
      height: style.stretch * max(7 * style.text, 0.16 * width))
    var places: [(title: Double?, plots: [Rect])] = []
    var bottom = 0.0
    for group in groups {
      let title = groups.count > 1 ? bottom + 0.6 * style.lineHeight : nil
      let rows = PlotArea.rows(
        of: group.panels.count, upTo: 4, line: line, narrowest: max(widest, 9 * style.text),
        gap: gap, top: bottom + (title == nil ? 0 : 1.2 * style.lineHeight), style: style)
      places.append((title, rows.plots))
      bottom = rows.bottom
    }
    return (places, bottom)
  }

  /// Rows of at most four plots, each comparison its own, fewer where `width` is short.
  package func height(width: Double, style: FigureStyle) -> Double {
    layout(width: width, style: style).bottom
  }

  /// Names and inks are those of the comparisons; `style.models` and `height` are not used.
  package func draw<C: Canvas>(
    on canvas: inout C, width: Double, height: Double, style: FigureStyle
  ) {
    let tallest =
      groups.flatMap(\.panels)
      .map { Double($0.histogram.counts.max() ?? 0) / Double($0.histogram.total) }.max() ?? 1
    for (group, place) in zip(groups, layout(width: width, style: style).groups) {
      if let title = place.title {
        canvas.text(
          group.pair.title(width: width, style: style), x: 0, middle: title,
          size: style.text, ink: .muted, style: style)
      }
      for (panel, plot) in zip(group.panels, place.plots) {
        draw(panel, of: group, in: plot, tallest: tallest, on: &canvas, style: style)
      }
    }
  }

  private func draw<C: Canvas>(
    _ panel: Panel, of group: Group, in rect: Rect, tallest: Double, on canvas: inout C,
    style: FigureStyle
  ) {
    let scale = AxisScale(low: -reach, high: reach, start: rect.x, end: rect.right)
    let area = PlotArea(rect: rect, style: style)
    area.drawHorizontalAxis(
      on: &canvas, scale: scale, ticks: scale.ticks(count: 4), title: "Δ cosine")
    area.drawTitleAbove(panel.title, x: rect.x, on: &canvas)
    canvas.text(
      note(panel), x: rect.right, middle: rect.y - style.gap - 0.5 * style.text, anchor: .end,
      size: style.small, ink: .muted, style: style)
    // Room above the highest bar for the mean.
    let unit = (rect.height - 1.6 * style.text) / tallest
    let histogram = panel.histogram
    let inks = group.pair.places.map { SeriesStyle($0, name: "", style).ink }
    let (lower, higher) = (inks[0], inks[1])
    for (bin, count) in histogram.counts.enumerated() where count > 0 {
      let start = histogram.low + Double(bin) * histogram.width
      let left = scale.position(of: start)
      let right = scale.position(of: start + histogram.width)
      let height = unit * Double(count) / Double(histogram.total)
      let bar = Rect(x: left, y: rect.bottom - height, width: right - left, height: height)
      let isAbove = start > -histogram.width / 2
      canvas.draw(
        .rectangle(
          bar, fill: isAbove ? higher : .paper,
          stroke: Stroke(isAbove ? higher : lower, width: style.thin)))
    }
    let zero = scale.position(of: 0)
    canvas.line(Point(zero, rect.y), Point(zero, rect.bottom), .axis, width: style.thin)
    let y = rect.y + 0.6 * style.text
    if let low = panel.mean.low?.finite, let high = panel.mean.high?.finite {
      canvas.line(
        Point(scale.position(of: low), y), Point(scale.position(of: high), y), .text,
        width: style.line)
    }
    canvas.draw(
      .symbol(
        .solidCircle, at: Point(scale.position(of: panel.mean.value), y),
        radius: 0.7 * style.radius,
        ink: .text, lineWidth: style.thin))
  }
}
