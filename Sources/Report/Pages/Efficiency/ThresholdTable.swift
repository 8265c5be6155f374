import Analysis

/// Accuracy and cost by setting of the report's policy.
enum ThresholdTable {
  /// Thresholds that the table shows; all are in policies.csv.
  private static let shown = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1]

  static func fields(_ context: ReportContext) -> (name: String, rows: [Fields]) {
    let policy = context.options.policy
    let arms = context.drawn.map { context.result.models[$0] }
    let curves = arms.map { arm in
      arm.ledger?.policies.first { $0.policy == policy }?.curve ?? []
    }
    let name = policy == .patience ? "Patience t" : "Threshold τ"
    let settings = curves.flatMap { $0 }.map(\.setting)
    let wanted =
      policy == .patience
      ? Array(Set(settings)) : shown + (policy == .confidence ? [context.result.threshold] : [])
    let rows = Set(wanted).filter(settings.contains).sorted().map { setting -> Fields in
      [
        "setting": .text(
          policy == .patience ? String(Int(setting)) : NumberFormat.fixed(setting, 2)),
        "arms": .list(
          zip(arms, curves).map { arm, curve in
            let point = curve.first { $0.setting == setting }
            return [
              "accuracy": .text(NumberFormat.percent(point?.accuracy)),
              "macs": .text(NumberFormat.megaMacs(point?.meanMacs)),
              "share": .text(
                NumberFormat.percent(ExitSharesTable.share(point?.meanMacs, of: arm))),
            ]
          }),
      ]
    }
    return (name, rows)
  }
}
