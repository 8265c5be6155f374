import Recordings

/// One recording's part of an exit ledger, without intervals.
struct LedgerRun: Sendable {
  struct Policy: Sendable {
    var curve: [PolicyPoint]
    /// One a target, then one a budget; nil where no setting reaches it.
    var frozen: [Frozen?]
  }

  /// A setting chosen on the validation answers, and what it does to the recorded samples.
  struct Frozen: Sendable {
    var validation: PolicySweep.Step
    var outcome: PolicyOutcome
  }

  /// The budgets of a budgeted curve, as shares of the full cost.
  static let budgets = (1...20).map { Double($0) / 20 }

  let scores: PolicyScores
  let validation: PolicyScores?
  let costs: ExitCosts
  /// Under the confidence policy at the audit's threshold.
  let leaving: PolicyOutcome
  /// Every sample leaves at its first right exit.
  let oracle: PolicyOutcome
  /// In the order of `ExitPolicy`.
  let policies: [Policy]

  init(_ recording: Recording, _ options: AuditOptions) {
    let scores = PolicyScores(
      Recording.Answers(labels: recording.labels, logits: recording.logits),
      classCount: recording.classCount)
    let validation = recording.validation.map {
      PolicyScores($0, classCount: recording.classCount)
    }
    let costs = ExitCosts(recording.manifest.exits.map(\.macs))
    self.scores = scores
    self.validation = validation
    self.costs = costs
    leaving = PolicyOutcome(scores, .confidence, setting: options.threshold)
    let final = scores.exitCount - 1
    oracle = PolicyOutcome(
      scores,
      exits: (0..<scores.sampleCount).map { sample in
        (0..<final).first { scores.isRight[$0][sample] } ?? final
      })
    policies = ExitPolicy.allCases.map { policy in
      let settings = policy.curveSettings(
        exitCount: scores.exitCount, threshold: options.threshold)
      return Policy(
        curve: settings.map { setting in
          Self.point(PolicyOutcome(scores, policy, setting: setting), setting, scores, costs)
        },
        frozen: Self.frozen(policy, scores, validation, costs, options.targets))
    }
  }

  private static func point(
    _ outcome: PolicyOutcome, _ setting: Double, _ scores: PolicyScores, _ costs: ExitCosts
  ) -> PolicyPoint {
    let counts = outcome.counts(exitCount: scores.exitCount)
    return PolicyPoint(
      setting: setting, accuracy: outcome.accuracy, meanMacs: costs.mean(counts),
      shares: counts.map { Double($0) / Double(scores.sampleCount) })
  }

  private static func frozen(
    _ policy: ExitPolicy, _ scores: PolicyScores, _ validation: PolicyScores?, _ costs: ExitCosts,
    _ targets: [ThresholdTarget]
  ) -> [Frozen?] {
    // Without costs a budget has no meaning.
    let all = (targets + budgets.map { ThresholdTarget.budget($0) }).map { target in
      if case .budget = target, costs.macs == nil { return ThresholdTarget?.none }
      return target
    }
    guard let validation else { return all.map { _ in nil } }
    let steps = ThresholdSearch.run(all.compactMap { $0 }, validation, policy, costs)
    var next = steps.makeIterator()
    return all.map { target in
      guard target != nil, let step = next.next() ?? nil else { return nil }
      return Frozen(
        validation: step, outcome: PolicyOutcome(scores, policy, setting: step.setting))
    }
  }

  var finalRight: [Bool] { scores.isRight[scores.exitCount - 1] }
}
