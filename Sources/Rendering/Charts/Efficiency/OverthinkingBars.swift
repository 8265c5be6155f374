import Analysis

/// What deeper exits did to samples, in four parts, both models.
package struct OverthinkingBars: Figure {
  /// Its name in `FigureCatalogue`, and the stem of its files for a paper.
  package let name = "overthinking"
  /// Names it to assistive technology on pages; a PDF's title.
  package let title = "What going deeper does"
  /// Says n, what the parts are, and what kind of interval the whiskers are.
  package let caption: String
  /// Per part: each model's share of the samples, in per cent.
  package let summary: String

  private let chart: PairedBars

  /// nil where no model has a ledger.
  package init?(_ result: AuditResult, shown: [Int]? = nil) {
    let models = result.shown(shown)
    let entries = models.map { $0.ledger?.overthinking }
    guard entries.contains(where: { $0 != nil }) else { return nil }
    let parts: [(String, String, (Overthinking) -> Overthinking.Part)] = [
      ("wasteful", "right early, right at the end", \.wasteful),
      ("destructive", "right early, wrong at the end", \.destructive),
      ("needed", "right at the final exit only", \.onlyFinal),
      ("never", "right at no exit", \.never),
    ]
    let rows = parts.map { label, detail, part in
      PairedRows.Row(
        label: label, detail: detail,
        values: entries.map {
          $0.map { NumberText.percent(part($0).share.value) } ?? "not recorded"
        })
    }
    chart = PairedBars(
      rows: rows,
      bars: parts.map { _, _, part in
        entries.map { entry in
          entry.map {
            let share = part($0).share
            return PairedBars.Bar(share: share.value, low: share.low, high: share.high)
          }
        }
      }, axisTitle: "samples (%)")
    let runs =
      CaptionText.hasSeveralSeeds(result) ? ", each counted in every recording" : ""
    caption = """
      What happened between the first right exit and the final one, \(CaptionText.samples(result))\(runs). \
      Every sample is in one of the four parts. Wasteful: the cost after the first right exit changed \
      nothing. Destructive: the answer was right and got lost. Whiskers: \
      \(CaptionText.accuracyIntervals(result)).
      """
    summary = rows.map { row in
      let values = zip(models, row.values).map { "\($0.name) \($1)" }
      return "\(row.label) (\(row.detail ?? "")): \(values.joined(separator: ", "))."
    }.joined(separator: " ")
  }

  /// Rows with a line a name in `style.models`, and the axis; the same at any width.
  package func height(width: Double, style: FigureStyle) -> Double { chart.height(style: style) }

  /// `style.models` must name every model shown, in order; `height` is not used.
  package func draw<C: Canvas>(
    on canvas: inout C, width: Double, height: Double, style: FigureStyle
  ) {
    chart.draw(on: &canvas, width: width, style: style)
  }
}
