import ArgumentParser
import CommandLineKit
import Edge
import FileKit
import Recordings
import TensorCore
import Training

struct Export: OutputCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a network as C sources for devices without Swift.",
    discussion: """
      OUT is a folder with an engine in C, the network's weights with batch norms folded in, a program and \
      a Makefile; see its README.md. `make check` there compares the program's answers with this one's.
      """)

  @Argument(help: ArgumentHelp("The run folder.", valueName: "run"))
  var runFolder: String
  @Option(help: "The bundle's folder.")
  var out: String
  @Option(help: "How convolutions' weights are stored.")
  var weights: EdgePrecision = .float32
  @Option(
    help: ArgumentHelp(
      "A recording whose images the bundle's check and bench use (default: noise).",
      valueName: "recording"))
  var recording: String?
  @Option(
    parsing: .unconditional,
    help: .value(.wholeNumber, "With --recording: how many of its images, evenly spread."))
  var samples = 50
  @OptionGroup(title: "Machine") var machine: MachineOptions
  @OptionGroup var output: OutputOptions

  var places: OutputPlaces {
    OutputPlaces(
      inputs: [OutputPlaces.Item("RUN", runFolder)]
        + (recording.map { [OutputPlaces.Item("--recording", $0)] } ?? []),
      outputs: [OutputPlaces.Item("--out", out)])
  }

  var afterStopping: String { Self.nothingWritten }

  func validate() throws {
    guard (1...10_000).contains(samples) else {
      throw ValidationError(
        "The value '\(samples)' is invalid for '--samples': expected 1 to 10000")
    }
  }

  func run() throws {
    let folder = RunFolder(runFolder)
    let manifest = try folder.readManifest()
    try EdgeBundle.check(out, force: output.force)
    _ = try BLAS.open()
    let network = try folder.readNetwork(manifest)
    let bundle = try EdgeBundle(
      network, classNames: manifest.classNames, normalization: manifest.normalization,
      precision: weights, images: try recording.map { try images(of: $0, for: manifest) } ?? [],
      lanes: machine.lanes)
    Console.note(try bundle.write(to: out, force: output.force))
    Console.line(
      "bundle: \(out), \(weights.rawValue) weights of \(bundle.weightBytes) bytes, "
        + "\(bundle.workspaceBytes) bytes of workspace".singleLine)
  }

  /// Images spread evenly over a recording.
  private func images(of path: String, for manifest: RunManifest) throws -> [[UInt8]] {
    let recording = try RecordingReader.read(path)
    guard recording.manifest.input == manifest.network.input,
      recording.manifest.channels == manifest.network.channels
    else {
      throw EdgeFault.otherImages(
        recording: path,
        expected: "\(manifest.network.input)×\(manifest.network.channels)",
        got: "\(recording.manifest.input)×\(recording.manifest.channels)")
    }
    let count = min(samples, recording.sampleCount)
    return try (0..<count).map { index in
      guard let pixels = try recording.pixels(of: index * recording.sampleCount / count) else {
        throw EdgeFault.noImages(recording: path)
      }
      return pixels
    }
  }
}

extension EdgePrecision: ExpressibleByArgument {}
