import ArgumentParser
import CommandLineKit
import Datasets
import FileKit
import Foundation
import Recordings
import Report
import TensorCore
import Training

import struct Analysis.Model

struct Audit: OutputCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a baseline and an EGT network, record, analyse, and write the report.",
    discussion: """
      The runs and recordings are kept in --runs, so that the same command, repeated after an \
      interruption, goes on where it stopped.
      """)

  @Argument(
    help: "An image folder, a folder of IDX or CIFAR-10 files, a MedMNIST .npz, or radar[:SEED].")
  var data: String
  @Option(help: "The report folder to write.")
  var out: String
  @Option(help: "Where runs and recordings are kept (default: OUT with -runs appended).")
  var runs: String?
  @Option(
    name: [.customLong("seeds"), .customLong("seed")], parsing: .unconditional,
    help: .value(
      .seeds, "Training seeds, with commas or spaces; each trains one network of each model."))
  var seeds = SeedList([1])
  @Flag(
    help:
      "Measure how long single images take to each exit and with an early stop at --threshold; two audits then differ."
  )
  var latency = false
  @OptionGroup var network: ArchitectureOptions
  @OptionGroup var guidance: GuidanceOptions
  @OptionGroup var training: TrainingOptions
  @OptionGroup(title: "Data") var dataOptions: DataOptions
  @OptionGroup(title: "Faithfulness") var faithfulness: FaithfulnessArguments
  @OptionGroup(title: "Machine") var machine: MachineOptions
  @OptionGroup(title: "Report") var reporting: ReportingOptions
  @OptionGroup var output: OutputOptions

  var places: OutputPlaces {
    let models = seeds.values.flatMap { seed in Self.armNames.map { armFolder($0, seed: seed) } }
    return OutputPlaces(
      inputs: Self.data(data) + reporting.inputs,
      outputs: [OutputPlaces.Item("--out", out)]
        + models.flatMap { [$0, Self.recordingFolder(of: $0)] }
        .map { OutputPlaces.Item(runsName, $0) },
      shared: [OutputPlaces.Item(runsName, runsFolder)])
  }

  var afterStopping: String { "the same command goes on with the epoch that was not finished" }

  private static let armNames = ["egt", "baseline"]

  /// One network to train and record.
  private struct Variant {
    let label: String
    let trainer: Trainer
    let recordingFolder: String
  }

  func run() throws {
    let first = training.configuration(
      source: data, data: dataOptions, architecture: network.architecture,
      guidance: guidance, seed: seeds.values[0])
    try Job.check(first)
    // Hours of training must not end at a folder that cannot be written.
    try ReportBuilder.check(reporting.options, folder: out, force: output.force)
    let job = Job(lanes: machine.lanes, command: CommandText.recorded)
    let dataset = try job.load(first)
    var egt: [Variant] = []
    var baseline: [Variant] = []
    for seed in seeds.values {
      var configuration = first
      configuration.seed = seed
      egt.append(try model("egt", configuration, dataset, job))
      baseline.append(try model("baseline", configuration.baseline, dataset, job))
    }
    for model in egt + baseline {
      if !output.force { try model.trainer.check(resume: true) }
      try RecordingWriter.check(model.recordingFolder, force: output.force)
    }
    for model in egt + baseline {
      Console.note(try model.trainer.makeRoom(resume: true, force: output.force))
    }
    let guided = try egt.map { try record($0, job) }
    let unguided = try baseline.map { try record($0, job) }
    try ReportJob(options: reporting, out: out, force: output.force)
      .run([Model("Baseline", unguided), Model("EGT", guided)])
  }

  /// As the user knows it.
  private var runsName: String { runs == nil ? "the folder of runs" : "--runs" }

  private var runsFolder: String {
    runs ?? (out.isEmpty ? "" : Self.withoutTrailingSlashes(out) + "-runs")
  }

  private func model(
    _ name: String, _ configuration: TrainingConfiguration, _ dataset: ImageDataset, _ job: Job
  ) throws -> Variant {
    let folder = armFolder(name, seed: configuration.seed)
    return Variant(
      label: Self.label(name, seed: configuration.seed),
      trainer: try job.trainer(configuration, on: dataset, folder: RunFolder(folder)),
      recordingFolder: Self.recordingFolder(of: folder))
  }

  private static func label(_ name: String, seed: UInt64) -> String { "\(name)-seed-\(seed)" }

  private func armFolder(_ name: String, seed: UInt64) -> String {
    // An empty name stays one, so that it is refused and does not lead to "/".
    runsFolder.isEmpty ? "" : "\(runsFolder)/\(Self.label(name, seed: seed))"
  }

  private static func recordingFolder(of runFolder: String) -> String {
    runFolder.isEmpty ? "" : runFolder + "-recording"
  }

  /// Trains (or finds) one network and records it.
  private func record(_ model: Variant, _ job: Job) throws -> Recording {
    let network = try job.train(model.trainer, resume: true, label: model.label)
    let recording = try job.record(
      network, folder: model.trainer.folder, dataset: model.trainer.dataset,
      timing: latency ? reporting.threshold : nil, faithfulness: faithfulness.options)
    Console.note(
      try RecordingWriter.write(recording, to: model.recordingFolder, force: output.force))
    return recording
  }

  private static func withoutTrailingSlashes(_ path: String) -> String {
    var path = Substring(path)
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return String(path)
  }
}
