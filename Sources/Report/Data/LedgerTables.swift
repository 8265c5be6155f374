import Analysis

/// The files of the efficiency page. `run` is "all" for a model, 1, 2, … for each of its recordings alone.
enum LedgerTables {
  static func all(_ context: ReportContext) -> [DataFile] {
    [
      DataFile("ledger", ledger(context)),
      DataFile("policies", isInJSON: false, policies(context)),
      DataFile("thresholds", thresholds(context)),
      DataFile("budgets", isInJSON: false, budgets(context)),
      DataFile("overthinking", overthinking(context)),
      DataFile("ledger-paired", LedgerDifferences.table(context)),
    ]
  }

  /// Something of a ledger, with whose it is.
  private struct Row<Value: Sendable>: Sendable {
    var model: String
    var run: String
    var ledger: ExitLedger
    var value: Value
  }

  private static func rows<Value>(
    _ context: ReportContext, _ values: (ExitLedger) -> [Value]
  ) -> [Row<Value>] {
    context.result.models.flatMap { model in
      let ledgers =
        (model.ledger.map { [("all", $0)] } ?? [])
        + model.seedLedgers.enumerated().map { ("\($0 + 1)", $1) }
      return ledgers.flatMap { run, ledger in
        values(ledger).map { Row(model: model.name, run: run, ledger: ledger, value: $0) }
      }
    }
  }

  private static func place<Value>() -> [Column<Row<Value>>] {
    [.text("model") { $0.model }, .text("run") { $0.run }]
  }

  /// One column an exit.
  private static func shares<Value>(
    _ context: ReportContext, _ shares: @escaping @Sendable (Value) -> [Double]?
  ) -> [Column<Row<Value>>] {
    (1...max(1, context.exitCount)).map { exit in
      .number("share_\(exit)") { row in
        shares(row.value).flatMap { exit <= $0.count ? $0[exit - 1] : nil }
      }
    }
  }

  /// Of several runs none, since each has its own: see their rows.
  private static func setting(_ settings: [Double]?) -> TableValue {
    guard let settings, settings.count == 1 else { return .blank }
    return settings[0].isFinite ? .number(settings[0]) : .text("never")
  }

  private static func ledger(_ context: ReportContext) -> Table<Row<LedgerExit>> {
    Table(
      place() + [
        .integer("exit") { $0.value.exit }, .number("macs") { $0.value.macs },
        .integer("parameters") { $0.value.parameters }, .integer("leaving") { $0.value.count },
        .number("share") { $0.value.share },
        .estimate("accuracy_of_leaving") { $0.value.accuracy },
      ], rows: rows(context, \.exits))
  }

  private static func policies(
    _ context: ReportContext
  ) -> Table<Row<(policy: ExitPolicy, point: PolicyPoint)>> {
    Table(
      place() + [
        .text("policy") { $0.value.policy.rawValue },
        .number("setting") { $0.value.point.setting },
        .number("accuracy") { $0.value.point.accuracy },
        .number("mean_macs") { $0.value.point.meanMacs },
      ] + shares(context) { $0.point.shares },
      rows: rows(context) { ledger in
        ledger.policies.flatMap { policy in policy.curve.map { (policy.policy, $0) } }
      })
  }

  private static func thresholds(
    _ context: ReportContext
  ) -> Table<Row<(policy: ExitPolicy, choice: ThresholdChoice)>> {
    Table(
      place() + [
        .text("policy") { $0.value.policy.rawValue },
        .text("target") { $0.value.choice.target.key },
        .number("target_value") { $0.value.choice.target.share },
        Column("setting") { setting($0.value.choice.chosen?.settings) },
        .integer("validation_samples") { row in
          let counts = row.ledger.validationCounts
          return counts.count == 1 ? counts[0] : nil
        },
        .number("validation_accuracy") { $0.value.choice.chosen?.validationAccuracy },
        .number("validation_final_accuracy") { $0.value.choice.chosen?.validationFinalAccuracy },
        .number("validation_mean_macs") { $0.value.choice.chosen?.validationMeanMacs },
        .estimate("accuracy") { $0.value.choice.chosen?.accuracy },
        .number("accuracy_gap") { $0.value.choice.chosen?.accuracyGap },
        .estimate("accuracy_minus_final") { $0.value.choice.chosen?.belowFinal },
        .estimate("mean_macs") { $0.value.choice.chosen?.meanMacs },
      ] + shares(context) { $0.choice.chosen?.shares } + [
        .text("not_possible") { $0.value.choice.refusal }
      ],
      rows: rows(context) { ledger in
        ledger.policies.flatMap { policy in policy.choices.map { (policy.policy, $0) } }
      })
  }

  private static func budgets(
    _ context: ReportContext
  ) -> Table<Row<(policy: ExitPolicy, point: BudgetPoint)>> {
    Table(
      place() + [
        .text("policy") { $0.value.policy.rawValue },
        .number("budget") { $0.value.point.budget },
        Column("setting") { setting($0.value.point.settings) },
        .number("validation_accuracy") { $0.value.point.validationAccuracy },
        .number("validation_mean_macs") { $0.value.point.validationMeanMacs },
        .number("accuracy") { $0.value.point.accuracy },
        .number("mean_macs") { $0.value.point.meanMacs },
      ],
      rows: rows(context) { ledger in
        ledger.policies.flatMap { policy in policy.budgeted.map { (policy.policy, $0) } }
      })
  }

  private struct Part: Sendable {
    var name: String
    var count: Int?
    var share: Estimate?
    var wastedMacs: Double?
    var meanMacs: Double?
  }

  private static func overthinking(_ context: ReportContext) -> Table<Row<Part>> {
    Table(
      place() + [
        .text("part") { $0.value.name }, .integer("count") { $0.value.count },
        .estimate("share") { $0.value.share }, .number("wasted_macs") { $0.value.wastedMacs },
        .number("mean_macs") { $0.value.meanMacs },
      ],
      rows: rows(context) { ledger in
        let over = ledger.overthinking
        func part(_ name: String, _ part: Overthinking.Part, wasted: Double? = nil) -> Part {
          Part(name: name, count: part.count, share: part.share, wastedMacs: wasted)
        }
        return [
          part("wasteful", over.wasteful, wasted: over.wastedMacs),
          part("destructive", over.destructive), part("needed", over.onlyFinal),
          part("never", over.never),
          Part(name: "oracle", share: over.oracleAccuracy, meanMacs: over.oracleMeanMacs),
        ]
      })
  }
}

extension ThresholdTarget {
  /// In files.
  var key: String {
    switch self {
    case .accuracy: "accuracy"
    case .belowFinal: "below final accuracy"
    case .budget: "share of final cost"
    }
  }

  var share: Double {
    switch self {
    case .accuracy(let share), .belowFinal(let share), .budget(let share): share
    }
  }
}
