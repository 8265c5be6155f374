import Analysis

/// Accuracy and mean cost against a policy's setting, both models.
package struct ThresholdCurves: Figure {
  /// Its name in `FigureCatalogue`, and the stem of its files for a paper.
  package let name = "thresholds"
  /// Ends with the policy's setting: "… against the margin threshold τ".
  package let title: String
  /// Says n, the policy's rule, what cost counts and, for confidence, what diamonds are.
  package let caption: String
  /// Per model: accuracy and cost at the first and the last setting of its curve.
  package let summary: String

  private let panels: CurvePanels

  /// nil where no model has a ledger.
  package init?(_ result: AuditResult, policy: ExitPolicy, shown: [Int]? = nil) {
    let entries = result.shown(shown)
    let names = entries.map(\.name)
    let curves = entries.map { PolicyText.ledger(of: $0, policy)?.curve ?? [] }
    guard curves.contains(where: { !$0.isEmpty }) else { return nil }
    let settings = curves.flatMap { $0 }.map(\.setting)
    let axis = CurvePanels.Axis(
      title: PolicyText.setting(policy), low: 0, high: max(1, settings.max() ?? 1),
      isWhole: policy == .patience)
    func marks(_ point: (PolicyPoint) -> Double?, _ curve: [PolicyPoint]) -> [CurvePanels.Mark] {
      curve.compactMap { entry in
        // Patience has few settings, each a point of its own; of thresholds, the audit's is marked.
        guard policy == .patience || policy == .confidence && entry.setting == result.threshold
        else { return nil }
        return point(entry).map {
          CurvePanels.Mark(at: Point(entry.setting, $0), isDiamond: policy != .patience)
        }
      }
    }
    func panel(_ title: String, _ value: (Int, PolicyPoint) -> Double?) -> CurvePanels.Panel {
      CurvePanels.Panel(
        title: title,
        lines: curves.enumerated().map { model, curve in
          CurvePanels.Line(
            points: curve.compactMap { entry in
              value(model, entry).map { Point(entry.setting, $0) }
            }, marks: marks({ value(model, $0) }, curve))
        }, horizontal: axis)
    }
    let full = entries.map(PolicyText.fullMacs)
    var all = [panel("accuracy (%)") { 100 * $1.accuracy }]
    if full.contains(where: { $0 != nil }) {
      all.append(
        panel("mean cost (% of the final exit’s)") { model, entry in
          full[model].flatMap { full in entry.meanMacs.map { 100 * $0 / full } }
        })
    }
    panels = CurvePanels(panels: all, across: 2, sharesAxis: false)
    title = "Accuracy and cost against the \(PolicyText.setting(policy))"
    let mark =
      policy == .confidence
      ? " Diamonds: \(CaptionText.threshold(result.threshold)), the audit’s threshold." : ""
    caption = """
      Accuracy and mean cost of \(CaptionText.samples(result)) by \(PolicyText.setting(policy)): a \
      sample leaves at the first exit \(PolicyText.rule(policy)), else at the final one; simulated \
      from the recorded answers.\(mark) Cost: multiply–accumulates, what exits add on the way \
      counted. \(CaptionText.meanOfRuns(result)) No intervals; those of chosen settings are in the \
      table.
      """
    summary = Self.words(names, curves, full: full)
  }

  private static func words(
    _ names: [String], _ curves: [[PolicyPoint]], full: [Double?]
  ) -> String {
    zip(names, zip(curves, full)).map { name, pair in
      let (curve, full) = pair
      guard let first = curve.first, let last = curve.last else { return "\(name): not recorded." }
      func end(_ point: PolicyPoint) -> String {
        let cost = full.flatMap { full in point.meanMacs.map { NumberText.percent($0 / full) } }
        return "\(NumberText.percent(point.accuracy)) at "
          + "\(NumberText.short(point.setting, decimals: 3))"
          + (cost.map { ", for \($0) of the cost" } ?? "")
      }
      return "\(name): accuracy from \(end(first)) to \(end(last))."
    }.joined(separator: " ")
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
