import Analysis

/// The whole distribution behind each mean consistency: one strip an early exit, every model.
package struct ConsistencyDistributions: Figure {
  /// Its name in `FigureCatalogue`, and the stem of its files for a paper.
  package let name = "consistency-distributions"
  /// Names it to assistive technology on pages; a PDF's title.
  package let title = "Distribution of consistency over samples"
  /// Says the bins' width, n, the vertical scales, and what marks the mean and the null.
  package let caption: String
  /// Per early exit: each model's mean, and its quartiles as the bins give them.
  package let summary: String

  private let strips: [Strip]
  /// The ends of the horizontal axis.
  private let low: Double

  private struct Strip {
    var label: String
    /// [model]; nil where nothing is defined.
    var histograms: [Histogram?]
    var means: [Double?]
    var nulls: [Double?]
  }

  /// nil where no model has a defined consistency.
  package init?(_ result: AuditResult, shown: [Int]? = nil) {
    let entries = result.shown(shown)
    let names = entries.map(\.name)
    let numbers = result.numbers
    let count = entries.map { $0.exits.count - 1 }.max() ?? 0
    strips = (0..<max(0, count)).map { exit in
      let exits = entries.map { exit < $0.exits.count - 1 ? $0.exits[exit] : nil }
      return Strip(
        label: "exit \(exit + 1)",
        histograms: exits.map { $0?.cosineHistogram.flatMap { $0.total > 0 ? $0 : nil } },
        means: entries.map { numbers[.cosine, .exit(exit + 1), model: $0.index]?.value.finite },
        nulls: entries.map { numbers[.cosine, .exit(exit + 1), model: $0.index]?.null?.finite })
    }
    let histograms = strips.flatMap(\.histograms).compactMap { $0 }
    guard !histograms.isEmpty else { return nil }
    let hasNegative = histograms.contains { histogram in
      histogram.counts.indices.contains {
        histogram.counts[$0] > 0 && histogram.low + Double($0 + 1) * histogram.width < 1e-9
      }
    }
    low = hasNegative ? -1 : 0
    let several = CaptionText.hasSeveralSeeds(result) ? ", every recording’s counted" : ""
    caption = """
      How many samples have which cosine with the final exit’s map, in bins of \
      \(NumberText.short(histograms[0].width, decimals: 3)) (n\u{A0}=\u{A0}\
      \(CaptionText.range(histograms.map(\.total))) cosines an exit and model\(several)). Each strip has a \
      vertical scale of its own, from 0 to its highest bin. Below each strip a symbol marks the mean and a bar the null, the \
      mean cosine with the final maps of other images.
      """
    summary = strips.map { strip in
      let parts = zip(names, zip(strip.histograms, strip.means)).map { name, values in
        guard let histogram = values.0, let mean = values.1 else { return "\(name) undefined" }
        let quartiles = [0.25, 0.5, 0.75].map {
          NumberText.fixed(histogram.quantile($0), decimals: 2)
        }
        return """
          \(name) mean \(NumberText.fixed(mean, decimals: 3)), quartiles about \
          \(quartiles.joined(separator: ", "))
          """
      }
      return "\(strip.label): \(parts.joined(separator: "; "))."
    }.joined(separator: " ")
  }

  // MARK: Drawing

  private func plotHeight(_ style: FigureStyle) -> Double { style.stretch * 4 * style.text }
  private func marksHeight(_ style: FigureStyle) -> Double {
    Double(max(1, style.models.count)) * 1.05 * style.text
  }
  private func stripHeight(_ style: FigureStyle) -> Double {
    plotHeight(style) + marksHeight(style) + 0.7 * style.text
  }
  private var key: SeriesKey { SeriesKey(extra: .stroke("null")) }
  private func keyHeight(_ width: Double, _ style: FigureStyle) -> Double {
    key.height(width: width, style: style) + 0.1 * style.lineHeight
  }

  /// The key, a strip an early exit with a line a name in `style.models`, and the axis.
  package func height(width: Double, style: FigureStyle) -> Double {
    keyHeight(width, style) + Double(strips.count) * stripHeight(style) + PlotArea.axisHeight(style)
  }

  /// `style.models` must not name more models than are shown; `height` is not used.
  package func draw<C: Canvas>(
    on canvas: inout C, width: Double, height: Double, style: FigureStyle
  ) {
    let left = strips.map { style.width(of: $0.label, size: style.text) }.max()! + 1.5 * style.gap
    let plot = Rect(
      x: left, y: keyHeight(width, style), width: width - left - style.gap - style.small,
      height: Double(strips.count) * stripHeight(style))
    let scale = AxisScale(low: low, high: 1, start: plot.x, end: plot.right)
    PlotArea(rect: plot, style: style).drawHorizontalAxis(
      on: &canvas, scale: scale, ticks: scale.ticks(count: 5),
      title: "cosine with the final exit’s map")
    key.draw(on: &canvas, width: width, style: style)
    for (index, strip) in strips.enumerated() {
      let top = plot.y + Double(index) * stripHeight(style)
      let base = top + plotHeight(style) + 0.35 * style.text
      let tallest =
        strip.histograms.compactMap { $0 }
        .map { Double($0.counts.max() ?? 0) / Double($0.total) }.max() ?? 1
      canvas.line(Point(plot.x, base), Point(plot.right, base), .axis, width: style.thin)
      canvas.text(
        strip.label, x: 0, middle: base - 0.5 * style.text, size: style.text, style: style)
      for (model, series) in SeriesStyle.all(style).enumerated().reversed() {
        guard let histogram = strip.histograms[model] else { continue }
        let outline = self.outline(
          histogram, scale: scale, base: base, unit: plotHeight(style) / tallest)
        canvas.draw(.line(outline, Stroke(series.ink, width: 0.75 * style.line, dash: series.dash)))
      }
      for (model, series) in SeriesStyle.all(style).enumerated() {
        let y = base + (Double(model) + 0.55) * 1.05 * style.text
        drawMarks(strip, model, y: y, series: series, scale: scale, on: &canvas, style: style)
      }
    }
  }

  private func drawMarks<C: Canvas>(
    _ strip: Strip, _ model: Int, y: Double, series: SeriesStyle, scale: AxisScale,
    on canvas: inout C, style: FigureStyle
  ) {
    guard let mean = strip.means[model] else { return }
    let center = scale.position(of: mean)
    if let null = strip.nulls[model] {
      let x = scale.position(of: null)
      canvas.line(Point(x, y), Point(center, y), series.ink, width: style.thin)
      canvas.line(
        Point(x, y - 0.4 * style.text), Point(x, y + 0.4 * style.text), series.ink,
        width: 1.5 * style.thin)
    }
    canvas.draw(
      .symbol(
        series.symbol, at: Point(center, y), radius: 0.85 * style.radius, ink: series.ink,
        lineWidth: 1.5 * style.thin))
  }

  /// The histogram's steps, from its first to its last bin that holds something.
  private func outline(
    _ histogram: Histogram, scale: AxisScale, base: Double, unit: Double
  ) -> [Point] {
    guard let first = histogram.counts.firstIndex(where: { $0 > 0 }),
      let last = histogram.counts.lastIndex(where: { $0 > 0 })
    else { return [] }
    var points: [Point] = []
    func x(_ bin: Int) -> Double {
      scale.position(of: histogram.low + Double(bin) * histogram.width)
    }
    points.append(Point(x(first), base))
    for bin in first...last {
      let y = base - unit * Double(histogram.counts[bin]) / Double(histogram.total)
      points += [Point(x(bin), y), Point(x(bin + 1), y)]
    }
    return points + [Point(x(last + 1), base)]
  }
}

extension Histogram {
  /// Linear inside the bin in which it falls.
  func quantile(_ share: Double) -> Double {
    var left = share * Double(total)
    for (bin, count) in counts.enumerated() {
      if left <= Double(count), count > 0 {
        return low + (Double(bin) + left / Double(count)) * width
      }
      left -= Double(count)
    }
    return high
  }
}
