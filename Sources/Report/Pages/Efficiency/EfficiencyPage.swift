import Analysis

/// Accuracy and cost of stopping early: simulated from the recorded answers, and measured where recordings have times.
enum EfficiencyPage: PageSection {
  static let name = "Efficiency"
  static let file = "efficiency.html"

  static func pages(_ context: ReportContext) -> [Page] {
    [
      Page(file: file, title: "Efficiency", template: "efficiency", section: name) {
        fields(context)
      }
    ]
  }

  private static func fields(_ context: ReportContext) -> Fields {
    let choices = ChoiceTables(context)
    let thresholds = ThresholdTable.fields(context)
    let overthinking = OverthinkingTable.fields(context)
    let latency = LatencyTable.fields(context)
    return [
      "notices": .list(AnswerNotices(context).fields),
      "findings": .list(EfficiencyFindings(context).sentences),
      "shares": .fields(ExitSharesTable.fields(context)),
      "sharesFigures": .list(context.figures("exit-shares")),
      "ledger": .fields(LedgerTable.fields(context)),
      "policy": .text(context.options.policy.rawValue),
      "thresholdFigures": .list(context.figures("thresholds", "accuracy-cost")),
      "thresholds": .list(thresholds.rows),
      "hasThresholds": .flag(!thresholds.rows.isEmpty),
      "settingName": .text(thresholds.name),
      "models": .list(context.drawn.map(context.head)),
      "choiceRule": .text(choices.rule),
      "choices": .list(choices.tables),
      "refusals": .list(choices.refusals),
      "budgetFigures": .list(context.figures("budgets")),
      "policyFigures": .list(context.figures("policies")),
      "policies": .list(PolicyDefinitions.entries),
      "overthinkingFigures": .list(context.figures("overthinking")),
      "hasOverthinking": .flag(overthinking != nil),
      "overthinking": .list(overthinking.map { [$0] } ?? []),
      "latencyFigures": .list(context.figures("latency")),
      "isMeasured": .flag(latency != nil),
      "latency": .list(latency.map { [$0] } ?? []),
    ]
  }
}
