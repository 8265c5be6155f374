import Analysis

/// How concentrated every exit's maps are, at one resolution.
package struct ConcentrationPanels: Figure {
  /// Its name in `FigureCatalogue`, and the stem of its files for a paper.
  package let name = "concentration"
  /// Names it to assistive technology on pages; a PDF's title.
  package let title = "How concentrated maps are, at equal resolution"
  /// Says the grid that maps are averaged to, a flat map's numbers, n, and the intervals.
  package let caption: String
  /// Per plot and exit: each model's number, 3 decimals, or "undefined".
  package let summary: String

  private let panels: ExitPanels

  /// nil where no model has a number.
  package init?(_ result: AuditResult, shown: [Int]? = nil) {
    let entries = result.shown(shown)
    let names = entries.map(\.name)
    let numbers = result.numbers
    func all(_ measure: Measure) -> [[Number?]] {
      entries.map { entry in
        entry.exits.map { numbers[measure, .exit($0.exit), model: entry.index] }
      }
    }
    func panel(_ title: String, high: Double, _ measure: Measure) -> ExitPanels.Panel {
      ExitPanels.Panel(
        title: title, marks: all(measure).map { $0.map { ExitPanels.mark($0?.estimate) } },
        low: 0, high: high)
    }
    guard let grid = entries.lazy.compactMap(\.sharedGrid).first else { return nil }
    let counts = all(.sharedSpread).joined().compactMap { $0?.n }
    let panels = [
      panel("spread (std / mean)", high: 0.1, .sharedSpread),
      panel("entropy (1 is flat)", high: 1, .sharedEntropy),
      panel("Gini coefficient", high: 1, .gini),
    ].filter { $0.marks.contains { $0.contains { $0 != nil } } }
    guard !panels.isEmpty else { return nil }
    self.panels = ExitPanels(
      panels: panels,
      series: ExitPanels.Series.models(names),
      referenceName: nil, across: 3)
    caption = """
      Every map averaged over areas to \(grid.description) cells, the coarsest exit’s grid, since a finer \
      grid alone raises spread and Gini coefficient. A flat map has spread 0, entropy 1 and Gini coefficient 0. \
      Symbols are means over n\u{A0}=\u{A0}\(CaptionText.range(counts)) samples; whiskers are \
      95\u{A0}% bootstrap intervals over samples, often smaller than the symbol. Where a model’s final exit lies below the \
      reference’s spread, part of its consistency comes from flatter final maps.
      """
    summary = self.panels.words(names: names)
  }

  /// The key, then rows of at most 3 plots, fewer where `width` is short.
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
