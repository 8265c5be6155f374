import Analysis
import Recordings
import TestSupport
import Testing

/// An arm is one training with several seeds; anything else is refused before a number is computed.
struct ArmPremiseTests {
  struct Row: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// All of them stand in the line.
    var words: [String]
    /// Both recordings of the baseline; alike but for their seeds, which are 1 and 2.
    var change: @Sendable (inout Recording, inout Recording) -> Void
  }

  private static func history(
    epochs: Int, rate: Double = 0.1, lambda: Double = 0
  ) -> [Provenance.HistoryRow] {
    (1...epochs).map {
      .init(
        epoch: $0, learningRate: rate, lambda: lambda, loss: .nan, consistencyLoss: 0,
        crossEntropy: [1, 1], trainingAccuracy: [0.5, 0.5], validationAccuracy: [])
    }
  }

  private static func setting(_ name: String, _ values: (String, String)) -> Row {
    let (first, second) = values
    return Row(
      testDescription: "other \(name)", words: ["the same \(name)", "got \(first) and \(second)"]
    ) {
      $0.manifest.provenance!.settings!.append(.init(name, first))
      $1.manifest.provenance!.settings!.append(.init(name, second))
    }
  }

  private static func setting(_ key: SettingKey) -> Row {
    Row(testDescription: "other \(key)", words: ["the same \(key.rawValue), got a and b"]) {
      $0.manifest.provenance!.settings = [.init(key, "a")]
      $1.manifest.provenance!.settings = [.init(key, "b")]
    }
  }

  /// All but where things lay.
  private static let compared: [SettingKey] = [
    .classes, .trainingCount, .testCount, .colorMode, .networkInput, .architecture, .blockWidths,
    .loss, .consistencyTarget, .alignmentGrid, .exitWeights, .consistencyWeights, .adaptiveWeights,
    .lambdaWarmup, .optimizer, .learningRate, .learningRateSchedule, .epochs, .batchSize, .dataSeed,
    .validationFraction, .testFraction, .weightsUsed,
  ]

  @Test func everyKeyIsKnownToArms() {
    #expect(Set(Self.compared + [.dataSource, .trainingCommand]) == Set(SettingKey.allCases))
  }

  static let refused: [Row] =
    compared.map(setting) + [
      Row(testDescription: "other λ", words: ["the same lambda, got 0.3 and 0.5"]) {
        $0.manifest.provenance!.lambda = 0.3
        $1.manifest.provenance!.lambda = 0.5
      },
      Row(testDescription: "another form", words: ["the same stopGradient, got false and true"]) {
        $0.manifest.provenance!.stopGradient = false
        $1.manifest.provenance!.stopGradient = true
      },
      Row(
        testDescription: "another kind of map",
        words: ["the same mapKind, got Grad-CAM and rollout"]
      ) {
        $0.manifest.mapKind = "Grad-CAM"
        $1.manifest.mapKind = "rollout"
      },
      Row(
        testDescription: "another kind of map, told by its attention",
        words: ["the same mapKind, got Grad-CAM and attention"]
      ) {
        $0.manifest.mapKind = "Grad-CAM"
        $1.manifest.attentionKind = "sigmoid"
      },
      Row(
        testDescription: "another attention",
        words: ["the same attentionKind, got sigmoid and softmax"]
      ) {
        $0.manifest.attentionKind = "sigmoid"
        $1.manifest.attentionKind = "softmax"
      },
      Row(testDescription: "another split", words: ["the same split, got test and validation"]) {
        $1.manifest.split = "validation"
      },
      Row(testDescription: "other data", words: ["the same data hash, got aa and bb"]) {
        $0.manifest.provenance!.data = .init()
        $1.manifest.provenance!.data = .init()
        $0.manifest.provenance!.data!.hash = "aa"
        $1.manifest.provenance!.data!.hash = "bb"
      },
      Row(
        testDescription: "other counts of images",
        words: ["the same data counts of training, got 30 images and 40 images"]
      ) {
        $0.manifest.provenance!.data = .init()
        $1.manifest.provenance!.data = .init()
        $0.manifest.provenance!.data!.counts = ["training": [10, 20]]
        $1.manifest.provenance!.data!.counts = ["training": [10, 30]]
      },
      Row(
        testDescription: "a setting in another spelling",
        words: ["the same Batch size, got 32 and 64"]
      ) {
        $0.manifest.provenance!.settings!.append(.init("Batch size", "32"))
        $1.manifest.provenance!.settings!.append(.init("batch_size", "64"))
      },
      Row(
        testDescription: "a key and a name of the same",
        words: ["the same batchSize, got 32 and 64"]
      ) {
        $0.manifest.provenance!.settings!.append(.init(.batchSize, "32"))
        $1.manifest.provenance!.settings!.append(.init("batch_size", "64"))
      },
      Row(
        testDescription: "another learning rate in the history",
        words: ["the same learning rate in epoch 1 of the history, got 0.1 and 0.05"]
      ) {
        $0.manifest.provenance!.history = history(epochs: 2)
        $1.manifest.provenance!.history = history(epochs: 2, rate: 0.05)
      },
      Row(
        testDescription: "another λ in the history",
        words: ["the same lambda in epoch 1 of the history, got 0.0 and 0.3"]
      ) {
        $0.manifest.provenance!.history = history(epochs: 2)
        $1.manifest.provenance!.history = history(epochs: 2, lambda: 0.3)
      },
      setting("what another framework calls it", ("a", "b")),
      Row(
        testDescription: "one seed twice",
        words: ["one seed twice in a model", "got seed 1 in both"]
      ) {
        $1.manifest.provenance!.seed = $0.manifest.provenance!.seed
      },
      Row(
        testDescription: "one recording twice",
        words: ["one recording twice in a model", "give it once"]
      ) {
        let seed = $1.manifest.provenance!.seed
        $1 = $0
        $1.manifest.provenance!.seed = seed
      },
      Row(testDescription: "one recording twice, without seeds", words: ["one recording twice"]) {
        $0.manifest.provenance!.seed = nil
        $1 = $0
      },
    ]

  private static func audit(
    _ change: (inout Recording, inout Recording) -> Void
  ) throws -> AuditResult {
    func recording(_ seed: UInt64) -> Recording {
      var recording = soundRecording(seed: seed, lambda: 0) {
        $0.settings = [.init(.loss, "cross-entropy"), .init(.dataSource, "/home/\(seed)")]
      }
      recording.folder = "recordings/\(seed)"
      return recording
    }
    var pair = (recording(1), recording(2))
    change(&pair.0, &pair.1)
    return try Auditor.audit(
      baseline: [pair.0, pair.1], egt: soundArm(lambda: 0.3, from: 100),
      options: AuditOptions(resamples: 50))
  }

  @Test(arguments: refused) func refuses(_ row: Row) {
    let fault = #expect(throws: AnalysisFault.self) { try Self.audit(row.change) }
    let line = fault?.description ?? ""
    #expect(fault?.diagnosis.code == .badData)
    for word in row.words + ["recordings/1 and recordings/2 of Baseline"] where !line.contains(word)
    {
      // Copies have the first one's folder.
      #expect(line.contains("recordings/1 and recordings/1"), "\(word) in \(line)")
    }
  }

  /// What tells seeds apart, places, and what only one of them gives are no other training.
  @Test func acceptsOtherSeedsAndSilence() throws {
    _ = try Self.audit { _, _ in }
    _ = try Self.audit {
      $0.manifest.provenance!.settings! += [.init("Random seed", "1"), .init("seed", "1")]
      $1.manifest.provenance!.settings! += [.init("Random seed", "2"), .init("seed", "2")]
      $0.manifest.provenance!.environment = [.init("GPU", "A")]
      $1.manifest.provenance!.environment = [.init("GPU", "B")]
    }
    _ = try Self.audit {
      $0.manifest.provenance!.settings!.append(.init(.epochs, "3"))
      $1.manifest.provenance!.lambda = nil
      $1.manifest.mapKind = "Grad-CAM"
    }
    _ = try Self.audit {
      $0.manifest.provenance!.history = Self.history(epochs: 2)
      $1.manifest.provenance!.history = Self.history(epochs: 2, rate: 0.1 + 1e-9)
      $0.manifest.provenance!.settings!.append(.init(.trainingCommand, "here"))
      $1.manifest.provenance!.settings!.append(.init(.trainingCommand, "there"))
    }
    _ = try Self.audit {
      $0.manifest.mapKind = "Grad-CAM"
      $1.manifest.mapKind = "gradcam"
    }
    // One of them stopped early.
    _ = try Self.audit {
      $0.manifest.provenance!.history = Self.history(epochs: 2)
      $1.manifest.provenance!.history = Self.history(epochs: 3)
    }
    _ = try Self.audit {
      $0.manifest.provenance!.history = Self.history(epochs: 2)
      $1.manifest.provenance!.history = nil
    }
    _ = try Self.audit {
      $0.manifest.provenance = nil
      $1.manifest.provenance = nil
    }
  }
}
