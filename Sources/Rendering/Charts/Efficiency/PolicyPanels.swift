import Analysis

/// Accuracy against mean cost over all settings, one small plot a policy.
package struct PolicyPanels: Figure {
  /// Its name in `FigureCatalogue`, and the stem of its files for a paper.
  package let name = "policies"
  /// Names it to assistive technology on pages; a PDF's title.
  package let title = "Accuracy against mean cost, by policy"
  /// Says n, each policy's rule, and that there are no intervals.
  package let caption: String
  /// Per policy: each model's best accuracy, and its cost in per cent of the final exit's.
  package let summary: String

  private let panels: CurvePanels

  /// nil where no model's costs are known.
  package init?(_ result: AuditResult, shown: [Int]? = nil) {
    let models = result.shown(shown)
    let names = models.map(\.name)
    let entries = models.filter { PolicyText.fullMacs(of: $0) != nil }
    guard entries.contains(where: { $0.ledger != nil }) else { return nil }
    let axis = CurvePanels.Axis(title: "mean cost (% of the final exit’s)", low: 0, high: 104)
    let all = ExitPolicy.allCases.map { policy in
      CurvePanels.Panel(
        title: "\(policy.rawValue): accuracy (%)",
        lines: models.map { Self.line($0, policy) }, horizontal: axis)
    }
    panels = CurvePanels(panels: all, across: 2, sharesAxis: true)
    let rules = ExitPolicy.allCases.map { "\($0.rawValue), \(PolicyText.rule($0))" }
    caption = """
      Accuracy against mean cost as each policy’s setting rises, \(CaptionText.samples(result)), simulated \
      from the recorded answers. A sample leaves at the first exit — \
      \(rules.joined(separator: "; ")) — else at the final one. Circles: patience of 0, 1, …. \
      \(CaptionText.meanOfRuns(result)) No intervals; those of chosen settings are in the table.
      """
    summary = zip(ExitPolicy.allCases, all).map { policy, panel in
      let parts = zip(names, panel.lines).map { name, line in
        let best = line.points.max { $0.y < $1.y }
        return best.map {
          "\(name) at best \(NumberText.fixed($0.y, decimals: 1))\u{A0}% for "
            + "\(NumberText.fixed($0.x, decimals: 1))\u{A0}% of the cost"
        } ?? "\(name) not recorded"
      }
      return "\(policy.rawValue): \(parts.joined(separator: ", "))."
    }.joined(separator: " ")
  }

  private static func line(_ entry: ModelResult, _ policy: ExitPolicy) -> CurvePanels.Line {
    guard let full = PolicyText.fullMacs(of: entry),
      let ledger = PolicyText.ledger(of: entry, policy)
    else { return CurvePanels.Line() }
    let points = ledger.curve.compactMap { point in
      point.meanMacs.map { Point(100 * $0 / full, 100 * point.accuracy) }
    }
    return CurvePanels.Line(
      points: points, marks: policy == .patience ? points.map { CurvePanels.Mark(at: $0) } : [])
  }

  /// The key, then rows of at most 2 plots, fewer where `width` is short.
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
