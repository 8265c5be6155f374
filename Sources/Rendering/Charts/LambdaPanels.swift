import Analysis

/// Consistency, what of it is beyond chance, and accuracy against λ: three panels with one x.
package struct LambdaPanels: Figure {
  /// Its name in `FigureCatalogue`, and the stem of its files for a paper.
  package let name = "lambda"
  /// Names it to assistive technology on pages; a PDF's title.
  package let title = "Consistency and accuracy against λ"
  /// Says n a run, what circles and lines are, and whose numbers the diamonds are.
  package let caption: String
  /// Per λ, ascending: cosine, cosine − null and accuracy in per cent, each run's.
  package let summary: String

  private let panels: CurvePanels

  /// nil with fewer than three different λ, which a table of two models shows as well.
  package init?(_ result: AuditResult) {
    guard let sweep = result.sweep, sweep.lambdas.count >= 3 else { return nil }
    let axis = CurvePanels.Axis(title: "λ", low: 0, high: sweep.lambdas.last!)
    func panel(
      _ title: String, _ bounds: ClosedRange<Double>, published: [Point] = [],
      _ estimate: (LambdaSweep.Run) -> Estimate?
    ) -> CurvePanels.Panel {
      func value(_ run: LambdaSweep.Run) -> Double? { estimate(run)?.value.finite }
      func marks(_ isChosen: (LambdaSweep.Run) -> Bool) -> [CurvePanels.Mark] {
        sweep.runs.filter(isChosen).compactMap { run in
          value(run).map {
            CurvePanels.Mark(
              at: Point(run.lambda, $0), low: estimate(run)?.low, high: estimate(run)?.high)
          }
        }
      }
      let means = sweep.lambdas.compactMap { lambda -> Point? in
        let values = sweep.runs(of: lambda).compactMap(value)
        guard !values.isEmpty else { return nil }
        return Point(lambda, values.reduce(0, +) / Double(values.count))
      }
      return CurvePanels.Panel(
        title: title,
        lines: [
          .init(marks: marks { $0.lambda == 0 }),
          .init(points: means, marks: marks { $0.lambda != 0 }),
        ], horizontal: axis, bounds: bounds, references: published.filter { $0.x <= axis.high })
    }
    // Beside a sweep, which repeats the paper's experiment; other reports are about something else.
    let published = result.missing == nil ? [] : PublishedNumbers.rows
    panels = CurvePanels(
      panels: [
        panel(
          "cosine", -1...1,
          published: published.compactMap { row in row.consistency.map { Point(row.lambda, $0) } }
        ) { $0.cosine.map { Estimate($0) } },
        panel("cosine − null", -1...1) { $0.excess.map { Estimate($0) } },
        panel(
          "final accuracy (%)", 0...100,
          published: published.compactMap { row in
            row.accuracy.map { Point(row.lambda, 100 * $0) }
          }
        ) {
          Estimate(
            100 * $0.accuracy.value, low: $0.accuracy.low.map { 100 * $0 },
            high: $0.accuracy.high.map { 100 * $0 })
        },
      ], across: 3, sharesAxis: false,
      reference: published.isEmpty ? nil : "published, other data")
    caption = """
      Each circle is one training run, n\u{A0}=\u{A0}\(NumberText.grouped(result.sampleCount)) samples each; \
      the line joins the means of each λ. Cosine with the final exit’s map, mean over the early exits; the same minus \
      the permutation null, which alone is about the image; accuracy of the final exit, with 95\u{A0}% Wilson \
      intervals over samples. Circles of one λ show how far runs scatter: where there is one, nothing does.\(published.isEmpty ? "" : Self.remark)
      """
    summary = sweep.lambdas.map { Self.words($0, sweep.runs(of: $0)) }.joined(separator: " ")
  }

  private static let remark =
    " Diamonds: what \(PublishedNumbers.source) reports, from other data and another implementation: a neighbour, no target."

  private static func words(_ lambda: Double, _ runs: [LambdaSweep.Run]) -> String {
    func list(_ value: (LambdaSweep.Run) -> Double?, _ text: (Double) -> String) -> String {
      runs.map { value($0)?.finite.map(text) ?? "undefined" }.joined(separator: ", ")
    }
    let cosine = list(\.cosine) { NumberText.fixed($0, decimals: 3) }
    let excess = list(\.excess) { NumberText.fixed($0, decimals: 3) }
    let accuracy = list({ $0.accuracy.value }) { NumberText.percent($0) }
    return "λ = \(NumberText.short(lambda, decimals: 3)): cosine \(cosine); minus null \(excess); "
      + "accuracy \(accuracy)."
  }

  /// The key, then rows of at most 3 plots, fewer where `width` is short.
  package func height(width: Double, style: FigureStyle) -> Double {
    panels.height(width: width, style: style)
  }

  /// Two lines, λ = 0 and λ > 0, whatever `style.models` names; `height` is not used.
  package func draw<C: Canvas>(
    on canvas: inout C, width: Double, height: Double, style: FigureStyle
  ) {
    // A line for trainings without guidance and one for all others, not one a model.
    var style = style
    style.models = ["λ = 0", "λ > 0"]
    panels.draw(on: &canvas, width: width, style: style)
  }
}
