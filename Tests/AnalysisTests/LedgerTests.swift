import Analysis
import Recordings
import TensorCore
import TestSupport
import Testing

/// The exit ledger's definitions on answers small enough to follow by hand.
@Suite struct LedgerTests {
  private static let grid = GridSize(height: 2, width: 2)

  /// A recording of answers given by sample and exit: the class, and the logit that it stands out with.
  private func recording(
    _ answers: [[(prediction: Int, logit: Float)]], labels: [Int], classes: Int = 3,
    macs: [Double]? = nil
  ) -> Recording {
    let exits = answers[0].count
    var recording = syntheticRecording(
      sampleCount: answers.count, grids: [GridSize](repeating: Self.grid, count: exits),
      classCount: classes, labels: labels, macs: macs)
    recording.logits = (0..<exits).map { exit in
      answers.flatMap { sample in
        var row = [Float](repeating: 0, count: classes)
        row[sample[exit].prediction] = sample[exit].logit
        return row
      }
    }
    return recording
  }

  private func ledger(
    _ recordings: [Recording], threshold: Double = 0.9, targets: [ThresholdTarget] = []
  ) throws -> ExitLedger {
    var options = AuditOptions(threshold: threshold, resamples: 200)
    options.targets = targets
    return try Auditor.audit(baseline: recordings, egt: recordings, options: options)
      .baseline.ledger!
  }

  private func shares(
    _ ledger: ExitLedger, _ policy: ExitPolicy, at setting: Double
  ) throws -> [Double] {
    let curve = try #require(ledger.policies.first { $0.policy == policy }).curve
    return try #require(curve.first { $0.setting == setting }).shares
  }

  @Test func atZeroAllLeaveAtOnceAndAtOneOnlyTheCertain() throws {
    // A logit of 800 leaves no other class any probability in double precision; one of 30 does: 1 − 2e-13.
    let ledger = try ledger([
      recording(
        [[(0, 0), (0, 0), (0, 0)], [(1, 30), (1, 30), (1, 30)], [(2, 1), (2, 800), (2, 1)]],
        labels: [0, 1, 2])
    ])
    for policy in [ExitPolicy.confidence, .entropy, .margin] {
      #expect(try shares(ledger, policy, at: 0) == [1, 0, 0], "\(policy)")
      #expect(try shares(ledger, policy, at: 1) == [0, 1.0 / 3, 2.0 / 3], "\(policy)")
    }
    #expect(try shares(ledger, .patience, at: 0) == [1, 0, 0])
    #expect(try shares(ledger, .patience, at: 1) == [0, 1, 0])
    #expect(try shares(ledger, .patience, at: 2) == [0, 0, 1])
  }

  @Test func whatReachesTheThresholdExactlyLeaves() throws {
    // Two classes, one logit: confidence 1/2 + 0, margin 0, entropy score 0 where both are 0.
    let tie = recording([[(0, 0), (0, 5)]], labels: [0], classes: 2)
    #expect(try shares(ledger([tie], threshold: 0.5), .confidence, at: 0.5) == [1, 0])
    let above = 0.5.nextUp
    #expect(try shares(ledger([tie], threshold: above), .confidence, at: above) == [0, 1])
    #expect(try ledger([tie], threshold: 0.5).exits.map(\.count) == [1, 0])
    #expect(try ledger([tie], threshold: above).exits.map(\.count) == [0, 1])
  }

  @Test func patienceCountsAgreementsInARow() throws {
    // Classes by exit: a break starts the count anew.
    let ledger = try ledger([
      recording(
        [
          [(0, 1), (0, 1), (0, 1), (0, 1)], [(0, 1), (1, 1), (1, 1), (0, 1)],
          [(0, 1), (0, 1), (1, 1), (1, 1)], [(0, 1), (1, 1), (0, 1), (1, 1)],
        ], labels: [0, 0, 0, 0])
    ])
    #expect(try shares(ledger, .patience, at: 1) == [0, 0.5, 0.25, 0.25])
    #expect(try shares(ledger, .patience, at: 2) == [0, 0, 0.25, 0.75])
    #expect(try shares(ledger, .patience, at: 3) == [0, 0, 0, 1])
    #expect(ledger.policies.first { $0.policy == .patience }?.curve.count == 4)
  }

  @Test func oneClassLeavesNoDoubt() throws {
    let ledger = try ledger([recording([[(0, 3), (0, -2)]], labels: [0], classes: 1)])
    for policy in [ExitPolicy.confidence, .entropy, .margin] {
      #expect(try shares(ledger, policy, at: 1) == [1, 0], "\(policy)")
    }
  }

