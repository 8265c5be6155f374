import Analysis
import Recordings
import TensorCore
import TestSupport
import Testing

@Suite struct FaithfulnessAuditTests {
  /// Deletion falls to 0 at once and insertion rises at once (`isGood`), or both follow the random curves; ROAD alike.
  private static func faithfulness(
    _ count: Int, isGood: Bool, roadIsGood: Bool? = nil
  ) -> RecordedFaithfulness {
    // The recorded confidence of `syntheticRecording`: two classes, logits 0 and 5.
    let whole: Float = 0.9933072
    func rows(_ row: (Int) -> [Float]) -> [Float] { (0..<count).flatMap(row) }
    // Random curves differ a little from sample to sample, so that there is an interval.
    let falling = rows { [whole, 0.5 + 0.01 * Float($0 % 7), 0] }
    let rising = rows { [0, 0.5 + 0.01 * Float($0 % 5), whole] }
    let curves = RecordedFaithfulness.Masking.Curves(
      deletion: isGood
        ? rows { _ in [whole, 0, 0] } : rows { [whole, 0.5 + 0.01 * Float($0 % 4), 0] },
      insertion: isGood
        ? rows { _ in [0, whole, whole] } : rows { [0, 0.5 + 0.01 * Float($0 % 3), whole] },
      randomDeletion: falling, randomInsertion: rising)
    let isRoadGood = roadIsGood ?? isGood
    let lost = RecordedFaithfulness.Road.Answers(
      probabilities: rows { [isRoadGood ? 0.1 : 0.5 + 0.01 * Float($0 % 2)] },
      predictions: [Int](repeating: 0, count: count))
    let kept = RecordedFaithfulness.Road.Answers(
      probabilities: rows { [0.5 + 0.01 * Float($0 % 3 % 2)] },
      predictions: [Int](repeating: 0, count: count))
    let exit = RecordedFaithfulness.Road.Removals(mostRelevantFirst: lost, leastRelevantFirst: kept)
    return RecordedFaithfulness(
      samples: Array(0..<count), masking: .init(fractions: [0, 0.5, 1], exits: [curves, curves]),
      road: .init(fractions: [0.5], exits: [exit, exit]))
  }

  /// Exits whose maps are the same, and each sample's unlike the others': as consistent as can be.
  /// - Parameter run: recordings of one arm have other maps each.
  private static func consistent(
    _ faithfulness: RecordedFaithfulness?, count: Int = 40, run: Int = 0
  ) -> Recording {
    var recording = syntheticRecording(
      sampleCount: count,
      map: { sample, _ in
        var map: [Float] = [1, 1, 1, 1]
        map[sample % 4] = 9 + Float(run)
        return map
      })
    recording.faithfulness = faithfulness
    return recording
  }

  private static func faithfulness(baseline: [Recording], egt: [Recording]) throws -> Faithfulness?
  {
    try Auditor.audit(baseline: baseline, egt: egt, options: AuditOptions(resamples: 50))
      .faithfulness
  }

  private static func codes(_ recording: Recording) throws -> [String] {
    try Auditor.audit(
      baseline: [recording], egt: [recording], options: AuditOptions(resamples: 200)
    )
    .flags.filter { $0.code == "CONSISTENT-NOT-FAITHFUL" }.map { "\($0.arm) \($0.exit ?? 0)" }
  }

  @Test func nothingRecordedIsNil() throws {
    let recording = Self.consistent(nil)
    #expect(try Auditor.audit(baseline: [recording], egt: [recording]).faithfulness == nil)
    #expect(try Self.codes(recording).isEmpty)
  }

