/// What a policy does with some samples at one setting.
struct PolicyOutcome: Sendable {
  /// Per sample, from 0.
  let exits: [Int]
  /// Per sample, whether the answer that it leaves with is right.
  let isRight: [Bool]

  /// - Parameter setting: infinity: no sample leaves early.
  init(_ scores: PolicyScores, _ policy: ExitPolicy, setting: Double) {
    self.init(scores: scores.scores(policy), isRight: scores.isRight, setting: setting)
  }

  /// - Parameters:
  ///   - answers: one entry an exit.
  ///   - threshold: of the confidence policy.
  init(_ answers: [ExitAnswers], threshold: Double) {
    self.init(
      scores: answers.map(\.confidences), isRight: answers.map(\.isRight), setting: threshold)
  }

  /// - Parameter exits: where each sample leaves, from 0.
  init(_ scores: PolicyScores, exits: [Int]) {
    self.init(isRight: scores.isRight, exits: exits)
  }

  /// - Parameters: [exit][sample].
  private init(scores: [[Double]], isRight: [[Bool]], setting: Double) {
    let final = scores.count - 1
    self.init(
      isRight: isRight,
      exits: scores[final].indices.map { sample in
        (0..<final).first { scores[$0][sample] >= setting } ?? final
      })
  }

  private init(isRight: [[Bool]], exits: [Int]) {
    self.exits = exits
    self.isRight = exits.enumerated().map { sample, exit in isRight[exit][sample] }
  }

  var accuracy: Double { Double(isRight.count { $0 }) / Double(isRight.count) }

  /// Per exit, the samples that leave there.
  func counts(exitCount: Int) -> [Int] {
    exits.reduce(into: [Int](repeating: 0, count: exitCount)) { $0[$1] += 1 }
  }

  /// Per exit, the share of samples that leave there.
  func shares(exitCount: Int) -> [Double] {
    counts(exitCount: exitCount).map { Double($0) / Double(exits.count) }
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
