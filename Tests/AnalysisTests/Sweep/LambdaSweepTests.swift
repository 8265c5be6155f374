import Analysis
import FileKit
import Recordings
import TensorCore
import Testing

@Suite struct LambdaSweepTests {
  private func recording(
    _ lambda: Double?, seed: UInt64 = 1, stopGradient: Bool = false, epochs: String = "10",
    samples: Int = 12, scale: Float = 1, right: Int = 12, target: String = "final exit"
  ) -> Recording {
    var provenance = Provenance()
    provenance.lambda = lambda
    provenance.seed = seed
    provenance.stopGradient = stopGradient
    provenance.settings = [
      .init(.epochs, epochs), .init(.trainingCommand, "\(seed)"),
      .init(.consistencyTarget, target),
    ]
    return syntheticRecording(
      sampleCount: samples, labels: [Int](repeating: 0, count: samples), provenance: provenance,
      map: { sample, exit in
        var map: [Float] = [1, 1, 1, 1]
        map[exit == 0 ? 0 : sample % 4] += scale
        return map
      }, prediction: { sample, _ in sample < right ? 0 : 1 })
  }

  /// Each recording is a model of its own, behind the baseline and EGT.
  private func sweep(_ others: [Recording], egt: Recording? = nil) throws -> LambdaSweep? {
    let recordings = [recording(0), egt ?? recording(0.3, scale: 3)] + others
    return try Auditor.audit(
      recordings.enumerated().map { Model("\($0)", [$1]) }, options: AuditOptions(resamples: 20)
    ).sweep
  }

  @Test func noneOfTwoWeights() throws { #expect(try sweep([]) == nil) }

  /// cos((1 + s, 1, 1, 1), the same) = 1 for every fourth image, else (s² + 2s + 4 − s²)/(s² + 2s + 4).
  @Test func runsByLambdaWithTheirNumbers() throws {
    let made = try sweep([
      recording(1, seed: 5, scale: 9, right: 9), recording(0.1, seed: 7, scale: 2),
      recording(0.1, seed: 6, scale: 1),
    ])
    let sweep = try #require(made)
    #expect(sweep.runs.map(\.lambda) == [0, 0.1, 0.1, 0.3, 1])
    #expect(sweep.runs.map(\.seed) == [1, 7, 6, 1, 5] && sweep.lambdas == [0, 0.1, 0.3, 1])
    for (run, s) in zip(sweep.runs, [1.0, 2, 1, 3, 9]) {
      let unlike = (2 * s + 4) / (s * s + 2 * s + 4)
      #expect(abs(try #require(run.cosine) - (1 + 3 * unlike) / 4) < 1e-6)
      // Every exit map is the same, so another image's final map does as well.
      #expect(abs(try #require(run.excess)) < 1e-6)
    }
    #expect(sweep.runs.map(\.accuracy.value) == [1, 1, 1, 1, 0.75])
    #expect(try #require(sweep.runs[4].accuracy.low) < 0.5)
  }

  @Test(
    arguments: [
      (1, false, "10", 11), (1, true, "10", 12), (1, false, "20", 12), (nil, false, "10", 12),
    ] as [(Double?, Bool, String, Int)])
  func anotherTrainingIsLeftOut(
    lambda: Double?, stopGradient: Bool, epochs: String, samples: Int
  ) throws {
    let other = recording(lambda, stopGradient: stopGradient, epochs: epochs, samples: samples)
    #expect(try sweep([recording(0.5), other])?.lambdas == [0, 0.3, 0.5])
  }

  private static let training: [SettingKey] = [
    .classes, .trainingCount, .testCount, .colorMode, .networkInput, .architecture, .blockWidths,
    .exitWeights, .optimizer, .learningRate, .learningRateSchedule, .epochs, .batchSize, .dataSeed,
    .validationFraction, .testFraction, .weightsUsed,
  ]
  private static let term: [SettingKey] = [
    .consistencyTarget, .alignmentGrid, .consistencyWeights, .adaptiveWeights, .lambdaWarmup,
  ]
  private static let notCompared: [SettingKey] = [.dataSource, .loss, .trainingCommand]

  @Test func everyKeyIsKnownToTheSweep() {
    #expect(Set(Self.training + Self.term + Self.notCompared) == Set(SettingKey.allCases))
  }

  /// A setting of the training is compared at every λ, one of the consistency term where there is one, and what says
  /// where things lay never.
  @Test(arguments: SettingKey.allCases) func oneOtherSetting(key: SettingKey) throws {
    func recording(_ lambda: Double, _ value: String) -> Recording {
      var recording = self.recording(lambda, seed: 9)
      recording.manifest.provenance!.settings = [.init("free", value), .init(key, value)]
      return recording
    }
    func isLeftOut(_ lambda: Double) throws -> Bool {
      let sweep = try sweep(
        [recording(0.1, "a"), recording(lambda, "b")], egt: recording(0.3, "a"))
      return sweep?.runs.contains { $0.lambda == lambda && $0.seed == 9 } != true
    }
    #expect(try isLeftOut(0.5) == !Self.notCompared.contains(key))
    #expect(try isLeftOut(0) == Self.training.contains(key))
  }

  @Test func otherMapsAreLeftOut() throws {
    var other = recording(0.5)
    other.manifest.mapKind = "Grad-CAM"
    #expect(try sweep([other]) == nil)
  }

  /// Where λ is 0 nothing is stopped and no map followed, whatever the recording says.
  @Test func baselineHasNoConsistencyTerm() throws {
    let egt = recording(0.3, stopGradient: true, target: "next exit")
    let like = recording(0.5, stopGradient: true, target: "next exit")
    #expect(
      try sweep([like, recording(0, seed: 2, stopGradient: false)], egt: egt)?.runs.count == 4)
    #expect(try sweep([recording(0.5)], egt: egt) == nil)
  }
}
