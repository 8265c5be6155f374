import Analysis

/// The CSV files about training runs and paired differences.
enum RunTables {
  /// Every run's own numbers: `seeds.csv`. A difference's are those of matched pairs.
  static func seeds(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(["arm", "measure", "place", "exit", "run", "seed", "value"])
    let result = context.result
    for (name, arm) in [("baseline", result.baseline), ("egt", result.egt)] {
      for row in arm.runs {
        for (run, value) in row.number.values.enumerated() {
          table.append(
            [.text(name), .text(row.measure.rawValue)] + place(row.place) + [
              .integer(run + 1), seed(arm.seeds[run]), .number(value),
            ])
        }
      }
    }
    for (measure, place, number) in differences(result) {
      for (pair, value) in (number.runs?.values ?? []).enumerated() {
        let run = result.paired?.design?.pairs?[pair].reference ?? pair
        table.append(
          [.text("difference"), .text(measure.rawValue)] + Self.place(place) + [
            .integer(pair + 1), seed(result.baseline.seeds[run]), .number(value),
          ])
      }
    }
    return table.bytes
  }

  /// Every number over runs: `runs.csv`.
  static func runs(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(
      ["arm", "measure", "place", "exit", "value", "sd_over_runs", "low", "high"]
        + ["degrees_of_freedom", "p", "holm_p", "nested", "nested_low", "nested_high"])
    func append(
      _ name: String, _ measure: AuditMeasure, _ place: AuditPlace, _ number: RunsEstimate
    ) {
      table.append(
        [.text(name), .text(measure.rawValue)] + Self.place(place) + [
          .number(number.estimate.value), .number(number.deviation),
          .number(number.estimate.low), .number(number.estimate.high),
          .number(number.degreesOfFreedom), .number(number.p), .number(number.holmP),
          .number(number.nested?.value), .number(number.nested?.low), .number(number.nested?.high),
        ])
    }
    for (name, arm) in [("baseline", context.result.baseline), ("egt", context.result.egt)] {
      for row in arm.runs { append(name, row.measure, row.place, row.number) }
    }
    for (measure, place, number) in differences(context.result) {
      if let runs = number.runs { append("difference", measure, place, runs) }
    }
    return table.bytes
  }

  /// Every paired difference over images: `differences.csv`.
  static func differences(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(
      ["measure", "place", "exit", "difference", "low", "high", "p", "holm_p"]
        + ["effect_size", "effect_size_low", "effect_size_high"]
        + ["both_right", "only_baseline_right", "only_egt_right", "both_wrong", "mcnemar_p"]
        + ["mcnemar_mid_p", "odds_ratio", "odds_ratio_low", "odds_ratio_high"])
    for (measure, place, number) in differences(context.result) {
      let test = number.mcNemar
      table.append(
        [.text(measure.rawValue)] + Self.place(place) + [
          .number(number.delta.value), .number(number.delta.low), .number(number.delta.high),
          .number(number.p), .number(number.holmP), .number(number.effectSize?.value),
          .number(number.effectSize?.low), .number(number.effectSize?.high),
          .integer(test?.bothRight), .integer(test?.onlyBaselineRight),
          .integer(test?.onlyEGTRight), .integer(test?.bothWrong), .number(test?.p),
          .number(test?.midP), .number(test?.oddsRatio), .number(test?.oddsRatioLow),
          .number(test?.oddsRatioHigh),
        ])
    }
    return table.bytes
  }

  /// In the order of exits, then the mean, then the early exit.
  private static func differences(
    _ result: AuditResult
  ) -> [(AuditMeasure, AuditPlace, PairedNumber)] {
    guard let paired = result.paired else { return [] }
    var rows: [(AuditMeasure, AuditPlace, PairedNumber)] = []
    for exit in paired.exits + [paired.mean] {
      let place: AuditPlace = exit.exit > 0 ? .exit(exit.exit) : .mean
      for measure in AuditMeasure.allCases {
        if let number = exit[measure] { rows.append((measure, place, number)) }
      }
    }
    if let number = paired.earlyExit { rows.append((.accuracy, .earlyExit, number)) }
    return rows
  }

  /// Two cells: "exit", 3; "mean", empty; "early-exit", empty.
  static func place(_ place: AuditPlace) -> [CSVTable.Cell] {
    switch place {
    case .exit(let exit): [.text("exit"), .integer(exit)]
    case .mean: [.text("mean"), .integer(nil)]
    case .earlyExit: [.text("early-exit"), .integer(nil)]
    }
  }

  private static func seed(_ seed: UInt64?) -> CSVTable.Cell {
    .text(seed.map { String($0) } ?? "")
  }
}
