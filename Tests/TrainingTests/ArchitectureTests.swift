import FileKit
import Foundation
import Network
import Recordings
import TensorCore
import Testing
import Training

/// Training, resuming, recording and answering with every architecture.
@Suite struct ArchitectureTests {
  private func configuration(_ architecture: Architecture, epochs: Int = 2) -> TrainingConfiguration
  {
    var configuration = SmallDataset.configuration(epochs: epochs)
    configuration.architecture = architecture
    return configuration
  }

  @Test(arguments: Architecture.allCases)
  func resumedRunEndsWithTheSameBytes(architecture: Architecture) throws {
    let folder = try TemporaryFolder()
    func trainer(_ name: String) throws -> Trainer {
      try SmallDataset.trainer(in: folder(name), configuration: configuration(architecture))
    }
    _ = try trainer("whole").train(resume: false) { event in
      guard case .epoch(let row) = event, row.epoch == 1 else { return }
      try? FileManager.default.copyItem(atPath: folder("whole"), toPath: folder("killed"))
    }
    #expect(!RunFolder(folder("killed")).isFinished)
    _ = try trainer("killed").train(resume: true)
    for file in ["run.json", "weights.safetensors", "history.csv", "state.safetensors"] {
      #expect(
        try Files.read(folder("whole/\(file)")) == Files.read(folder("killed/\(file)")), "\(file)")
    }
  }

  @Test(arguments: [Architecture.residual, .separable])
  func learnsTheBrightQuarter(architecture: Architecture) throws {
    let folder = try TemporaryFolder()
    var configuration = configuration(architecture, epochs: 12)
    configuration.schedule.every = 12
    _ = try SmallDataset.trainer(in: folder("run"), configuration: configuration)
      .train(resume: false)
    let rows = try RunFolder(folder("run")).readHistory().rows
    #expect(rows[11].loss < 0.6 * rows[0].loss)
    #expect(rows[11].trainingAccuracy[4] >= 0.9)
  }

  /// A recording with everything, beside the network read from disk, one image at a time and stopping early.
  @Test(arguments: [Architecture.residual, .separable])
  func recordingHoldsWhatTheNetworkAnswers(architecture: Architecture) throws {
    let folder = try TemporaryFolder()
    let trainer = try SmallDataset.trainer(
      in: folder("run"), configuration: configuration(architecture))
    let network = try trainer.train(resume: false)
    let (run, dataset) = (trainer.folder, trainer.dataset)
    let manifest = try run.readManifest()
    #expect(manifest.network.architecture == architecture)
    let recording = try Recorder.record(
      network, run: manifest, history: run.readHistory(), folder: run, dataset: dataset,
      faithfulness: .init(samples: 5), lanes: Lanes(2), command: "test")
    try recording.validate(at: "memory")
    #expect(recording.faithfulness?.randomized?.exits.map(\.stages) == [2, 3, 4, 5, 6])
    #expect(recording.manifest.exits.map(\.macs) == manifest.network.cumulativeMacs)
    let setting = recording.manifest.provenance?.value(of: .architecture)
    #expect(setting?.hasPrefix(architecture.rawValue) == true)

    let pass = InferencePass(try run.readNetwork(manifest), capacity: 1, lanes: Lanes(1))
    for sample in 0..<9 {
      dataset.test.fill(
        pass.input, indices: [sample], pixelsPerImage: 256, channels: 1,
        normalization: manifest.normalization)
      pass.run(count: 1)
      for exit in 0..<5 {
        let recorded = recording.logits[exit][(sample * 3)..<(sample * 3 + 3)]
        for (a, b) in zip(pass.logits(exit: exit, count: 1), recorded) {
          #expect(abs(a - b) < 1e-4)
        }
      }
      // What later exits have answered stays as it was when the pass stops before them.
      let later = Array(pass.logits(exit: 1, count: 1))
      pass.input.update(repeating: 0, count: 256)
      #expect(pass.answer(threshold: 0).exit == 1)
      #expect(Array(pass.logits(exit: 1, count: 1)) == later)
    }
  }

  @Test func anotherArchitectureIsAnotherRun() throws {
    let folder = try TemporaryFolder()
    _ = try SmallDataset.trainer(in: folder("run"), configuration: configuration(.plain))
      .train(resume: false)
    let other = try SmallDataset.trainer(
      in: folder("run"), configuration: configuration(.separable))
    do {
      try other.check(resume: true)
      Issue.record("another architecture went on with the run")
    } catch {
      #expect(error.diagnosis.line.contains("architecture plain"), "\(error.diagnosis.line)")
    }
    // run.json as it was before there were others.
    let path = folder("run/run.json")
    let text = String(decoding: try Files.read(path), as: UTF8.self)
    let older = text.replacing(/\s*"architecture" : "plain",/, with: "")
    #expect(older != text)
    try Files.write(older, to: path)
    #expect(try RunFolder(folder("run")).readManifest().network.architecture == .plain)
    try SmallDataset.trainer(in: folder("run"), configuration: configuration(.plain))
      .check(resume: true)
  }
}
