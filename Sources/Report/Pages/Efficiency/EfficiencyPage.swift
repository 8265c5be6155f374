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
    let choices = ChoiceText(context)
    let settings = PolicyTable.page(context)
    let oracle = OverthinkingTable.oracle(context)
    let isMeasured = context.recordings.contains { $0[0].manifest.latency != nil }
    return [
      "notices": .list(AnswerNotices(context).fields),
      "findings": .list(EfficiencyFindings(context).sentences),
      "shares": .fields(EarlyExitTable.table(context).pageFields),
      "sharesFigures": .list(context.figures("exit-shares")),
      "ledger": .fields(LedgerTable.table(context).pageFields),
      "policy": .text(context.options.policy.rawValue),
      "thresholdFigures": .list(context.figures("thresholds", "accuracy-cost")),
      "settings": .optional(settings?.pageFields),
      "choiceRule": .text(choices.rule),
      "choices": .list(ChoiceTable.pages(context).map(\.pageFields)),
      "refusals": .list(choices.refusals),
      "budgetFigures": .list(context.figures("budgets")),
      "policyFigures": .list(context.figures("policies")),
      "policies": .list(PolicyDefinitions.entries),
      "overthinkingFigures": .list(context.figures("overthinking")),
      "hasOverthinking": .flag(oracle != nil),
      "overthinking": .optional(oracle.map { _ in OverthinkingTable.table(context).pageFields }),
      "oracle": .optional(oracle),
      "latencyFigures": .list(context.figures("latency")),
      "isMeasured": .flag(isMeasured),
      "latency": .optional(isMeasured ? LatencyTable.table(context).pageFields : nil),
      "sameWork": .flag(LatencyText.isSameWork(context)),
      "machines": .list(LatencyText.machines(context)),
    ]
  }
}
