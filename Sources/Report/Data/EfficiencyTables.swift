import Analysis

/// The CSV files of the efficiency page. `run` is "all" for an arm, 1, 2, … for each of its recordings alone.
enum EfficiencyTables {
  static func all(_ context: ReportContext) -> [(name: String, bytes: [UInt8])] {
    [
      ("ledger.csv", ledger(context)), ("policies.csv", policies(context)),
      ("thresholds.csv", thresholds(context)), ("budgets.csv", budgets(context)),
      ("overthinking.csv", overthinking(context)), ("latency.csv", latency(context)),
      ("ledger-paired.csv", paired(context)),
    ]
  }

  /// Every ledger of a report with the cells that say whose it is.
  private static func ledgers(
    _ context: ReportContext
  ) -> [(place: [CSVTable.Cell], ledger: ExitLedger)] {
    var result: [(place: [CSVTable.Cell], ledger: ExitLedger)] = []
    for (name, arm) in [("baseline", context.result.baseline), ("egt", context.result.egt)] {
      if let whole = arm.ledger { result.append(([.text(name), .text("all")], whole)) }
      for (index, ledger) in arm.seedLedgers.enumerated() {
        result.append(([.text(name), .text("\(index + 1)")], ledger))
      }
    }
    return result
  }

  private static func estimate(_ estimate: Estimate?) -> [CSVTable.Cell] {
    [.number(estimate?.value), .number(estimate?.low), .number(estimate?.high)]
  }

  private static func bounds(_ name: String) -> [String] { [name, "\(name)_low", "\(name)_high"] }

  /// Of several runs none, since each has its own: see their rows.
  private static func setting(_ settings: [Double]) -> CSVTable.Cell {
    guard settings.count == 1 else { return .number(nil) }
    return settings[0].isFinite ? .number(settings[0]) : .text("never")
  }

  private static func shareNames(_ context: ReportContext) -> [String] {
    (1...max(1, context.exitCount)).map { "share_\($0)" }
  }

  private static func ledger(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(
      ["arm", "run", "exit", "macs", "parameters", "leaving", "share"]
        + bounds("accuracy_of_leaving"))
    for (place, ledger) in ledgers(context) {
      for exit in ledger.exits {
        table.append(
          place + [
            .integer(exit.exit), .number(exit.macs), .integer(exit.parameters),
            .integer(exit.count), .number(exit.share),
          ] + estimate(exit.accuracy))
      }
    }
    return table.bytes
  }

  private static func policies(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(
      ["arm", "run", "policy", "setting", "accuracy", "mean_macs"] + shareNames(context))
    for (place, ledger) in ledgers(context) {
      for policy in ledger.policies {
        for point in policy.curve {
          table.append(
            place + [
              .text(policy.policy.rawValue), .number(point.setting), .number(point.accuracy),
              .number(point.meanMacs),
            ] + point.shares.map { .number($0) })
        }
      }
    }
    return table.bytes
  }

  private static func thresholds(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(
      ["arm", "run", "policy", "target", "target_value", "setting", "validation_samples"]
        + ["validation_accuracy", "validation_final_accuracy", "validation_mean_macs"]
        + bounds("accuracy") + ["accuracy_gap"] + bounds("accuracy_minus_final")
        + bounds("mean_macs") + shareNames(context) + ["not_possible"])
    for (place, ledger) in ledgers(context) {
      let samples = ledger.validationCounts.count == 1 ? ledger.validationCounts[0] : nil
      for policy in ledger.policies {
        for choice in policy.choices {
          let chosen = choice.chosen
          let (name, value) = target(choice.target)
          table.append(
            place + [
              .text(policy.policy.rawValue), .text(name), .number(value),
              chosen.map { setting($0.settings) } ?? .number(nil), .integer(samples),
              .number(chosen?.validationAccuracy), .number(chosen?.validationFinalAccuracy),
              .number(chosen?.validationMeanMacs),
            ] + estimate(chosen?.accuracy) + [.number(chosen?.accuracyGap)]
              + estimate(chosen?.belowFinal) + estimate(chosen?.meanMacs)
              + (0..<max(1, context.exitCount)).map { .number(chosen?.shares[$0]) }
              + [.optional(choice.refusal)])
        }
      }
    }
    return table.bytes
  }

