import Analysis

/// Consistency of right and of wrong answers, exit by exit.
package struct CorrectnessPanels: Figure {
  /// Its name in `FigureCatalogue`, and the stem of its files for a paper.
  package let name = "correctness"
  /// Names it to assistive technology on pages; a PDF's title.
  package let title = "Consistency of right and wrong answers"
  /// Says what the symbols are, with n of right and of wrong answers, and where intervals are.
  package let caption: String
  /// Per model and early exit: mean cosine of right and of wrong answers, 3 decimals.
  package let summary: String

  private let panels: ExitPanels

  /// nil where no model has a number.
  package init?(_ result: AuditResult, shown: [Int]? = nil) {
    let entries = result.shown(shown).map { ($0.name, $0) }
    let all = entries.flatMap { $0.1.exits.dropLast() }.compactMap(\.correctness)
    let panels = entries.map { name, entry in
      ExitPanels.Panel(
        title: name,
        marks: [\CorrectnessResult.right, \.wrong].map { path in
          entry.exits.dropLast().map { exit in
            exit.correctness?[keyPath: path]?.finite.map { ExitPanels.Mark($0) }
          }
        }, low: 0, high: 1)
    }
    guard panels.contains(where: { $0.marks.contains { $0.contains { $0 != nil } } }) else {
      return nil
    }
    self.panels = ExitPanels(
      panels: panels,
      series: [
        .init(name: "answered rightly", looks: entries.indices.map { .init(model: $0) }),
        .init(
          name: "answered wrongly", looks: entries.indices.map { .init(model: $0, isDiamond: true) }
        ),
      ], referenceName: nil, across: 2)
    caption = """
      Mean consistency (cosine with the final exit’s map) of the samples that the early exit itself \
      answers rightly (the model’s symbol, n\u{A0}=\u{A0}\(CaptionText.range(all.map(\.rightN)))) and wrongly \
      (diamonds, n\u{A0}=\u{A0}\(CaptionText.range(all.map(\.wrongN)))). The intervals of their differences \
      are in the table.
      """
    summary = self.panels.words(names: ["right", "wrong"])
  }

  /// The key, then rows of at most 2 plots, fewer where `width` is short.
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
