import Analysis

/// F2: accuracy against mean cost, as the threshold runs from 0 to 1, with every fixed exit and the audit's threshold.
package struct AccuracyCostCurve: Figure {
  /// Its name in `FigureCatalogue`, and the stem of its files for a paper.
  package let name = "accuracy-cost"
  /// Names it to assistive technology on pages; a PDF's title.
  package let title = "Accuracy against mean cost"
  /// Says n, the unit of cost, how samples leave, and what symbols and whiskers are.
  package let caption: String
  /// Per model: accuracy in per cent and cost of each exit, then at the threshold.
  package let summary: String

  /// One a model that has anything to draw.
  private let curves: [Curve]
  private let unit: CostUnit
  private let thresholdText: String

  struct Curve {
    /// Its place among the models shown.
    var model: Int
    /// Cost in the unit, accuracy in per cent.
    var points: [Point]
    var exits: [Marked]
    var threshold: Marked?
  }

  struct Marked {
    var cost: Double
    /// Per cent.
    var accuracy: Double
    var low: Double?
    var high: Double?
  }

  /// Multiply–accumulates, in thousands, millions or thousands of millions.
  struct CostUnit {
    var name: String
    var size: Double

    init(largest: Double) {
      switch largest {
      case ..<1e6: (name, size) = ("kMAC", 1e3)
      case ..<1e10: (name, size) = ("MMAC", 1e6)
      default: (name, size) = ("GMAC", 1e9)
      }
    }
  }

  /// nil where no model's multiply–accumulates are known.
  package init?(_ result: AuditResult, shown: [Int]? = nil) {
    let models = result.shown(shown)
    let entries = models.enumerated().filter { Self.knowsCost($0.element) }
    let costs = entries.flatMap {
      $0.element.exits.map(\.macs) + $0.element.costCurve.map(\.meanMacs)
    }
    guard let largest = costs.filter(\.isFinite).max() else { return nil }
    let unit = CostUnit(largest: largest)
    self.unit = unit
    let curves = entries.map {
      Self.curve(of: $0.element, result.numbers, model: $0.offset, unit: unit)
    }
    self.curves = curves
    let thresholdText = CaptionText.threshold(result.threshold)
    self.thresholdText = thresholdText
    caption = """
      Accuracy against mean multiply–accumulates a sample (\(unit.name)), \
      \(CaptionText.samples(result)). Lines: a sample leaves at the first exit whose confidence \
      reaches a threshold that runs from 0 to 1, simulated from the recorded answers. Diamonds: \
      \(thresholdText). Other symbols, from left to right: everyone leaves at exit 1, 2 and so on (set apart \
      sideways where models cost the same). Whiskers: \(CaptionText.accuracyIntervals(result)).
      """
    summary = curves.map {
      Self.words($0, models[$0.model].name, unit: unit, threshold: thresholdText)
    }
    .joined(separator: " ")
  }

  private static func knowsCost(_ entry: ModelResult) -> Bool {
    !entry.exits.isEmpty && entry.exits.allSatisfy { $0.macs > 0 && $0.macs.isFinite }
  }

  private static func curve(
    of entry: ModelResult, _ numbers: Numbers, model: Int, unit: CostUnit
  ) -> Curve {
    func mark(_ cost: Double?, _ place: Place) -> Marked? {
      let accuracy = numbers[.accuracy, place, model: entry.index]?.estimate
      guard let cost = cost?.finite, let accuracy, let value = accuracy.value.finite else {
        return nil
      }
      return Marked(
        cost: cost / unit.size, accuracy: 100 * value, low: accuracy.low?.finite.map { 100 * $0 },
        high: accuracy.high?.finite.map { 100 * $0 })
    }
    let points = entry.costCurve.sorted { $0.threshold < $1.threshold }
      .filter { $0.meanMacs.isFinite && $0.accuracy.isFinite }
      .map { Point($0.meanMacs / unit.size, 100 * $0.accuracy) }
    return Curve(
      model: model, points: points, exits: entry.exits.compactMap { mark($0.macs, .exit($0.exit)) },
      threshold: mark(entry.earlyExit.meanMacs, .earlyStop))
  }

  private static func words(
    _ curve: Curve, _ name: String, unit: CostUnit, threshold: String
  ) -> String {
    func point(_ name: String, _ mark: Marked) -> String {
      let accuracy = NumberText.percent(mark.accuracy / 100)
      let cost = NumberText.fixed(mark.cost, decimals: mark.cost < 10 ? 2 : 1)
      return "\(name) \(accuracy) at \(cost) \(unit.name)"
    }
    var parts = curve.exits.enumerated().map { point("exit \($0.offset + 1)", $0.element) }
    if let mark = curve.threshold { parts.append(point(threshold, mark)) }
    return "\(name): \(parts.joined(separator: ", "))."
  }

  // MARK: Drawing

  /// Half the width, stretched, for the plot; a header above and the axis below.
  package func height(width: Double, style: FigureStyle) -> Double {
    header(width, style) + style.stretch * 0.5 * width + PlotArea.axisHeight(style)
  }

  /// Labels beside more curves than two find no places from which it is clear what they name.
  private var hasKey: Bool { curves.count > 2 }

  private func keyHeight(_ width: Double, _ style: FigureStyle) -> Double {
    hasKey ? SeriesKey().height(width: width, style: style) : 0
  }

  /// The key, the axis title and, below it, the exits' numbers.
  private func header(_ width: Double, _ style: FigureStyle) -> Double {
    keyHeight(width, style) + 2 * style.lineHeight + style.gap
  }

  /// Fills `height`; `style.models` must name every model shown, in order.
  package func draw<C: Canvas>(
    on canvas: inout C, width: Double, height: Double, style: FigureStyle
  ) {
    let (low, high) = accuracyRange
    let top = header(width, style)
    let title = keyHeight(width, style) + 0.5 * style.lineHeight
    if hasKey { SeriesKey().draw(on: &canvas, width: width, style: style) }
    let bottom = height - PlotArea.axisHeight(style)
    let accuracy = AxisScale(low: low, high: high, start: bottom, end: top)
      .widenedToTicks(count: 5)
    let accuracyTicks = accuracy.ticks(count: 5)
    let left = PlotArea.labelWidth(accuracyTicks, style: style) + style.gap
    let plot = Rect(x: left, y: top, width: width - left - style.gap, height: bottom - top)
    let cost = costScale(start: plot.x, end: plot.right)
    let area = PlotArea(rect: plot, style: style)
    area.drawHorizontalAxis(
      on: &canvas, scale: cost, ticks: cost.ticks(count: 6),
      title: "mean cost a sample (\(unit.name))")
    area.drawVerticalAxis(on: &canvas, scale: accuracy, ticks: accuracyTicks)
    canvas.text(
      "accuracy (%)", x: 0, middle: title, size: style.text, style: style)
    var ink = CurveInk(
      cost: cost, accuracy: accuracy, plot: plot, style: style, thresholdText: thresholdText,
      isDodged: curves.count > 1 && sharesCosts, modelCount: curves.count)
    if sharesCosts { ink.drawExitGuides(curves[0].exits, on: &canvas) }
    // The dashed line over the solid one: both show where they agree.
    for curve in curves.reversed() { ink.drawLines(of: curve, on: &canvas) }
    for curve in curves { ink.drawSymbols(of: curve, on: &canvas) }
    ink.drawThresholdKey(of: curves, middle: title, on: &canvas)
    for curve in curves {
      ink.drawLabels(of: curve, named: !hasKey, numbered: !hasKey && !sharesCosts, on: &canvas)
    }
  }

  /// Whether the exits cost the same in both models, so that one guide an exit serves both.
  private var sharesCosts: Bool {
    let first = curves[0].exits
    return curves.allSatisfy { curve in
      curve.exits.count == first.count
        && zip(curve.exits, first).allSatisfy { abs($0.cost - $1.cost) <= 0.005 * $1.cost }
    }
  }

  /// All that is drawn, and a little air; at least two points apart.
  private var accuracyRange: (low: Double, high: Double) {
    let marks = curves.flatMap { $0.exits + ($0.threshold.map { [$0] } ?? []) }
    let values =
      marks.flatMap { [$0.accuracy, $0.low ?? $0.accuracy, $0.high ?? $0.accuracy] }
      + curves.flatMap { $0.points.map(\.y) }
    let (low, high) = (values.min() ?? 0, values.max() ?? 100)
    let air = max(1, 0.03 * (high - low))
    return (max(0, low - air), min(100, high + air))
  }

  /// From 0, or logarithmic where the costliest exit costs a hundred times the cheapest.
  private func costScale(start: Double, end: Double) -> AxisScale {
    let costs = curves.flatMap { $0.exits.map(\.cost) + $0.points.map(\.x) }.filter { $0 > 0 }
    let (low, high) = (costs.min() ?? 1, costs.max() ?? 1)
    if high > 100 * low {
      return AxisScale(.logarithmic, low: low / 1.2, high: high * 1.2, start: start, end: end)
    }
    return AxisScale(low: 0, high: high * 1.04, start: start, end: end)
  }
}
