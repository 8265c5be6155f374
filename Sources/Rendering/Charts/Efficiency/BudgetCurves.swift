import Analysis

/// Accuracy for a cost in two kinds of use: every sample may be cut off at any time, or many samples share a budget.
package struct BudgetCurves: Figure {
  /// Its name in `FigureCatalogue`, and the stem of its files for a paper.
  package let name = "budgets"
  /// Names it to assistive technology on pages; a PDF's title.
  package let title = "Accuracy within a budget"
  /// Says n and what both kinds of budget are, or why the second has no plot.
  package let caption: String
  /// Per model: accuracy at cost, both in per cent, of every exit and of the budgeted settings.
  package let summary: String

  private let panels: CurvePanels

  /// nil where no model's costs are known.
  package init?(_ result: AuditResult, policy: ExitPolicy, shown: [Int]? = nil) {
    let models = result.shown(shown)
    let names = models.map(\.name)
    let full = models.map(PolicyText.fullMacs)
    guard full.contains(where: { $0 != nil }) else { return nil }
    let anytime = zip(models, full).map { model, full in
      full.map { Self.anytime(model, result.numbers, full: $0) } ?? CurvePanels.Line()
    }
    let budgeted = zip(models, full).map { model, full in
      full.map { Self.budgeted(model, policy, full: $0) } ?? CurvePanels.Line()
    }
    let axis = CurvePanels.Axis(title: "cost (% of the final exit’s)", low: 0, high: 104)
    var all = [CurvePanels.Panel(title: "anytime: accuracy (%)", lines: anytime, horizontal: axis)]
    let hasBudgets = budgeted.contains { !$0.points.isEmpty }
    if hasBudgets {
      all.append(
        CurvePanels.Panel(
          title: "budgeted: accuracy (%)", lines: budgeted, horizontal: axis))
    }
    panels = CurvePanels(panels: all, across: 2, sharesAxis: true)
    let budgets =
      hasBudgets
      ? """
      Budgeted: for mean budgets in steps of 5\u{A0}%, the \(policy.rawValue) setting that was most \
      accurate within the budget on the validation answers, drawn at the accuracy and mean cost that it \
      had on these samples; the cost may exceed the budget.
      """
      : "No budgeted curve: a recording has no validation answers to choose settings on."
    caption = """
      Accuracy for a cost, \(CaptionText.samples(result)). Anytime: every sample is cut off at the same \
      cost and takes the last exit’s answer that fits; circles are the exits, whiskers \
      \(CaptionText.accuracyIntervals(result)). \(budgets) \(CaptionText.meanOfRuns(result))
      """
    summary = zip(names, zip(anytime, budgeted)).map { name, lines in
      func list(_ points: [Point]) -> String {
        points.map {
          "\(NumberText.fixed($0.y, decimals: 1))\u{A0}% at "
            + "\(NumberText.fixed($0.x, decimals: 1))\u{A0}%"
        }.joined(separator: ", ")
      }
      let anytime = list(lines.0.marks.map(\.at))
      let budgeted = lines.1.points.isEmpty ? "" : " Budgeted: \(list(lines.1.points))."
      return "\(name), accuracy at cost. Anytime: \(anytime).\(budgeted)"
    }.joined(separator: " ")
  }

  private static func anytime(
    _ model: ModelResult, _ numbers: Numbers, full: Double
  ) -> CurvePanels.Line {
    let marks = model.exits.compactMap { exit -> CurvePanels.Mark? in
      guard let accuracy = numbers[.accuracy, .exit(exit.exit), model: model.index]?.estimate,
        let value = accuracy.value.finite
      else { return nil }
      return CurvePanels.Mark(
        at: Point(100 * exit.macs / full, 100 * value),
        low: accuracy.low?.finite.map { 100 * $0 }, high: accuracy.high?.finite.map { 100 * $0 })
    }
    return CurvePanels.Line(points: marks.map(\.at), isStepped: true, marks: marks)
  }

  /// Budgets that chose the same settings are one point.
  private static func budgeted(
    _ model: ModelResult, _ policy: ExitPolicy, full: Double
  ) -> CurvePanels.Line {
    var points: [Point] = []
    for budget in PolicyText.ledger(of: model, policy)?.budgeted ?? [] {
      let point = Point(100 * budget.meanMacs / full, 100 * budget.accuracy)
      if point != points.last { points.append(point) }
    }
    return CurvePanels.Line(points: points, marks: points.map { CurvePanels.Mark(at: $0) })
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
