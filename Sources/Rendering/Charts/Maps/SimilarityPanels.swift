import Analysis

/// Four more ways to compare an exit's maps with the final exit's: ranks, structure, and the places of the largest cells.
package struct SimilarityPanels: Figure {
  /// Its name in `FigureCatalogue`, and the stem of its files for a paper.
  package let name = "similarity"
  /// Names it to assistive technology on pages; a PDF's title.
  package let title = "Other measures of agreement with the final exit"
  /// Says what each measure is and on which grid, n, the intervals, and what chance is.
  package let caption: String
  /// Per plot and exit: each model's number, 3 decimals, or "undefined".
  package let summary: String

  private let panels: ExitPanels
  private static let measures: [(Measure, String)] = [
    (.spearman, "Spearman’s rank correlation"), (.structuralSimilarity, "structural similarity"),
    (.top10, "overlap of the top 10 %"), (.top20, "overlap of the top 20 %"),
  ]

  /// nil where no model has one of them.
  package init?(_ result: AuditResult, shown: [Int]? = nil) {
    let entries = result.shown(shown)
    let names = entries.map(\.name)
    let panels = Self.measures.map { measure, title in
      ExitPanels.Panel(
        title: title,
        marks: entries.map { entry in
          entry.exits.dropLast().map { exit in
            let number = result.numbers[measure, .exit(exit.exit), model: entry.index]
            return ExitPanels.mark(number?.estimate, reference: number?.null)
          }
        }, low: 0, high: 1)
    }.filter { $0.marks.contains { $0.contains { $0 != nil } } }
    guard !panels.isEmpty else { return nil }
    self.panels = ExitPanels(
      panels: panels,
      series: ExitPanels.Series.models(names),
      referenceName: "null", across: 4)
    let counts = entries.flatMap { entry in
      entry.exits.dropLast().flatMap { exit in
        Self.measures.compactMap {
          result.numbers[$0.0, .exit(exit.exit), model: entry.index]?.n
        }
      }
    }
    caption = """
      Each early exit’s map against the final exit’s on the finer of their two grids. Rank \
      correlation of the cells; structural similarity (7×7 window, smaller on small grids) of maps divided \
      by their means; intersection over union of each map’s top 10\u{A0}% and 20\u{A0}% of cells. \
      Symbols are means over n\u{A0}=\u{A0}\(CaptionText.range(counts)) samples, whiskers \
      95\u{A0}% bootstrap intervals over samples. Grey lines: the null, for ranks the final map of \
      another image, for overlaps two random sets of cells. Compare models at one exit: exits have \
      grids of their own.
      """
    summary = self.panels.words(names: names)
  }

  /// The key, then rows of at most 4 plots, fewer where `width` is short.
  package func height(width: Double, style: FigureStyle) -> Double {
    panels.height(width: width, style: style)
  }

  /// Names the models as the audit does, not by `style.models`; `height` is not used.
  package func draw<C: Canvas>(
    on canvas: inout C, width: Double, height: Double, style: FigureStyle
  ) {
    panels.draw(on: &canvas, width: width, style: style)
  }
}
