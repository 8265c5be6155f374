import FileKit
import Network
import Recordings
import TensorCore
import Testing
import Training

/// What a recording tells of the loss, and which losses make another run.
@Suite struct LossSettingsTests {
  /// The settings of an untrained network's recording.
  private func settings(_ loss: GuidedLossOptions) throws -> [SettingKey: String] {
    let settings = try #require(recording(loss).manifest.provenance?.settings)
    return Dictionary(uniqueKeysWithValues: try settings.map { (try #require($0.key), $0.value) })
  }

  private func recording(_ loss: GuidedLossOptions) throws -> Recording {
    let dataset = SmallDataset.make()
    let lanes = Lanes(1)
    var configuration = SmallDataset.configuration()
    configuration.loss = loss
    let manifest = RunManifest(
      configuration: configuration, dataset: dataset,
      machine: try MachineDescription.current(lanes: lanes), command: "test")
    return try Recorder.record(
      EarlyExitNetwork(manifest.network, seed: 1), run: manifest, history: TrainingHistory(),
      folder: RunFolder("none"), dataset: dataset, lanes: lanes, command: "test")
  }

  /// All that a run writes, in order: each under a key that the checks of arms and sweeps go by, and every key once.
  @Test func everySettingHasAKey() throws {
    let manifest = try recording(GuidedLossOptions(lambda: 0.3)).manifest
    let settings = try #require(manifest.provenance?.settings)
    #expect(
      settings.map { $0.key?.rawValue } == [
        "dataSource", "classes", "trainingCount", "testCount", "colorMode", "networkInput",
        "architecture", "blockWidths", "loss", "consistencyTarget", "alignmentGrid", "exitWeights",
        "consistencyWeights", "adaptiveWeights", "lambdaWarmup", "optimizer", "learningRate",
        "learningRateSchedule", "epochs", "batchSize", "dataSeed", "validationFraction",
        "testFraction", "weightsUsed", "trainingCommand",
      ])
    #expect(settings.map(\.key) == SettingKey.allCases)
    #expect(manifest.mapKind == "attention" && manifest.attentionKind == "softmax")
  }

  /// A run goes on only with its own settings, wherever its data lie now.
  @Test func otherSettingsAreAnotherRun() throws {
    let folder = try TemporaryFolder()
    _ = try SmallDataset.trainer(in: folder("run")).train(resume: false)
    func check(_ change: (inout TrainingConfiguration) -> Void) throws -> String? {
      var configuration = SmallDataset.configuration()
      change(&configuration)
      let trainer = try SmallDataset.trainer(in: folder("run"), configuration: configuration)
      do throws(TrainingFault) { try trainer.check(resume: true) } catch {
        return error.diagnosis.line
      }
      return nil
    }
    #expect(try check { $0.source = "elsewhere" } == nil)
    #expect(try check { $0.epochs = 9 }?.contains("epochs 3 instead of 9") == true)
    #expect(try check { $0.batchSize = 6 }?.contains("batchSize 5 instead of 6") == true)
    #expect(try check { $0.lambdaWarmup = 2 }?.contains("lambdaWarmup 0 epochs") == true)
    #expect(try check { $0.data.seed = 5 }?.contains("dataSeed 0 instead of 5") == true)
    #expect(try check { $0.seed = 8 }?.contains("seed 7 instead of 8") == true)
    #expect(try check { $0.loss.lambda = 0.5 }?.contains("λ 0.3 instead of 0.5") == true)
  }

  @Test func papersLoss() throws {
    let settings = try settings(GuidedLossOptions(lambda: 0.3))
    #expect(
      settings[.loss]
        == "mean of the exits' cross-entropies + λ · mean of (1 − cosine) over early exits")
    #expect(settings[.consistencyTarget] == "final exit")
    #expect(settings[.alignmentGrid] == "early")
    #expect(settings[.adaptiveWeights] == "no")
  }

  @Test func variants() throws {
    let next = try settings(
      GuidedLossOptions(
        lambda: 0.3, target: .next, alignmentGrid: .final, consistencyWeights: [1, 1, 1, 2]))
    #expect(next[.loss]?.contains("λ · weighted mean of (1 − cosine with the next exit's") == true)
    #expect(next[.consistencyTarget] == "next exit")
    #expect(next[.alignmentGrid] == "next")
    let adaptive = try settings(
      GuidedLossOptions(lambda: 0.3, exitWeights: [1, 1, 1, 1, 2], adaptiveWeights: true))
    #expect(adaptive[.loss]?.hasPrefix("weighted mean of the exits' cross-entropies") == true)
    #expect(adaptive[.loss]?.hasSuffix("each weighted by its share of the batch's sum") == true)
    #expect(adaptive[.adaptiveWeights] == "yes")
  }

  /// run.json as it was before there were variants is that of the paper's loss, and of no other.
  @Test func olderRunsAreReadAndGoneOnWith() throws {
    let folder = try TemporaryFolder()
    _ = try SmallDataset.trainer(in: folder("run")).train(resume: false)
    let path = folder("run/run.json")
    let text = String(decoding: try Files.read(path), as: UTF8.self)
    let older = text.split(separator: "\n").filter {
      !$0.contains("\"adaptiveWeights\"") && !$0.contains("\"target\"")
    }
    #expect(older.count == text.split(separator: "\n").count - 2)
    // "target" was the last field of its object.
    try Files.write(
      older.joined(separator: "\n").replacing(/,(\s*})/) { "\($0.1)" }, to: path)
    #expect(try RunFolder(folder("run")).readManifest().configuration.loss.target == .final)
    try SmallDataset.trainer(in: folder("run")).check(resume: true)
    var other = SmallDataset.configuration()
    other.loss.target = .next
    let trainer = try SmallDataset.trainer(in: folder("run"), configuration: other)
    do {
      try trainer.check(resume: true)
      Issue.record("another loss went on with the run")
    } catch {
      #expect(error.diagnosis.line.contains("with the next exit's"), "\(error.diagnosis.line)")
    }
  }
}
