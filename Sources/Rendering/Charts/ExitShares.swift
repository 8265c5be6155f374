import Analysis

/// F3: the share of samples that leaves at each exit, both models.
public struct ExitShares: Figure {
  public let name = "exit-shares"
  public let title: String
  public let caption: String
  public let summary: String

  private let rows: [PairedRows.Row]
  /// [row][model]; nil where the model has no such exit or the share is undefined.
  private let shares: [[Double?]]

  /// nil where neither model has a share to show.
  public init?(_ result: AuditResult) {
    let arms = [result.baseline.earlyExit, result.egt.earlyExit]
    let count = arms.map(\.shares.count).max() ?? 0
    guard count > 0 else { return nil }
    shares = (0..<count).map { exit in
      arms.map { exit < $0.shares.count ? $0.shares[exit].finite : nil }
    }
    rows = (0..<count).map { exit in
      PairedRows.Row(
        label: "exit \(exit + 1)",
        values: arms.map { arm in
          guard exit < arm.shares.count else { return "no such exit" }
          return arm.shares[exit].finite.map { NumberText.percent($0) } ?? "undefined"
        })
    }
    let threshold = CaptionText.threshold(result.threshold)
    title = "Where samples leave at \(threshold)"
    caption = """
      Share of \(CaptionText.samples(result)) that leaves at each exit when a sample takes the \
      first exit whose confidence reaches \(threshold), simulated from the recorded answers.\
      \(Self.outcome(result))
      """
    summary = rows.map { row in
      "\(row.label): baseline \(row.values[0]), EGT \(row.values[1])."
    }.joined(separator: " ")
  }

  private static func outcome(_ result: AuditResult) -> String {
    let arms = zip(["baseline", "EGT"], [result.baseline.earlyExit, result.egt.earlyExit])
    let parts = arms.compactMap { name, arm -> String? in
      guard let accuracy = arm.accuracy.value.finite else { return nil }
      let interval = CaptionText.interval(arm.accuracy, decimals: 1, factor: 100)
      return "\(name) \(NumberText.percent(accuracy))" + (interval.map { " (\($0))" } ?? "")
    }
    guard !parts.isEmpty else { return "" }
    return
      " Accuracy then: \(parts.joined(separator: ", ")); \(CaptionText.accuracyIntervals(result))."
  }

  private func header(_ style: FigureStyle) -> Double { 0.5 * style.gap }

  public func height(width: Double, style: FigureStyle) -> Double {
    PairedRows.height(rowCount: rows.count, header: header(style), style: style)
  }

  public func draw<C: Canvas>(
    on canvas: inout C, width: Double, height: Double, style: FigureStyle
  ) {
    let frame = PairedRows(rows: rows, header: header(style), width: width, style: style)
    let largest = shares.flatMap { $0 }.compactMap { $0 }.max() ?? 1
    let scale = AxisScale(
      low: 0, high: min(100, max(10, 100 * largest)), start: frame.plot.x, end: frame.plot.right
    ).widenedToTicks(count: 5)
    PlotArea(rect: frame.plot, style: style).drawHorizontalAxis(
      on: &canvas, scale: scale, ticks: scale.ticks(count: 5), title: "samples leaving here (%)")
    frame.draw(on: &canvas)
    let thickness = 0.62 * PairedRows.lineHeight(style)
    for (index, row) in shares.enumerated() {
      for (model, share) in row.enumerated() {
        guard let share else { continue }
        let series = frame.series[model]
        let rect = Rect(
          x: frame.plot.x, y: frame.middle(row: index, model: model) - thickness / 2,
          width: scale.position(of: 100 * share) - frame.plot.x, height: thickness)
        canvas.draw(
          .rectangle(
            rect, fill: series.circle.isHollow ? .paper : series.ink,
            stroke: Stroke(series.ink, width: 1.5 * style.thin)))
      }
    }
    canvas.line(
      Point(frame.plot.x, frame.plot.y), Point(frame.plot.x, frame.plot.bottom), .axis,
      width: style.thin)
  }
}
