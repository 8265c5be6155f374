import Analysis

/// F3: the share of samples that leaves at each exit, both models.
package struct ExitShares: Figure {
  /// Its name in `FigureCatalogue`, and the stem of its files for a paper.
  package let name = "exit-shares"
  /// Ends with the threshold: "Where samples leave at τ = 0.9".
  package let title: String
  /// Says n, the rule of leaving, and each model's accuracy then, with its interval.
  package let caption: String
  /// Per exit: each model's share of the samples in per cent, or why it has none.
  package let summary: String

  private let chart: PairedBars

  /// nil where no model has a share to show.
  package init?(_ result: AuditResult, shown: [Int]? = nil) {
    let models = result.shown(shown)
    let entries = models.map(\.earlyExit)
    let count = entries.map(\.shares.count).max() ?? 0
    guard count > 0 else { return nil }
    let bars = (0..<count).map { exit in
      entries.map { entry in
        (exit < entry.shares.count ? entry.shares[exit].finite : nil).map {
          PairedBars.Bar(share: $0)
        }
      }
    }
    let rows = (0..<count).map { exit in
      PairedRows.Row(
        label: "exit \(exit + 1)",
        values: entries.map { entry in
          guard exit < entry.shares.count else { return "no such exit" }
          return entry.shares[exit].finite.map { NumberText.percent($0) } ?? "undefined"
        })
    }
    chart = PairedBars(rows: rows, bars: bars, axisTitle: "samples leaving here (%)")
    let threshold = CaptionText.threshold(result.threshold)
    title = "Where samples leave at \(threshold)"
    caption = """
      Share of \(CaptionText.samples(result)) that leaves at each exit when a sample takes the \
      first exit whose confidence reaches \(threshold), simulated from the recorded answers.\
      \(Self.outcome(models, result))
      """
    summary = rows.map { row in
      let values = zip(models, row.values).map { "\($0.name) \($1)" }
      return "\(row.label): \(values.joined(separator: ", "))."
    }.joined(separator: " ")
  }

  private static func outcome(_ models: [ModelResult], _ result: AuditResult) -> String {
    let parts = models.compactMap { model -> String? in
      guard let number = result.numbers[.accuracy, .earlyStop, model: model.index],
        let accuracy = number.value.finite
      else { return nil }
      let interval = CaptionText.interval(number.estimate, decimals: 1, factor: 100)
      return "\(model.name) \(NumberText.percent(accuracy))" + (interval.map { " (\($0))" } ?? "")
    }
    guard !parts.isEmpty else { return "" }
    return
      " Accuracy then: \(parts.joined(separator: ", ")); \(CaptionText.accuracyIntervals(result))."
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
