import Analysis

/// The files of the efficiency page about policies.
enum LedgerTables {
  static func all(_ context: ReportContext) -> [DataFile] {
    [
      DataFile("ledger", LedgerTable.table(context)),
      DataFile("policies", isInJSON: false, PolicyTable.all(context)),
      DataFile("thresholds", ChoiceTable.all(context)),
      DataFile("budgets", isInJSON: false, budgets(context)),
      DataFile("overthinking", OverthinkingTable.table(context)),
      DataFile("ledger-paired", LedgerDifferences.table(context)),
    ]
  }

  private static func budgets(
    _ context: ReportContext
  ) -> Table<LedgerRow<(policy: ExitPolicy, point: BudgetPoint)>> {
    Table(
      LedgerRows.place() + [
        .text("policy") { $0.value.policy.rawValue },
        .number("budget") { $0.value.point.budget },
        Column("setting") { LedgerRows.setting($0.value.point.settings) },
        .number("validation_accuracy") { $0.value.point.validationAccuracy },
        .number("validation_mean_macs") { $0.value.point.validationMeanMacs },
        .number("accuracy") { $0.value.point.accuracy },
        .number("mean_macs") { $0.value.point.meanMacs },
      ],
      rows: LedgerRows.rows(context) { ledger in
        ledger.policies.flatMap { policy in policy.budgeted.map { (policy.policy, $0) } }
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