  @Test func overthinkingHasFourParts() throws {
    // Label 0. Exits: right-wrong-right, right-right-wrong, wrong-wrong-right, wrong-wrong-wrong, wrong-right-right.
    let rows = ["101", "110", "001", "000", "011"].map { word in
      word.map { (prediction: $0 == "1" ? 0 : 1, logit: Float(1)) }
    }
    let ledger = try ledger([recording(rows, labels: [0, 0, 0, 0, 0], macs: [10, 20, 40])])
    let over = ledger.overthinking
    #expect(over.wasteful.count == 2)
    #expect(over.destructive.count == 1)
    #expect(over.onlyFinal.count == 1)
    #expect(over.never.count == 1)
    #expect(over.wasteful.share.value == 0.4)
    // The first after exit 1 of three, the fifth after exit 2: 30 and 20 of 40.
    #expect(over.wastedMacs == 25)
    #expect(over.oracleAccuracy.value == 0.8)
    #expect(over.oracleShares == [0.4, 0.2, 0.4])
    // Costs of 10, 10, 40, 40 and 20.
    #expect(over.oracleMeanMacs == 24)
  }

  @Test func anExitThatNobodyTakesHasNoAccuracy() throws {
    let ledger = try ledger([recording([[(0, 9), (0, 9)]], labels: [0])])
    #expect(ledger.exits.map(\.count) == [1, 0])
    #expect(ledger.exits[0].accuracy?.value == 1)
    #expect(ledger.exits[1].accuracy == nil)
  }

  @Test func withoutValidationAnswersNothingIsChosen() throws {
    let bare = recording([[(0, 9), (0, 9)], [(1, 1), (0, 9)]], labels: [0, 0])
    var other = bare
    // Another run of the arm.
    other.attention[0][0] += 1
    other.validation = Recording.Answers(labels: [0], logits: [[1, 0, 0], [1, 0, 0]])
    for (recordings, words) in [
      ([bare], "no validation answers in the recording"),
      ([other, bare], "no validation answers in 1 of 2 recordings"),
    ] {
      let ledger = try ledger(recordings, targets: [.belowFinal(0.01), .budget(0.9)])
      for policy in ledger.policies {
        #expect(policy.choices.map(\.refusal) == [words, words])
        #expect(policy.choices.allSatisfy { $0.chosen == nil })
        #expect(policy.budgeted.isEmpty)
      }
    }
  }

  @Test func withoutCostsTheEarliestSettingServesAnAccuracyAndNoneABudget() throws {
    var unknown = recording(
      [[(0, 9), (0, 9)], [(1, 1), (0, 9)]], labels: [0, 0], macs: [0, 0])
    unknown.validation = Recording.Answers(
      labels: [0, 0], logits: [[9, 0, 0, 0, 1, 0], [9, 0, 0, 9, 0, 0]])
    let ledger = try ledger([unknown], targets: [.belowFinal(0), .budget(0.9)])
    let policy = ledger.policies[0]
    let chosen = try #require(policy.choices[0].chosen)
    #expect(chosen.shares == [0.5, 0.5])
    #expect(chosen.meanMacs == nil && chosen.validationMeanMacs == nil)
    #expect(policy.choices[1].refusal == "the multiply–accumulates of an exit are unknown")
    #expect(policy.curve.allSatisfy { $0.meanMacs == nil })
    #expect(policy.budgeted.isEmpty)
    #expect(ledger.overthinking.wastedMacs == nil)
    #expect(ledger.overthinking.oracleMeanMacs == nil)
  }

  @Test func anUnreachableBudgetIsRefused() throws {
    var dear = recording([[(0, 9), (0, 9)]], labels: [0], macs: [90, 100])
    dear.validation = Recording.Answers(labels: [0], logits: [[1, 0, 0], [1, 0, 0]])
    let ledger = try ledger([dear], targets: [.budget(0.5), .budget(0.9), .budget(1)])
    let choices = ledger.policies[0].choices
    #expect(
      choices[0].refusal == "no setting reaches it on the validation answers of the recording")
    #expect(choices[1].chosen?.meanMacs?.value == 90)
    #expect(ledger.policies[0].budgeted.map(\.budget) == [0.9, 0.95, 1])
  }

  @Test func badTargetsAreRefused() {
    var options = AuditOptions()
    options.targets = [.budget(1.5)]
    let one = recording([[(0, 9), (0, 9)]], labels: [0])
    #expect(throws: AnalysisFault.self) {
      try Auditor.audit(baseline: [one], egt: [one], options: options)
    }
  }
}
