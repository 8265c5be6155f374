/// Model − reference of what stopping early costs and brings, on the same samples. With several recordings a model, a
/// sample's number is the mean over them. Intervals are over samples: Bonett and Price's for differences of shares
/// (`PairedShares`), the paired bootstrap's for costs.
public struct PairedLedger: Sendable {
  /// Under the confidence policy at the audit's threshold.
  public var leaving: PairedOutcome
  /// In the order of `ExitPolicy`; in each, one entry a target: each model with its own setting, chosen on its own
  /// validation answers. nil where a model has no setting.
  public var choices: [[PairedOutcome?]]
  /// Shares of samples.
  public var wasteful: Estimate
  /// Of `Overthinking.destructive`.
  public var destructive: Estimate
  /// Of `Overthinking.onlyFinal`.
  public var onlyFinal: Estimate
  /// Of `Overthinking.never`.
  public var never: Estimate
}

/// What a setting does in each, model − reference.
public struct PairedOutcome: Sendable {
  /// A difference of shares.
  public var accuracy: Estimate
  /// nil where a model's costs are unknown.
  public var meanMacs: Estimate?
}

extension PairedLedger {
  /// - Parameters: one run a recording of the model; both models show the same samples.
  init(reference: [LedgerRun], model: [LedgerRun], _ options: AuditOptions) {
    let difference = LedgerDifference(reference: reference, model: model)
    var statistics = LedgerStatistics(
      sampleCount: reference[0].scores.sampleCount, options: options)
    let leaving = difference.plan(&statistics) { $0.leaving }!
    let choices = ExitPolicy.allCases.indices.map { policy in
      options.targets.indices.map { target in
        difference.plan(&statistics) { $0.policies[policy].frozen[target]?.outcome }
      }
    }
    let parts = Overthinking.Kind.allCases.map { kind in
      statistics.shareDifference([difference.values { $0.members(kind).map { $0 ? 1 : 0 } }])
    }
    let distributions = statistics.run()
    let shares = parts.map { $0.value(in: distributions) }
    self.init(
      leaving: leaving.value(in: distributions),
      choices: choices.map { $0.map { $0?.value(in: distributions) } },
      wasteful: shares[0], destructive: shares[1], onlyFinal: shares[2], never: shares[3])
  }
}

/// Series of model − reference, sample by sample.
private struct LedgerDifference {
  let reference: [LedgerRun]
  let model: [LedgerRun]

  /// - Parameter value: one number a sample, of a run.
  func values(_ value: (LedgerRun) -> [Double]) -> [Double] {
    zip(mean(model.map(value)), mean(reference.map(value))).map { $0 - $1 }
  }

  /// - Parameter outcome: nil where a run has none; then there is no difference.
  func plan(
    _ statistics: inout LedgerStatistics, _ outcome: (LedgerRun) -> PolicyOutcome?
  ) -> Pending<PairedOutcome>? {
    guard (reference + model).allSatisfy({ outcome($0) != nil }) else { return nil }
    let accuracy = statistics.shareDifference([
      values { outcome($0)!.isRight.map { $0 ? 1 : 0 } }
    ])
    let knowsCosts = reference[0].costs.macs != nil && model[0].costs.macs != nil
    let macs =
      knowsCosts
      ? statistics.mean([
        values { run in outcome(run)!.exits.map { run.costs.macs![$0] } }
      ]) : nil
    return Pending { distributions in
      PairedOutcome(
        accuracy: accuracy.value(in: distributions), meanMacs: macs?.value(in: distributions))
    }
  }

  private func mean(_ lists: [[Double]]) -> [Double] {
    lists[0].indices.map { sample in
      lists.reduce(0) { $0 + $1[sample] } / Double(lists.count)
    }
  }
}
