/// What a policy does with some samples at one setting.
struct PolicyOutcome: Sendable {
  /// Per sample, from 0.
  let exits: [Int]
  /// Per sample, whether the answer that it leaves with is right.
  let isRight: [Bool]

  /// - Parameter setting: infinity: no sample leaves early.
  init(_ scores: PolicyScores, _ policy: ExitPolicy, setting: Double) {
    let values = scores.scores(policy)
    let final = scores.exitCount - 1
    let exits = (0..<scores.sampleCount).map { sample in
      (0..<final).first { values[$0][sample] >= setting } ?? final
    }
    self.init(scores, exits: exits)
  }

  /// - Parameter exits: where each sample leaves, from 0.
  init(_ scores: PolicyScores, exits: [Int]) {
    self.exits = exits
    isRight = exits.enumerated().map { sample, exit in scores.isRight[exit][sample] }
  }

  var accuracy: Double { Double(isRight.count { $0 }) / Double(isRight.count) }

  /// Per exit, the samples that leave there.
  func counts(exitCount: Int) -> [Int] {
    exits.reduce(into: [Int](repeating: 0, count: exitCount)) { $0[$1] += 1 }
  }
}

/// Every setting that makes a difference to some samples, from the one at which none leaves early downwards: the
/// distinct scores of their early exits.
struct PolicySweep {
  /// What the samples do at one setting.
  struct Step {
    /// Infinity: no sample leaves early.
    var setting: Double
    var rightCount: Int
    /// Per exit, the samples that leave there.
    var counts: [Int]
  }

  /// Calls `visit` once for each setting, in falling order. Takes the time of sorting the scores.
  static func run(_ scores: PolicyScores, _ policy: ExitPolicy, visit: (Step) -> Void) {
    let final = scores.exitCount - 1
    let values = scores.scores(policy)
    var events: [(score: Double, sample: Int, exit: Int)] = []
    events.reserveCapacity(final * scores.sampleCount)
    for exit in 0..<final {
      for sample in 0..<scores.sampleCount { events.append((values[exit][sample], sample, exit)) }
    }
    events.sort { $0.score > $1.score }
    var exits = [Int](repeating: final, count: scores.sampleCount)
    var step = Step(
      setting: .infinity, rightCount: scores.isRight[final].count { $0 },
      counts: [Int](repeating: 0, count: scores.exitCount))
    step.counts[final] = scores.sampleCount
    visit(step)
    for (index, event) in events.enumerated() {
      let old = exits[event.sample]
      if event.exit < old {
        exits[event.sample] = event.exit
        step.counts[old] -= 1
        step.counts[event.exit] += 1
        step.rightCount += scores.isRight[event.exit][event.sample] ? 1 : 0
        step.rightCount -= scores.isRight[old][event.sample] ? 1 : 0
      }
      // Samples of one score leave together.
      if index + 1 == events.count || events[index + 1].score != event.score {
        step.setting = event.score
        visit(step)
      }
    }
  }
}
