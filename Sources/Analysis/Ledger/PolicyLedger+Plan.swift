extension PolicyLedger {
  static func plan(
    _ runs: [LedgerRun], _ index: Int, _ targets: [ThresholdTarget],
    _ statistics: inout LedgerStatistics
  ) -> Pending<PolicyLedger> {
    let all = runs.map { $0.policies[index] }
    let curve = all[0].curve.indices.map { number in
      let points = all.map { $0.curve[number] }
      return PolicyPoint(
        setting: points[0].setting, accuracy: points.map(\.accuracy).mean!,
        meanMacs: points.compactMap(\.meanMacs).mean,
        shares: points[0].shares.indices.map { exit in points.map { $0.shares[exit] }.mean! })
    }
    let choices = targets.enumerated().map { number, target in
      ThresholdChoice.plan(target, runs, all.map { $0.frozen[number] }, &statistics)
    }
    let budgeted = LedgerRun.budgets.enumerated().compactMap { number, budget in
      BudgetPoint(budget, runs, all.map { $0.frozen[targets.count + number] })
    }
    return Pending { distributions in
      PolicyLedger(
        policy: ExitPolicy.allCases[index], curve: curve,
        choices: choices.map { $0.value(in: distributions) }, budgeted: budgeted)
    }
  }
}

extension BudgetPoint {
  /// nil where a recording has no setting for the budget.
  init?(_ budget: Double, _ runs: [LedgerRun], _ frozen: [LedgerRun.Frozen?]) {
    let pairs = zip(runs, frozen).compactMap { run, frozen in frozen.map { (run, $0) } }
    guard pairs.count == runs.count,
      let validationMeanMacs = pairs.compactMap({ $0.costs.mean($1.validation.counts) }).mean,
      let meanMacs = pairs.compactMap({ run, frozen in
        run.costs.mean(frozen.outcome.counts(exitCount: run.scores.exitCount))
      }).mean
    else { return nil }
    self.init(
      budget: budget, settings: pairs.map { $1.validation.setting },
      validationAccuracy: pairs.map { $1.validation.accuracy(of: $0) }.mean!,
      validationMeanMacs: validationMeanMacs, accuracy: pairs.map { $1.outcome.accuracy }.mean!,
      meanMacs: meanMacs)
  }
}
