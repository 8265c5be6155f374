import Analysis

/// How alike maps are before and after weights became random, stage by stage, one small plot an exit.
package struct RandomWeightPanels: Figure {
  /// Its name in `FigureCatalogue`, and the stem of its files for a paper.
  package let name = "random-weights"
  /// Names it to assistive technology on pages; a PDF's title.
  package let title = "Maps under random weights"
  /// Says which parts are random at each stage, what the whiskers span, and n.
  package let caption: String
  /// Per exit: each model's correlations, from one random part to all.
  package let summary: String

  private let panels: CurvePanels

  /// nil where nothing was recorded.
  package init?(_ result: AuditResult, shown: [Int]? = nil) {
    let names = result.shown(shown).map(\.name)
    let entries = result.shown(shown).map(\.faithfulness)
    let count = entries.compactMap { $0?.exits.count }.max() ?? 0
    func stages(_ entry: ModelFaithfulness?, _ exit: Int) -> [RandomizedStage] {
      guard let entry, exit < entry.exits.count else { return [] }
      return entry.exits[exit].randomized
    }
    let most = entries.flatMap { entry in (0..<count).map { stages(entry, $0).count } }.max() ?? 0
    guard most > 0 else { return nil }
    let panels = (0..<count).map { exit in
      CurvePanels.Panel(
        title: "exit \(exit + 1)",
        lines: entries.enumerated().map { place, entry in
          let shift =
            0.24 * (Double(place) - Double(entries.count - 1) / 2)
            / Double(max(1, entries.count - 1))
          let marks = stages(entry, exit).compactMap { stage -> CurvePanels.Mark? in
            guard let value = stage.spearman?.value.finite else { return nil }
            return CurvePanels.Mark(
              at: Point(Double(stage.stage) + shift, value), low: stage.lowestDraw?.finite,
              high: stage.highestDraw?.finite)
          }
          return CurvePanels.Line(points: marks.map(\.at), marks: marks)
        },
        horizontal: .init(title: "parts random", low: 0.5, high: Double(most) + 0.5, isWhole: true),
        bounds: -1...1)
    }
    self.panels = CurvePanels(panels: panels, across: 3, sharesAxis: true)
    caption = """
      Mean Spearman rank correlation of an exit’s maps with its maps after parts of the network got fresh random \
      weights: 1 part, the one that makes its map; 2, also its block; and so on down to the first block. Near 1, maps do not \
      depend on what was learned; a sound map loses its correlation. Whiskers run from the lowest to the highest draw \
      of random weights. \(FaithfulnessText.samples(result))
      """
    summary = zip(0..<count, panels).map { exit, panel in
      let models = zip(names, panel.lines).map { name, line in
        "\(name) " + line.points.map { NumberText.fixed($0.y, decimals: 2) }.joined(separator: ", ")
      }
      return "Exit \(exit + 1), by parts made random: \(models.joined(separator: "; "))."
    }.joined(separator: " ")
  }

  /// The key, then rows of at most 3 plots, fewer where `width` is short.
  package func height(width: Double, style: FigureStyle) -> Double {
    panels.height(width: width, style: style)
  }

  /// One line a name in `style.models`, in the order shown; `height` is not used.
  package func draw<C: Canvas>(
    on canvas: inout C, width: Double, height: Double, style: FigureStyle
  ) {
    panels.draw(on: &canvas, width: width, style: style)
  }
}
