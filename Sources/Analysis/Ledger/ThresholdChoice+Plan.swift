extension ThresholdChoice {
  static func plan(
    _ target: ThresholdTarget, _ runs: [LedgerRun], _ frozen: [LedgerRun.Frozen?],
    _ statistics: inout LedgerStatistics
  ) -> Pending<ThresholdChoice> {
    let found = frozen.compactMap { $0 }
    guard found.count == runs.count else {
      let reason = refusal(target, runs, found: found.count)
      return .known(ThresholdChoice(target: target, chosen: nil, refusal: reason))
    }
    let pairs = Array(zip(runs, found))
    let accuracy = statistics.share(found.map { $0.outcome.isRight })!
    let belowFinal = statistics.shareDifference(
      pairs.map { run, frozen in
        zip(frozen.outcome.isRight, run.finalRight).map { ($0 ? 1 : 0) - ($1 ? 1 : 0) }
      })
    let macs = runs[0].costs.macs.flatMap { macs in
      statistics.mean(found.map { $0.outcome.exits.map { macs[$0] } })
    }
    let shares = found.map { frozen in
      frozen.outcome.counts(exitCount: runs[0].scores.exitCount)
        .map { Double($0) / Double(frozen.outcome.exits.count) }
    }
    return Pending { distributions in
      ThresholdChoice(
        target: target,
        chosen: FrozenThreshold(
          settings: found.map(\.validation.setting),
          validationAccuracy: pairs.map { $1.validation.accuracy(of: $0) }.mean!,
          validationFinalAccuracy: runs.map { run in
            let right = run.validation!.isRight[run.scores.exitCount - 1]
            return Double(right.count { $0 }) / Double(right.count)
          }.mean!,
          validationMeanMacs: pairs.compactMap { $0.costs.mean($1.validation.counts) }.mean,
          accuracy: accuracy.value(in: distributions),
          belowFinal: belowFinal.value(in: distributions),
          meanMacs: macs?.value(in: distributions),
          shares: shares[0].indices.map { exit in shares.map { $0[exit] }.mean! }),
        refusal: nil)
    }
  }

  private static func refusal(
    _ target: ThresholdTarget, _ runs: [LedgerRun], found: Int
  ) -> String {
    func some(_ count: Int) -> String {
      runs.count == 1 ? "the recording" : "\(count) of \(runs.count) recordings"
    }
    let without = runs.count { $0.validation == nil }
    if without > 0 { return "no validation answers in \(some(without))" }
    if case .budget = target, runs[0].costs.macs == nil {
      return "the multiply–accumulates of an exit are unknown"
    }
    return "no setting reaches it on the validation answers of \(some(runs.count - found))"
  }
}

extension PolicySweep.Step {
  func accuracy(of run: LedgerRun) -> Double {
    Double(rightCount) / Double(run.validation!.sampleCount)
  }
}
