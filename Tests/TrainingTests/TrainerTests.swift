import FileKit
import Foundation
import Network
import Recordings
import TensorCore
import Testing
import Training

@Suite struct TrainerTests {
  private static let files = [
    "run.json", "weights.safetensors", "history.csv", "state.safetensors",
  ]

  private func contents(_ folder: String) throws -> [[UInt8]] {
    try Self.files.map { try Files.read("\(folder)/\($0)") }
  }

  @Test func sameSeedGivesSameBytes() throws {
    let folder = try TemporaryFolder()
    for name in ["one", "two"] {
      _ = try SmallDataset.trainer(in: folder(name)).train(resume: false)
    }
    #expect(try contents(folder("one")) == contents(folder("two")))
    var other = SmallDataset.configuration()
    other.seed = 8
    _ = try SmallDataset.trainer(in: folder("other"), configuration: other).train(resume: false)
    #expect(
      try Files.read(folder("one/weights.safetensors"))
        != Files.read(folder("other/weights.safetensors")))
  }

  /// A run that stops after an epoch (its state is what a kill would leave) and is resumed.
  @Test(arguments: [
    GuidedLossOptions(lambda: 0.3),
    GuidedLossOptions(lambda: 0.3, target: .next, adaptiveWeights: true),
  ])
  func resumedRunEndsWithTheSameBytes(loss: GuidedLossOptions) throws {
    let folder = try TemporaryFolder()
    var configuration = SmallDataset.configuration()
    configuration.loss = loss
    func trainer(_ name: String) throws -> Trainer {
      try SmallDataset.trainer(in: folder(name), configuration: configuration)
    }
    _ = try trainer("whole").train(resume: false)
    _ = try trainer("stopped").train(resume: false) { event in
      guard case .epoch(let row) = event, row.epoch == 2 else { return }
      // What is on disk at this moment is what a SIGKILL leaves behind.
      try? FileManager.default.copyItem(atPath: folder("stopped"), toPath: folder("killed"))
    }
    #expect(!RunFolder(folder("killed")).isFinished)
    let killed = try trainer("killed")
    var started = -1
    _ = try killed.train(resume: true) { event in
      if case .started(let done, _, _) = event { started = done }
    }
    #expect(started == 2)
    #expect(try contents(folder("whole")) == contents(folder("killed")))
    // A finished run is returned as it is.
    _ = try trainer("stopped").train(resume: true)
    #expect(try contents(folder("whole")) == contents(folder("stopped")))
  }

  @Test func learnsTheBrightQuarter() throws {
    let folder = try TemporaryFolder()
    var configuration = SmallDataset.configuration(epochs: 12)
    configuration.schedule.every = 12
    _ = try SmallDataset.trainer(in: folder("run"), configuration: configuration)
      .train(resume: false)
    let run = RunFolder(folder("run"))
    let rows = try run.readHistory().rows
    #expect(rows.count == 12)
    #expect(rows[11].loss < 0.5 * rows[0].loss)
    #expect(rows[11].validationAccuracy[4] >= 0.8)
  }

  @Test func guidanceBringsMapsTogether() throws {
    let folder = try TemporaryFolder()
    func finalDissimilarity(_ lambda: Double) throws -> Double {
      let configuration = SmallDataset.configuration(epochs: 8, lambda: lambda)
      let run = RunFolder(folder("lambda \(lambda)"))
      _ = try SmallDataset.trainer(in: run.path, configuration: configuration)
        .train(resume: false)
      return try run.readHistory().rows.last!.consistencyLoss
    }
    #expect(try finalDissimilarity(2) < 0.7 * finalDissimilarity(0))
  }

  @Test func refusesWhatIsThere() throws {
    let folder = try TemporaryFolder()
    _ = try SmallDataset.trainer(in: folder("run")).train(resume: false)
    func code(_ body: () throws -> Void) -> Diagnosis.Code? {
      do {
        try body()
        return nil
      } catch { return (error as? any Fault)?.diagnosis.code }
    }
    #expect(
      code { _ = try SmallDataset.trainer(in: folder("run")).train(resume: false) } == .cannotWrite)
    let other = SmallDataset.configuration(epochs: 4)
    #expect(
      code {
        _ = try SmallDataset.trainer(in: folder("run"), configuration: other).train(resume: true)
      } == .cannotWrite)
    #expect(
      code {
        _ = try SmallDataset.trainer(in: folder("run"), lanes: Lanes(1)).train(resume: true)
      } == .cannotWrite)
    #expect(code { _ = try RunFolder(folder("none")).readManifest() } == .noInput)
    #expect(code { _ = try RunFolder(folder.path).readManifest() } == .noInput)

    let path = folder("run/run.json")
    let text = String(decoding: try Files.read(path), as: UTF8.self)
    try Files.write(
      text.replacingOccurrences(of: "\"formatVersion\" : 2", with: "\"formatVersion\" : 1"),
      to: path)
    do {
      _ = try RunFolder(folder("run")).readManifest()
      Issue.record("a run of another version was read")
    } catch {
      #expect(error.diagnosis.code == .badData)
      #expect(error.diagnosis.line.contains("another version"))
    }
    try Files.write("{\"formatVersion\": 2}", to: path)
    #expect(code { _ = try RunFolder(folder("run")).readManifest() } == .badData)
  }

  @Test func damagedWeightsAreNamed() throws {
    let folder = try TemporaryFolder()
    _ = try SmallDataset.trainer(in: folder("run")).train(resume: false)
    let run = RunFolder(folder("run"))
    let manifest = try run.readManifest()
    let bytes = try Files.read(run.weightsPath)
    try Files.write(Array(bytes.dropLast(4)), to: run.weightsPath)
    #expect(throws: TrainingFault.self) { _ = try run.readNetwork(manifest) }
    var writer = SafetensorsWriter()
    writer.add("blocks.0.conv.weight", [Float](repeating: 0, count: 4), shape: [4])
    try writer.write(to: run.weightsPath)
    #expect(throws: TrainingFault.self) { _ = try run.readNetwork(manifest) }
  }

  @Test func recordingHoldsWhatTheNetworkAnswers() throws {
    let folder = try TemporaryFolder()
    let dataset = SmallDataset.make()
    let lanes = Lanes(2)
    let network = try SmallDataset.trainer(in: folder("run"), dataset: dataset)
      .train(resume: false)
    let run = RunFolder(folder("run"))
    let manifest = try run.readManifest()
    let recording = try Recorder.record(
      network, run: manifest, history: try run.readHistory(), folder: run,
      dataset: dataset, lanes: lanes, command: "test")
    #expect(recording.sampleCount == 9)
    #expect(recording.labels == dataset.test.labels)
    #expect(try recording.images?.elements() == dataset.test.pixels)
    #expect(recording.validation?.labels == dataset.validation.labels)
    let validation = try Recorder.record(
      network, run: manifest, history: TrainingHistory(), folder: run, dataset: dataset,
      part: .validation, lanes: lanes, command: "test")
    #expect(recording.validation?.logits == validation.logits)
    #expect(validation.validation == nil)
    let whole = try Recorder.record(
      network, run: manifest, history: TrainingHistory(), folder: run,
      dataset: SmallDataset.make(validation: 0), lanes: lanes, command: "test")
    #expect(whole.validation == nil)
    #expect(recording.manifest.exits.map(\.grid.height) == [8, 4, 2, 1, 1])
    #expect(recording.manifest.exits.map(\.parameters) == manifest.network.cumulativeParameters)
    #expect(recording.manifest.provenance?.data?.sameAsTraining == true)
    #expect(recording.manifest.provenance?.history?.count == 3)

    // One image at a time, read from disk: the same answers, and an early stop that stops.
    let loaded = try run.readNetwork(manifest)
    let pass = InferencePass(loaded, capacity: 1, lanes: lanes)
    for sample in 0..<9 {
      dataset.test.fill(
        pass.input, indices: [sample], pixelsPerImage: 256, channels: 1,
        normalization: manifest.normalization)
      pass.run(count: 1)
      for exit in 0..<5 {
        let logits = Array(pass.logits(exit: exit, count: 1))
        let recorded = recording.logits[exit][(sample * 3)..<(sample * 3 + 3)]
        for (a, b) in zip(logits, recorded) { #expect(abs(a - b) < 1e-4) }
      }
      let confident = (0..<5).first { pass.answer(sample: 0, exit: $0).confidence >= 0.6 } ?? 4
      #expect(pass.answer(threshold: 0.6).exit == confident + 1)
      #expect(pass.answer(threshold: 0).exit == 1)
    }
  }

  @Test func optionsAreChecked() {
    var configuration = SmallDataset.configuration()
    #expect(configuration.problem == nil)
    configuration.loss.exitWeights = [1, 1]
    #expect(configuration.problem?.option == "--exit-weights")
    configuration = SmallDataset.configuration()
    configuration.batchSize = 1
    #expect(configuration.problem?.option == "--batch-size")
    configuration = SmallDataset.configuration(lambda: .nan)
    #expect(configuration.problem?.option == "--lambda")
  }

  /// Weights that overflow end the training where they do, not at the end of an epoch or with `predict`.
  @Test func trainingStopsAtTheFirstWeightThatIsNotFinite() throws {
    let folder = try TemporaryFolder()
    var configuration = SmallDataset.configuration()
    configuration.schedule.initial = 1e15
    let fault = #expect(throws: TrainingFault.self) {
      try SmallDataset.trainer(in: folder("run"), configuration: configuration).train(resume: false)
    }
    #expect(fault?.diagnosis.code == .failed)
    #expect(fault?.diagnosis.location == "epoch 1, batch 2 (step 2)")
    #expect(fault?.diagnosis.expected == "finite weights")
  }

  @Test(arguments: [1, 2, 7, 8, 9]) func adamTellsWhatIsNotFinite(at index: Int) {
    var layout = ArenaLayout()
    let slot = layout.reserve(10)
    let (parameters, gradients) = (Arena(layout), Arena(layout))
    let adam = Adam(layout)
    func update() -> Bool {
      adam.update(parameters, gradients: gradients, learningRate: 0.1, lanes: Lanes(2))
    }
    gradients[slot][index] = -1
    #expect(update())
    parameters[slot][index] = .infinity
    #expect(!update())
    parameters[slot][index] = 0
    #expect(update())
    // Its square overflows, which would hold the weight fast for ever.
    gradients[slot][index] = 1e30
    #expect(!update())
  }

  /// The steps that a state has taken are those of its epochs, whatever is left over for the last batch.
  @Test(arguments: [(5, 5), (6, 5), (7, 5), (11, 5), (24, 1_000_000_000)])
  func stateCountsItsSteps(count: Int, size: Int) throws {
    let folder = try TemporaryFolder()
    var configuration = SmallDataset.configuration()
    configuration.batchSize = size
    let trainer = try SmallDataset.trainer(
      in: folder("run"), configuration: configuration, dataset: SmallDataset.make(training: count))
    _ = try trainer.train(resume: false)
    let weights = try Files.read(folder("run/weights.safetensors"))
    try FileManager.default.removeItem(atPath: folder("run/weights.safetensors"))
    _ = try trainer.train(resume: true)
    #expect(try Files.read(folder("run/weights.safetensors")) == weights)
  }

  @Test func warmUpRaisesLambdaInEqualSteps() {
    var configuration = SmallDataset.configuration(lambda: 0.4)
    configuration.lambdaWarmup = 3
    let lambdas = (0..<5).map { configuration.lambda(epoch: $0) }
    for (got, expected) in zip(lambdas, [0.1, 0.2, 0.3, 0.4, 0.4]) {
      #expect(abs(got - expected) < 1e-12)
    }
  }
}
