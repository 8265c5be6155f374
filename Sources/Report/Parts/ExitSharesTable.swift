import Analysis

/// Where images leave at the threshold, and what it costs: the small table of index and efficiency page.
enum ExitSharesTable {
  static func fields(_ context: ReportContext) -> Fields {
    [
      "threshold": .text(NumberFormat.fixed(context.result.threshold, 2)),
      "exits": .list(
        (1...max(1, context.exitCount)).map { exit in
          ["label": .text("Exit \(exit)")]
        }),
      "models": .list(context.models.map { row($0, context) }),
    ]
  }

  /// A cost as a share of the model's final exit's; nil where one is unknown.
  static func share(_ macs: Double?, of model: ModelResult) -> Double? {
    guard let macs, let full = model.exits.last?.macs, full > 0 else { return nil }
    return macs / full
  }

  /// A model's difference from the reference in cost as a share of the final exit's; nil where the two final exits'
  /// costs differ.
  static func share(_ difference: Estimate?, of model: Int, _ context: ReportContext) -> Estimate? {
    let full = [0, model].map { context.result.models[$0].exits.last?.macs ?? 0 }
    guard let difference, full[0] == full[1], full[0] > 0 else { return nil }
    return Estimate(
      difference.value / full[0], low: difference.low.map { $0 / full[0] },
      high: difference.high.map { $0 / full[0] })
  }

  private static func row(_ model: Int, _ context: ReportContext) -> Fields {
    let early = context.result.models[model].earlyExit
    let accuracy = context.numbers[.accuracy, .earlyStop, model: model]?.estimate
    return context.head(model).merging([
      "shares": .list(
        (0..<max(1, context.exitCount)).map { exit in
          [
            "share": .text(
              NumberFormat.percent(early.shares.indices.contains(exit) ? early.shares[exit] : nil))
          ]
        }),
      "accuracy": .text(NumberFormat.percent(accuracy?.value)),
      "interval": .optional(NumberFormat.interval(accuracy) { NumberFormat.percent($0) }),
      "macs": .text(NumberFormat.megaMacs(early.meanMacs)),
    ])
  }
}
