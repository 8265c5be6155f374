import ArgumentParser
import CommandLineKit
import Datasets
import FileKit
import Network
import TensorCore
import Training

struct Train: OutputCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train one network; writes a run folder.")

  @Argument(
    help: "An image folder, a folder of IDX or CIFAR-10 files, a MedMNIST .npz, or radar[:SEED].")
  var data: String
  @Option(help: "The run folder to write.")
  var out: String
  @Option(parsing: .unconditional, help: .value(.seed, "Seed of initialisation and shuffling."))
  var seed: UInt64 = 1
  @Flag(help: "Go on with a run that was stopped; with a finished run, do nothing.")
  var resume = false
  @OptionGroup var network: ArchitectureOptions
  @OptionGroup var guidance: GuidanceOptions
  @OptionGroup var training: TrainingOptions
  @OptionGroup(title: "Data") var dataOptions: DataOptions
  @OptionGroup(title: "Machine") var machine: MachineOptions
  @OptionGroup var output: OutputOptions

  var places: OutputPlaces {
    OutputPlaces(inputs: Self.data(data), outputs: [OutputPlaces.Item("--out", out)])
  }

  var afterStopping: String {
    "with --resume the same command goes on with the epoch that was not finished"
  }

  func run() throws {
    let configuration = training.configuration(
      source: data, data: dataOptions, architecture: network.architecture,
      guidance: guidance, seed: seed)
    try Job.check(configuration)
    let folder = RunFolder(out)
    if !output.force { try folder.check(resume: resume) }
    let job = Job(lanes: machine.lanes, command: CommandText.recorded)
    let dataset = try job.load(configuration)
    let trainer = try job.trainer(configuration, on: dataset, folder: folder)
    Console.note(try trainer.makeRoom(resume: resume, force: output.force))
    _ = try job.train(trainer, resume: resume, label: "train")
    Console.line("run: \(out)".singleLine)
  }
}
