import Recordings

extension ExitLedger {
  /// - Parameters:
  ///   - runs: one a recording of the model.
  ///   - manifest: the first recording's.
  ///   - hasIntervals: whether to resample; without, only Wilson's intervals are there.
  init(
    _ runs: [LedgerRun], _ manifest: RecordingManifest, _ options: AuditOptions,
    hasIntervals: Bool
  ) {
    var statistics = LedgerStatistics(
      sampleCount: runs[0].scores.sampleCount, options: hasIntervals ? options : nil)
    let exits = LedgerExit.plan(runs, manifest, &statistics)
    let policies = ExitPolicy.allCases.indices.map { index in
      PolicyLedger.plan(runs, index, options.targets, &statistics)
    }
    let overthinking = Overthinking.plan(runs, &statistics)
    let distributions = statistics.run()
    self.init(
      exits: exits.map { $0.value(in: distributions) },
      policies: policies.map { $0.value(in: distributions) },
      overthinking: overthinking.value(in: distributions),
      validationCounts: runs.map { $0.validation?.sampleCount })
  }
}

extension [LedgerRun] {
  /// Per exit, the mean over recordings of the share of samples that leave there.
  func shares(_ outcome: (LedgerRun) -> PolicyOutcome) -> [Double] {
    let shares = map { run in
      outcome(run).counts(exitCount: run.scores.exitCount).map {
        Double($0) / Double(run.scores.sampleCount)
      }
    }
    return shares[0].indices.map { exit in shares.map { $0[exit] }.mean! }
  }

  /// nil where costs are unknown.
  func meanMacs(_ outcome: (LedgerRun) -> PolicyOutcome) -> Double? {
    compactMap { $0.costs.mean(outcome($0).counts(exitCount: $0.scores.exitCount)) }.mean
  }
}

extension LedgerExit {
  fileprivate static func plan(
    _ runs: [LedgerRun], _ manifest: RecordingManifest, _ statistics: inout LedgerStatistics
  ) -> [Pending<LedgerExit>] {
    let shares = runs.shares(\.leaving)
    return manifest.exits.enumerated().map { exit, description in
      let right = runs.map { run in
        zip(run.leaving.exits, run.leaving.isRight).map { $0 == exit ? $1 : Bool?.none }
      }
      let accuracy = statistics.share(right)
      let count = right.reduce(0) { $0 + $1.count { $0 != nil } }
      return Pending { distributions in
        LedgerExit(
          exit: exit + 1, macs: description.macs > 0 ? description.macs : nil,
          parameters: description.parameters, count: count, share: shares[exit],
          accuracy: accuracy?.value(in: distributions))
      }
    }
  }
}
