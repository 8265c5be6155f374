import Analysis

/// The numbers behind the reliability diagram: the bins of equal width, a table an exit.
enum ReliabilityTables {
  static func fields(_ context: ReportContext) -> [Fields] {
    let arms = context.drawn.map { context.result.models[$0] }
    return (1...max(1, context.exitCount)).compactMap { number in
      let exits = arms.map { arm in arm.calibration.first { $0.exit == number } }
      guard let bins = exits.compactMap({ $0?.bins }).first else { return nil }
      return [
        "exitName": .text("Exit \(number)"),
        "models": .list(context.drawn.map(context.head)),
        "rows": .list(
          bins.indices.compactMap { index in
            let cells = exits.map { exit in
              exit.flatMap { index < $0.bins.count ? $0.bins[index] : nil }
            }
            guard cells.contains(where: { ($0?.count ?? 0) > 0 }) else { return nil }
            return [
              "range": .text(
                "\(NumberFormat.fixed(bins[index].lower))–\(NumberFormat.fixed(bins[index].upper))"),
              "arms": .list(cells.map(arm)),
            ]
          }),
      ]
    }
  }

  private static func arm(_ bin: ReliabilityBin?) -> Fields {
    [
      "count": .text(bin.map { NumberFormat.count($0.count) } ?? NumberFormat.missing),
      "confidence": .text(NumberFormat.percent(bin?.confidence)),
      "accuracy": .text(NumberFormat.percent(bin?.accuracy?.value)),
      "interval": .optional(NumberFormat.interval(bin?.accuracy) { NumberFormat.percent($0) }),
    ]
  }
}
