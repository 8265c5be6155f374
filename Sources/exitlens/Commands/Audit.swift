import ArgumentParser
import Datasets
import FileKit
import Recordings
import Report
import TensorCore
import Training

struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a baseline and an EGT network, record, analyse, and write the report.",
    discussion: """
      The runs and recordings are kept in --runs, so that the same command, repeated after an \
      interruption, goes on where it stopped.
      """)

  @Argument(help: "An image folder, a folder of IDX files, or radar[:SEED].")
  var data: String
  @Option(help: "The report folder to write.")
  var out: String
  @Option(help: "Where runs and recordings are kept (default: OUT with -runs appended).")
  var runs: String?
  @Option(
    name: [.customLong("seeds"), .customLong("seed")],
    help: "Training seeds, comma-separated; each trains one network an arm.")
  var seeds = SeedList([1])
  @OptionGroup var training: TrainingOptions
  @OptionGroup(title: "Data") var dataOptions: DataOptions
  @OptionGroup(title: "Machine") var machine: MachineOptions
  @OptionGroup(title: "Report") var reporting: ReportingOptions

  func run() throws {
    let first = training.configuration(
      source: data, data: dataOptions, seed: seeds.values.first ?? 1)
    try Job.check(first)
    // Hours of training must not end at a folder that cannot be written.
    try ReportBuilder.check(reporting.options, folder: out)
    let job = Job(lanes: machine.lanes, command: CommandText.current)
    let dataset = try job.load(first)
    var baseline: [Recording] = []
    var egt: [Recording] = []
    for seed in seeds.values {
      var configuration = first
      configuration.seed = seed
      egt.append(try arm("egt", configuration, dataset, job))
      configuration.loss.lambda = 0
      configuration.loss.stopGradient = false
      configuration.lambdaWarmup = 0
      baseline.append(try arm("baseline", configuration, dataset, job))
    }
    try ReportJob(options: reporting, out: out).run(baseline: baseline, egt: egt)
  }

  /// Trains (or finds) one network and records it.
  private func arm(
    _ name: String, _ configuration: TrainingConfiguration, _ dataset: ImageDataset, _ job: Job
  ) throws -> Recording {
    let root = runs ?? Self.withoutTrailingSlashes(out) + "-runs"
    let label = "\(name)-seed-\(configuration.seed)"
    let folder = RunFolder("\(root)/\(label)")
    let network = try job.train(
      configuration, on: dataset, folder: folder, resume: true, label: label)
    let recording = try job.record(network, folder: folder, dataset: dataset)
    try RecordingWriter.write(recording, to: "\(root)/\(label)-recording")
    return recording
  }

  private static func withoutTrailingSlashes(_ path: String) -> String {
    var path = Substring(path)
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return String(path)
  }
}