  @Test func flagNeedsBothTestsToFail() throws {
    let both = ["baseline 1", "egt 1"]
    #expect(try Self.codes(Self.consistent(Self.faithfulness(40, isGood: false))) == both)
    #expect(try Self.codes(Self.consistent(Self.faithfulness(40, isGood: true))).isEmpty)
    #expect(
      try Self.codes(Self.consistent(Self.faithfulness(40, isGood: false, roadIsGood: true)))
        .isEmpty)
    #expect(
      try Self.codes(Self.consistent(Self.faithfulness(40, isGood: true, roadIsGood: false)))
        .isEmpty)
  }

  /// One part alone decides where only it was recorded; too few samples decide nothing.
  @Test func flagWithPartOfTheMeasurements() throws {
    var faithfulness = Self.faithfulness(40, isGood: false)
    faithfulness.road = nil
    #expect(try Self.codes(Self.consistent(faithfulness)).count == 2)
    faithfulness.masking = nil
    #expect(try Self.codes(Self.consistent(faithfulness)).isEmpty)
    #expect(
      try Self.codes(Self.consistent(Self.faithfulness(29, isGood: false), count: 40)).isEmpty)
    #expect(
      try Self.codes(Self.consistent(Self.faithfulness(30, isGood: false), count: 40)).count == 2)
  }

  /// Without agreement beyond chance there is nothing to warn of: NO-EXCESS says so already.
  @Test func flagNeedsConsistency() throws {
    var generator = SeededGenerator(seed: 3)
    var recording = syntheticRecording(
      sampleCount: 40, map: { _, _ in uniformMap(4, &generator) })
    recording.faithfulness = Self.faithfulness(40, isGood: false)
    #expect(try Self.codes(recording).isEmpty)
  }

  @Test func oneArmAlone() throws {
    let measured = Self.consistent(Self.faithfulness(40, isGood: true))
    let result = try #require(
      try Self.faithfulness(
        baseline: [Self.consistent(nil)], egt: [measured]))
    #expect(result.baseline == nil && result.paired == nil)
    let exit = try #require(result.egt?.exits.last)
    #expect(exit.masking != nil && exit.gradCAM == nil && exit.randomized.isEmpty)
  }

  @Test func armsWithOtherSamplesAreNotPaired() throws {
    let result = try #require(
      try Self.faithfulness(
        baseline: [Self.consistent(Self.faithfulness(40, isGood: true), count: 40)],
        egt: [Self.consistent(Self.faithfulness(41, isGood: true), count: 41)]))
    #expect(result.paired == nil)
    #expect(result.baseline?.sampleCount == 40 && result.egt?.sampleCount == 41)
  }

  /// Several seeds: a sample's number is the mean over the recordings that measured it.
  @Test func seedsAreAveragedBySample() throws {
    let good = Self.consistent(Self.faithfulness(2, isGood: true))
    let bad = Self.consistent(Self.faithfulness(4, isGood: false), run: 1)
    let none = Self.consistent(nil)
    let arm = try #require(
      try Self.faithfulness(
        baseline: [good, bad, Self.consistent(nil, run: 2)], egt: [none])?.baseline)
    #expect(arm.sampleCount == 4 && arm.recordingCount == 2)
    // ROAD's gap: good 0.4 and 0.41; bad 0, 0, −0.01 + … : (0.5 + 0.01·b) − (0.5 + 0.01·a) with a = 0 1 0 1, b = 0 1 0 0.
    let expected = ((0.4 + 0) / 2 + (0.41 + 0) / 2 + 0 + (-0.01)) / 4
    #expect(abs(try #require(arm.exits[0].road?.gap.value) - expected) <= 1e-6)
  }

  /// One pair of runs of three differs: over these images and networks the difference is clear, over runs it is not.
  @Test func differencesAreOverRunsWhereThereAreThree() throws {
    func arm(_ isGood: [Bool]) -> [Recording] {
      isGood.enumerated().map { seed, isGood in
        var recording = Self.consistent(Self.faithfulness(40, isGood: isGood), run: seed)
        var provenance = Provenance()
        provenance.seed = UInt64(seed)
        recording.manifest.provenance = provenance
        return recording
      }
    }
    let two = try #require(
      try Self.faithfulness(baseline: arm([false, false]), egt: arm([true, false])))
    #expect(!two.arePairedOverRuns)
    let held = try #require(two.pairedMean?.roadGap)
    #expect(try #require(held.low) > 0)
    let three = try #require(
      try Self.faithfulness(
        baseline: arm([false, false, false]), egt: arm([true, false, false])))
    #expect(three.arePairedOverRuns)
    let gap = try #require(three.pairedMean?.roadGap)
    // Pairs differ by d, 0 and 0: mean d/3, standard error d/3, Student's t with 2 degrees of freedom is 4.303.
    #expect(abs(gap.value - held.value * 2 / 3) < 1e-12)
    #expect(abs(try #require(gap.low) - gap.value * (1 - 4.302653)) < 0.01 * gap.value)
    #expect(abs(try #require(gap.high) - gap.value * (1 + 4.302653)) < 0.01 * gap.value)
    // One recording was not measured: runs are held fixed.
    var part = arm([true, false, false])
    part[2].faithfulness = nil
    let partly = try #require(
      try Self.faithfulness(baseline: arm([false, false, false]), egt: part))
    #expect(!partly.arePairedOverRuns)
  }

  @Test func recordingsOfAnArmMustMatch() throws {
    var other = Self.faithfulness(40, isGood: true)
    other.masking!.fractions = [0, 0.25, 1]
    let fault = #expect(throws: AnalysisFault.self) {
      _ = try Self.faithfulness(
        baseline: [
          Self.consistent(Self.faithfulness(40, isGood: true)), Self.consistent(other, run: 1),
        ],
        egt: [Self.consistent(nil)])
    }
    #expect(fault?.description.contains("deletion and insertion at other fractions") == true)
  }

  /// One sample has numbers but no intervals and no null.
  @Test func oneSample() throws {
    var faithfulness = Self.faithfulness(1, isGood: true)
    faithfulness.gradCAM = [[0, 1, 2, 3], [0, 0, 0, 0]]
    let exits = try #require(
      try Self.faithfulness(
        baseline: [Self.consistent(faithfulness)], egt: [Self.consistent(nil)])?.baseline?.exits)
    #expect(exits[0].masking?.advantage.low == nil)
    #expect(exits[0].gradCAM?.centred.null == nil && exits[0].gradCAM?.centred.excess == nil)
    #expect(exits[0].gradCAM?.n == 1)
    // A Grad-CAM map of zeros is undefined; with no other there is no number.
    #expect(exits[1].gradCAM == nil)
  }

  /// Constant maps under random weights are left out and counted, not taken for unlike.
  @Test func undefinedRandomisedMapsAreCounted() throws {
    var faithfulness = Self.faithfulness(2, isGood: true)
    let own: [Float] = [9, 1, 1, 1, 1, 9, 1, 1]
    let flat = [Float](repeating: 0.25, count: 8)
    let values = own + flat + flat + flat
    faithfulness.randomized = .init(
      draws: 2,
      exits: [.init(stages: 2, values: values), .init(stages: 2, values: own + own + own + own)])
    let exits = try #require(
      try Self.faithfulness(
        baseline: [Self.consistent(faithfulness)], egt: [Self.consistent(nil)])?.baseline?.exits)
    let stages = exits[0].randomized
    #expect(stages.map(\.n) == [2, 0] && stages.map(\.undefined) == [2, 4])
    #expect(abs(try #require(stages[0].spearman?.value) - 1) <= 1e-12)
    #expect(stages[1].spearman == nil && stages[1].lowestDraw == nil)
    #expect(stages[0].structuralSimilarity == nil)
    #expect(exits[1].randomized.map(\.n) == [4, 4])
  }
}
