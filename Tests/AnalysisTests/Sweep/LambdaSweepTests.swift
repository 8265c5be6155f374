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

  private func sweep(_ others: [Recording], egt: Recording? = nil) throws -> LambdaSweep? {
    try Auditor.audit(
      baseline: [recording(0)], egt: [egt ?? recording(0.3, scale: 3)], sweep: others,
      options: AuditOptions(resamples: 20)
    ).sweep
  }

  @Test func noneUnlessAskedFor() throws { #expect(try sweep([]) == nil) }

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
      (1, false, "10", 11, "11 samples instead of 12"), (1, true, "10", 12, "got stop-gradient"),
      (1, false, "20", 12, "epochs 20 instead of 10"), (nil, false, "10", 12, "no λ"),
    ] as [(Double?, Bool, String, Int, String)])
  func anotherTrainingIsRefused(
    lambda: Double?, stopGradient: Bool, epochs: String, samples: Int, part: String
  ) throws {
    let other = recording(lambda, stopGradient: stopGradient, epochs: epochs, samples: samples)
    do {
      _ = try sweep([recording(0.5), other])
      Issue.record("no error")
    } catch let error as AnalysisFault {
      #expect(error.diagnosis.code == .badData)
      #expect(error.description.contains("recording 2 of sweep"))
      #expect(error.description.contains(part), "\(error)")
    }
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
    func refusal(_ lambda: Double) -> String? {
      do {
        _ = try sweep([recording(lambda, "b")], egt: recording(0.3, "a"))
        return nil
      } catch {
        return "\(error)"
      }
    }
    let words = "\(key.rawValue) b instead of a"
    #expect(refusal(0.5)?.contains(words) == (Self.notCompared.contains(key) ? nil : true))
    #expect(refusal(0)?.contains(words) == (Self.training.contains(key) ? true : nil))
  }

  @Test func otherMapsAreRefused() throws {
    var other = recording(0.5)
    other.manifest.mapKind = "Grad-CAM"
    let fault = #expect(throws: AnalysisFault.self) { try sweep([other]) }
    #expect(fault?.description.contains("other maps (Grad-CAM)") == true)
  }

  /// Where λ is 0 nothing is stopped and no map followed, whatever the recording says.
  @Test func baselineHasNoConsistencyTerm() throws {
    #expect(
      try sweep(
        [recording(0, seed: 2, stopGradient: false)],
        egt: recording(0.3, stopGradient: true, target: "next exit"))?.runs.count == 3)
    #expect(throws: AnalysisFault.self) {
      try sweep([recording(0.5)], egt: recording(0.3, target: "next exit"))
    }
  }
}
