import CommandLineKit
import Datasets
import FileKit
import Foundation
import Network
import Recordings
import TensorCore
import Training

/// The steps that commands share: load, train, record.
struct Job {
  let lanes: Lanes
  let command: String

  /// Refuses an unusable option before anything is read.
  static func check(_ configuration: TrainingConfiguration) throws(TrainingFault) {
    if let problem = configuration.problem {
      throw .option(name: problem.option, expected: problem.expected, got: problem.got)
    }
    if let problem = configuration.data.problem { throw .data(problem) }
  }

  func load(_ configuration: TrainingConfiguration) throws -> ImageDataset {
    try load(configuration.source, configuration.data)
  }

  func load(_ source: String, _ options: DatasetOptions) throws -> ImageDataset {
    let dataset = try DatasetLoader.load(source, options: options) { done, total in
      Console.status(done == total ? "" : "reading images: \(done)/\(total)")
    }
    Console.line(
      "data: \(dataset.name.singleLine), \(dataset.classNames.count) classes, "
        + "\(dataset.training.count) training, \(dataset.validation.count) validation, "
        + "\(dataset.test.count) test images of \(dataset.size)×\(dataset.channels)")
    let summary = dataset.summary
    if let first = summary.skipped.first {
      Console.line(
        "data: skipped \(summary.skipped.count) bad image(s), first "
          + "\(first.identifier): \(first.reason)".singleLine)
    }
    for note in summary.notes ?? [] { Console.line("data: \(note.text.singleLine)") }
    if !summary.duplicatesAcrossSplits.isEmpty {
      Console.line(
        "data: \(summary.duplicatesAcrossSplits.count) group(s) of identical images lie in "
          + "different parts")
    }
    return dataset
  }

  func trainer(
    _ configuration: TrainingConfiguration, on dataset: ImageDataset, folder: RunFolder
  ) throws -> Trainer {
    let manifest = RunManifest(
      configuration: configuration, dataset: dataset,
      machine: try MachineDescription.current(lanes: lanes), command: command)
    let trainer = try Trainer(
      manifest: manifest, dataset: dataset, folder: folder, lanes: lanes)
    if !folder.isFinished { try trainer.checkMemory() }
    return trainer
  }

  func train(_ trainer: Trainer, resume: Bool, label: String) throws -> EarlyExitNetwork {
    let progress = TrainingProgress(label: label)
    return try trainer.train(resume: resume) { progress.handle($0) }
  }

  /// - Parameter threshold: the confidence at which an early stop is timed; nil to measure no times.
  func record(
    _ network: EarlyExitNetwork, folder: RunFolder, dataset: ImageDataset,
    part: Recorder.Part = .test, timing threshold: Double? = nil,
    faithfulness: FaithfulnessOptions? = nil
  ) throws -> Recording {
    let manifest = try folder.readManifest()
    var recording = try Recorder.record(
      network, run: manifest, history: try folder.readHistory(), folder: folder,
      dataset: dataset, part: part, faithfulness: faithfulness, lanes: lanes, command: command,
      progress: FaithfulnessProgress().handle)
    if let threshold {
      recording.manifest.latency = try LatencyMeter.measure(
        network, run: manifest, on: try manifest.part(part, of: dataset, run: folder.path),
        threshold: threshold, lanes: lanes)
    }
    return recording
  }
}
