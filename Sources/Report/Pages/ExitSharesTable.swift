import Analysis

/// Where samples leave at the threshold, and what it costs: the small table of index and efficiency page.
enum ExitSharesTable {
  static func fields(_ context: ReportContext) -> Fields {
    let result = context.result
    return [
      "threshold": .text(NumberFormat.fixed(result.threshold, 2)),
      "exits": .list(
        (1...max(1, context.exitCount)).map { exit in
          ["label": .text("Exit \(exit)")]
        }),
      "arms": .list([
        arm("Baseline", "baseline", result.baseline.earlyExit, context),
        arm("EGT", "egt", result.egt.earlyExit, context),
      ]),
    ]
  }

  /// A cost as a share of the arm's final exit's; nil where one is unknown.
  static func share(_ macs: Double?, of arm: ModelResult) -> Double? {
    guard let macs, let full = arm.exits.last?.macs, full > 0 else { return nil }
    return macs / full
  }

  /// A difference of costs as a share of the final exit's; nil where the arms' differ.
  static func share(_ difference: Estimate?, _ context: ReportContext) -> Estimate? {
    let full = [context.result.baseline, context.result.egt].map { $0.exits.last?.macs ?? 0 }
    guard let difference, full[0] == full[1], full[0] > 0 else { return nil }
    return Estimate(
      difference.value / full[0], low: difference.low.map { $0 / full[0] },
      high: difference.high.map { $0 / full[0] })
  }

  private static func arm(
    _ name: String, _ mark: String, _ early: EarlyExitResult, _ context: ReportContext
  ) -> Fields {
    [
      "name": .text(name), "mark": .text(mark),
      "shares": .list(
        (0..<max(1, context.exitCount)).map { exit in
          [
            "share": .text(
              NumberFormat.percent(early.shares.indices.contains(exit) ? early.shares[exit] : nil))
          ]
        }),
      "accuracy": .text(NumberFormat.percent(early.accuracy.value)),
      "interval": .optional(NumberFormat.interval(early.accuracy) { NumberFormat.percent($0) }),
      "macs": .text(NumberFormat.megaMacs(early.meanMacs)),
    ]
  }
}
