import ArgumentParser
import CommandLineKit
import Datasets
import FileKit
import Recordings
import TensorCore
import Training

struct Record: OutputCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a trained network over images; writes a recording folder.",
    discussion: """
      The data are read with the options that the run was trained with, so the test part is the one \
      that training never saw.
      """)

  @Argument(help: ArgumentHelp("The run folder.", valueName: "run"))
  var runFolder: String
  @Argument(help: "The data: usually what the run was trained on.")
  var data: String
  @Option(help: "The recording folder to write.")
  var out: String
  @Option(help: "Which part of the data is recorded.")
  var split: Recorder.Part = .test
  @Flag(
    help:
      "Measure how long single images take to each exit and with an early stop; two recordings then differ."
  )
  var latency = false
  @Option(
    parsing: .unconditional,
    help: .value(.fraction, "With --latency: the confidence at which the early stop stops, 0…1."))
  var threshold = 0.9
  @OptionGroup(title: "Faithfulness") var faithfulness: FaithfulnessArguments
  @OptionGroup(title: "Machine") var machine: MachineOptions
  @OptionGroup var output: OutputOptions

  var places: OutputPlaces {
    OutputPlaces(
      inputs: [OutputPlaces.Item("RUN", runFolder)] + Self.data(data),
      outputs: [OutputPlaces.Item("--out", out)])
  }

  var afterStopping: String { Self.nothingWritten }

  mutating func validate() throws {
    try OptionValue.check(fraction: threshold, of: "--threshold")
  }

  func run() throws {
    let job = Job(lanes: machine.lanes, command: CommandText.recorded)
    let folder = RunFolder(runFolder)
    let manifest = try folder.readManifest()
    try RecordingWriter.check(out, force: output.force)
    _ = try BLAS.open()
    let network = try folder.readNetwork(manifest)
    let dataset = try job.load(data, manifest.readingOptions)
    if dataset.summary.hash != manifest.data.hash {
      Console.line("note: these are not the data that the run was trained on")
    }
    let recording = try job.record(
      network, folder: folder, dataset: dataset, part: split,
      timing: latency ? threshold : nil, faithfulness: faithfulness.options)
    Console.note(try RecordingWriter.write(recording, to: out, force: output.force))
    Console.line(
      "recording: \(out), \(recording.sampleCount) \(split.rawValue) images".singleLine)
  }
}

extension Recorder.Part: ExpressibleByArgument {}
