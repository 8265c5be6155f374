/// Looks, among all settings that make a difference to the validation answers, for the one that serves a target best.
///
/// Of equally cheap settings, the more accurate one, then the larger (more careful) one; of equally accurate settings
/// within a budget, the cheaper one, then the larger.
struct ThresholdSearch {
  /// nil where no setting reaches the target.
  private(set) var best: PolicySweep.Step?
  private var bestCost = Double.infinity
  private let leastRight: Double
  private let mostCost: Double

  /// The best setting for each target.
  static func run(
    _ targets: [ThresholdTarget], _ scores: PolicyScores, _ policy: ExitPolicy, _ costs: ExitCosts
  ) -> [PolicySweep.Step?] {
    var searches = targets.map { ThresholdSearch($0, scores, costs) }
    PolicySweep.run(scores, policy) { step in
      let cost = costs.total(step.counts)
      for index in searches.indices { searches[index].consider(step, cost) }
    }
    return searches.map(\.best)
  }

  private init(_ target: ThresholdTarget, _ scores: PolicyScores, _ costs: ExitCosts) {
    let samples = Double(scores.sampleCount)
    // What is reached exactly must not be missed by a rounding error.
    let slack = 1e-9
    switch target {
    case .accuracy(let share): (leastRight, mostCost) = (share * samples - slack, .infinity)
    case .belowFinal(let drop):
      let right = scores.isRight[scores.exitCount - 1].count { $0 }
      (leastRight, mostCost) = (Double(right) - drop * samples - slack, .infinity)
    case .budget(let share):
      (leastRight, mostCost) = (0, share * costs.full * samples * (1 + slack))
    }
  }

  private mutating func consider(_ step: PolicySweep.Step, _ cost: Double) {
    guard Double(step.rightCount) >= leastRight, cost <= mostCost else { return }
    if let best {
      let isMoreAccurate = step.rightCount > best.rightCount
      let isBetter =
        mostCost.isFinite
        ? isMoreAccurate || step.rightCount == best.rightCount && cost < bestCost
        : cost < bestCost || cost == bestCost && isMoreAccurate
      guard isBetter else { return }
    }
    best = step
    bestCost = cost
  }
}
