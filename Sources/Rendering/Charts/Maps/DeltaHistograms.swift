import Analysis

/// EGT − baseline of every sample's consistency, one panel an early exit.
public struct DeltaHistograms: Figure {
  public let name = "consistency-differences"
  public let title = "Difference in consistency, sample by sample"
  public let caption: String
  public let summary: String

  private let panels: [Panel]
  /// The horizontal axis runs from −reach to reach.
  private let reach: Double

  private struct Panel {
    var title: String
    var histogram: Histogram
    var mean: Estimate
    /// Shares of the samples.
    var below: Double
    var above: Double
    /// The model's place among those shown; 0 is the reference.
    var series: Int
  }

  /// nil where nothing is paired.
  public init?(_ result: AuditResult, shown: [Int]? = nil) {
    let comparisons = result.comparisons(shown)
    let isOne = comparisons.count == 1
    panels = comparisons.flatMap { comparison in
      (comparison.paired?.exits ?? []).compactMap { exit in
        Self.panel(
          exit, comparison, result,
          title: isOne ? "" : "\(result.models[comparison.model].name), ",
          series: result.shown(shown).firstIndex { $0.index == comparison.model }!)
      }
    }
    guard let first = panels.first?.histogram else { return nil }
    let reference = result.models[comparisons[0].reference].name
    let name = isOne ? result.models[comparisons[0].model].name : "A model"
    let ends = panels.map(\.histogram).flatMap { histogram in
      histogram.counts.indices.filter { histogram.counts[$0] > 0 }.flatMap { bin -> [Double] in
        let low = histogram.low + Double(bin) * histogram.width
        return [low, histogram.low + Double(bin + 1) * histogram.width]
      }
    }
    reach = ends.map(\.magnitude).max() ?? 1
    let several =
      CaptionText.hasSeveralSeeds(result) ? " (a sample’s mean over its model’s recordings)" : ""
    caption = """
      \(name)’s minus \(reference)’s cosine with the final exit’s map, for each of n\u{A0}=\u{A0}\
      \(CaptionText.range(panels.map(\.histogram.total))) samples\(several), in bins of \
      \(NumberText.short(first.width, decimals: 3)). Solid bars: higher than \(reference)’s (or the same); hollow: \
      lower. The circle is the mean with its 95\u{A0}% bootstrap interval over samples.
      """
    summary = panels.map { panel in
      """
      \(panel.title): mean \(NumberText.fixed(panel.mean.value, decimals: 3)); \
      \(NumberText.percent(panel.above)) above 0, \(NumberText.percent(panel.below)) below.
      """
    }.joined(separator: " ")
  }

  private static func panel(
    _ exit: PairedExit, _ comparison: Comparison, _ result: AuditResult, title: String,
    series: Int
  ) -> Panel? {
    let number = result.numbers[.cosine, .exit(exit.exit), difference: comparison.model]
    guard let histogram = exit.deltaHistogram, histogram.total > 0, let mean = number?.estimate,
      mean.value.isFinite, let below = exit.shareBelow, let above = exit.shareAbove
    else { return nil }
    return Panel(
      title: "\(title)exit \(exit.exit)", histogram: histogram, mean: mean, below: below,
      above: above, series: series)
  }

  // MARK: Drawing

  private func note(_ panel: Panel) -> String {
    "\(NumberText.percent(panel.above, decimals: 0)) above 0"
  }

  private func layout(width: Double, style: FigureStyle) -> (plots: [Rect], bottom: Double) {
    let gap = 3 * style.text
    let widest =
      panels.map { panel in
        style.width(of: panel.title, size: style.text) + style.gap
          + style.width(of: note(panel), size: style.small)
      }.max() ?? 0
    let line = Rect(
      x: style.text, y: 0, width: width - 2 * style.text,
      height: style.stretch * max(7 * style.text, 0.16 * width))
    return PlotArea.rows(
      of: panels.count, upTo: 4, line: line, narrowest: max(widest, 9 * style.text), gap: gap,
      top: 0, style: style)
  }

  public func height(width: Double, style: FigureStyle) -> Double {
    layout(width: width, style: style).bottom
  }

  public func draw<C: Canvas>(
    on canvas: inout C, width: Double, height: Double, style: FigureStyle
  ) {
    let tallest =
      panels.map { Double($0.histogram.counts.max() ?? 0) / Double($0.histogram.total) }
      .max() ?? 1
    for (panel, plot) in zip(panels, layout(width: width, style: style).plots) {
      draw(panel, in: plot, tallest: tallest, on: &canvas, style: style)
    }
  }

  private func draw<C: Canvas>(
    _ panel: Panel, in rect: Rect, tallest: Double, on canvas: inout C, style: FigureStyle
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
    let lower = SeriesStyle(0, name: "", style).ink
    let higher = SeriesStyle(panel.series, name: "", style).ink
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
