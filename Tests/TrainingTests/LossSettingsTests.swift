import FileKit
import Network
import Recordings
import TensorCore
import Testing
import Training

/// What a recording tells of the loss, and which losses make another run.
@Suite struct LossSettingsTests {
  /// The settings of an untrained network's recording.
  private func settings(_ loss: GuidedLossOptions) throws -> [String: String] {
    let dataset = SmallDataset.make()
    let lanes = Lanes(1)
    var configuration = SmallDataset.configuration()
    configuration.loss = loss
    let manifest = RunManifest(
      configuration: configuration, dataset: dataset,
      machine: try MachineDescription.current(lanes: lanes), command: "test")
    let recording = try Recorder.record(
      EarlyExitNetwork(manifest.network, seed: 1), run: manifest, history: TrainingHistory(),
      folder: RunFolder("none"), dataset: dataset, lanes: lanes, command: "test")
    let settings = try #require(recording.manifest.provenance?.settings)
    return Dictionary(uniqueKeysWithValues: settings.map { ($0.name, $0.value) })
  }

  @Test func papersLoss() throws {
    let settings = try settings(GuidedLossOptions(lambda: 0.3))
    #expect(
      settings["Loss"]
        == "mean of the exits' cross-entropies + λ · mean of (1 − cosine) over early exits")
    #expect(settings["Consistency target"] == "final exit")
    #expect(settings["Alignment grid"] == "early")
    #expect(settings["Adaptive weights"] == "no")
  }

  @Test func variants() throws {
    let next = try settings(
      GuidedLossOptions(
        lambda: 0.3, target: .next, alignmentGrid: .final, consistencyWeights: [1, 1, 1, 2]))
    #expect(next["Loss"]?.contains("λ · weighted mean of (1 − cosine with the next exit's") == true)
    #expect(next["Consistency target"] == "next exit")
    #expect(next["Alignment grid"] == "next")
    let adaptive = try settings(
      GuidedLossOptions(lambda: 0.3, exitWeights: [1, 1, 1, 1, 2], adaptiveWeights: true))
    #expect(adaptive["Loss"]?.hasPrefix("weighted mean of the exits' cross-entropies") == true)
    #expect(adaptive["Loss"]?.hasSuffix("each weighted by its share of the batch's sum") == true)
    #expect(adaptive["Adaptive weights"] == "yes")
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
