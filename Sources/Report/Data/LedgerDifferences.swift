import Analysis

/// `ledger-paired.csv`: what leaving early gives and costs under a model less under its reference.
enum LedgerDifferences {
  struct Row: Sendable {
    var model: String
    var reference: String
    var what: String
    var policy: ExitPolicy?
    var target: ThresholdTarget?
    var delta: Estimate?
    var macs: Estimate?
  }

  static func table(_ context: ReportContext) -> Table<Row> {
    Table(
      [
        .text("model") { $0.model }, .text("reference") { $0.reference },
        .text("what") { $0.what }, .text("policy") { $0.policy?.rawValue },
        .text("target") { $0.target?.key }, .number("target_value") { $0.target?.share },
        .estimate("delta") { $0.delta }, .estimate("delta_mean_macs") { $0.macs },
      ], rows: context.compared.flatMap { rows($0, context.result.models) })
  }

  private static func rows(_ comparison: Comparison, _ models: [ModelResult]) -> [Row] {
    guard let paired = comparison.paired?.ledger else { return [] }
    let (model, reference) = (models[comparison.model], models[comparison.reference])
    func row(
      _ what: String, _ delta: Estimate?, _ macs: Estimate? = nil, policy: ExitPolicy? = nil,
      target: ThresholdTarget? = nil
    ) -> Row {
      Row(
        model: model.name, reference: reference.name, what: what, policy: policy, target: target,
        delta: delta, macs: macs)
    }
    let targets = reference.ledger?.policies.first?.choices.map(\.target) ?? []
    let leaving = row(
      "accuracy at the threshold", paired.leaving.accuracy, paired.leaving.meanMacs,
      policy: .confidence)
    let choices = zip(ExitPolicy.allCases, paired.choices).flatMap { policy, outcomes in
      zip(targets, outcomes).map { target, outcome in
        row(
          "accuracy at the chosen settings", outcome?.accuracy, outcome?.meanMacs, policy: policy,
          target: target)
      }
    }
    return [leaving] + choices + [
      row("wasteful", paired.wasteful), row("destructive", paired.destructive),
      row("needed", paired.onlyFinal), row("never", paired.never),
    ]
  }
}