  static func target(_ target: ThresholdTarget) -> (name: String, value: Double) {
    switch target {
    case .accuracy(let share): ("accuracy", share)
    case .belowFinal(let drop): ("below final accuracy", drop)
    case .budget(let share): ("share of final cost", share)
    }
  }

  private static func budgets(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable([
      "arm", "run", "policy", "budget", "setting", "validation_accuracy", "validation_mean_macs",
      "accuracy", "mean_macs",
    ])
    for (place, ledger) in ledgers(context) {
      for policy in ledger.policies {
        for point in policy.budgeted {
          table.append(
            place + [
              .text(policy.policy.rawValue), .number(point.budget), setting(point.settings),
              .number(point.validationAccuracy), .number(point.validationMeanMacs),
              .number(point.accuracy), .number(point.meanMacs),
            ])
        }
      }
    }
    return table.bytes
  }

  private static func overthinking(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(
      ["arm", "run", "part", "count"] + bounds("share") + ["wasted_macs", "mean_macs"])
    for (place, ledger) in ledgers(context) {
      let over = ledger.overthinking
      for (name, part, wasted) in [
        ("wasteful", over.wasteful, over.wastedMacs), ("destructive", over.destructive, nil),
        ("needed", over.onlyFinal, nil), ("never", over.never, nil),
      ] {
        table.append(
          place + [.text(name), .integer(part.count)] + estimate(part.share)
            + [.number(wasted), .number(nil)])
      }
      table.append(
        place + [.text("oracle"), .integer(nil)] + estimate(over.oracleAccuracy)
          + [.number(nil), .number(over.oracleMeanMacs)])
    }
    return table.bytes
  }

  /// EGT − baseline; empty where nothing is paired.
  private static func paired(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(
      ["what", "policy", "target", "target_value"] + bounds("delta") + bounds("delta_mean_macs"))
    guard let paired = context.result.paired?.ledger else { return table.bytes }
    table.append(
      [.text("accuracy at the threshold"), .text("confidence"), .text(""), .number(nil)]
        + outcome(paired.leaving))
    let choices = context.result.baseline.ledger?.policies.first?.choices ?? []
    for (policy, outcomes) in zip(ExitPolicy.allCases, paired.choices) {
      for (choice, outcome) in zip(choices, outcomes) {
        let (name, value) = target(choice.target)
        table.append(
          [
            .text("accuracy at the chosen settings"), .text(policy.rawValue), .text(name),
            .number(value),
          ] + self.outcome(outcome))
      }
    }
    for (name, share) in [
      ("wasteful", paired.wasteful), ("destructive", paired.destructive),
      ("needed", paired.onlyFinal), ("never", paired.never),
    ] {
      table.append(
        [.text(name), .text(""), .text(""), .number(nil)] + estimate(share) + estimate(nil))
    }
    return table.bytes
  }

  private static func outcome(_ outcome: PairedOutcome?) -> [CSVTable.Cell] {
    estimate(outcome?.accuracy) + estimate(outcome?.meanMacs)
  }

  private static func latency(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable([
      "arm", "run", "stop", "threshold", "mean_ms", "median_ms", "p5_ms", "p95_ms", "share",
      "speedup",
      "images", "rounds", "threads",
    ])
    for (name, recordings) in [("baseline", context.baseline), ("egt", context.egt)] {
      for (run, recording) in recordings.enumerated() {
        guard let latency = recording.manifest.latency else { continue }
        let size: [CSVTable.Cell] = [
          .integer(latency.images), .integer(latency.rounds), .integer(latency.threads),
        ]
        for (exit, times) in latency.exits.enumerated() {
          table.append(
            [
              .text(name), .integer(run + 1), .text("exit \(exit + 1)"), .number(nil),
              .number(times.mean), .number(times.median), .number(times.p5), .number(times.p95),
              .number(latency.earlyStop.shares[exit]), .number(nil),
            ] + size)
        }
        let stop = latency.earlyStop
        table.append(
          [
            .text(name), .integer(run + 1), .text("early stop"), .number(stop.threshold),
            .number(stop.times.mean), .number(stop.times.median), .number(stop.times.p5),
            .number(stop.times.p95), .number(nil), .number(stop.speedup),
          ] + size)
      }
    }
    return table.bytes
  }
}
