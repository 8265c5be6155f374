import Analysis

/// Accuracy and cost of stopping early.
enum EfficiencyPage: PageSection {
  static let name = "Efficiency"
  static let file = "efficiency.html"
  /// Thresholds that the table shows; all are in cost-curve.csv.
  private static let shownThresholds = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1]

  static func pages(_ context: ReportContext) -> [Page] {
    [
      Page(file: file, title: "Efficiency", template: "efficiency", section: name) {
        fields(context)
      }
    ]
  }

  private static func fields(_ context: ReportContext) -> Fields {
    [
      "shares": .fields(ExitSharesTable.fields(context)),
      "figures": .list(context.figures("exit-shares", "accuracy-cost")),
      "exits": .list((1...max(1, context.exitCount)).map { exit($0, context) }),
      "thresholds": .list(thresholds(context)),
      "hasThresholds": .flag(!thresholds(context).isEmpty),
    ]
  }

  private static func exit(_ exit: Int, _ context: ReportContext) -> Fields {
    let arms = [context.result.baseline, context.result.egt]
    return [
      "label": .text("Exit \(exit)"),
      "arms": .list(
        arms.map { arm in
          let result = arm.exits.first { $0.exit == exit }
          return [
            "macs": .text(NumberFormat.megaMacs(result?.macs)),
            "accuracy": .text(NumberFormat.percent(result?.accuracy.value)),
            "interval": .optional(
              NumberFormat.interval(result?.accuracy) { NumberFormat.percent($0) }),
          ]
        }),
    ]
  }

  /// The nearest recorded point to each threshold of the table.
  private static func thresholds(_ context: ReportContext) -> [Fields] {
    let arms = [context.result.baseline.costCurve, context.result.egt.costCurve]
    guard arms.allSatisfy({ !$0.isEmpty }) else { return [] }
    let picked = shownThresholds.compactMap { wanted in
      arms[0].map(\.threshold).min { abs($0 - wanted) < abs($1 - wanted) }
    }
    var seen: Set<Double> = []
    return picked.filter { seen.insert($0).inserted }.map { threshold in
      [
        "threshold": .text(NumberFormat.fixed(threshold, 2)),
        "arms": .list(
          arms.map { curve in
            let point = curve.first { $0.threshold == threshold }
            return [
              "accuracy": .text(NumberFormat.percent(point?.accuracy)),
              "macs": .text(NumberFormat.megaMacs(point?.meanMacs)),
            ]
          }),
      ]
    }
  }
}
