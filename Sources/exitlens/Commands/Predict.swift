import ArgumentParser
import CommandLineKit
import Datasets
import FileKit
import ImageCodec
import Network
import TensorCore
import Training

struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Classify images, stopping at the first exit that is sure enough.",
    discussion: """
      Later blocks are not computed once an exit's confidence reaches the threshold. A file that is \
      no image is named on standard error, and the exit code is then 65.
      """)

  @Argument(help: ArgumentHelp("The run folder.", valueName: "run"))
  var runFolder: String
  @Argument(help: "PNG or JPEG files.")
  var images: [String]
  @Option(
    parsing: .unconditional, help: .value(.fraction, "Confidence at which an exit answers, 0…1."))
  var threshold = 0.9
  @Flag(help: "JSON on standard output.")
  var json = false
  @OptionGroup(title: "Machine") var machine: MachineOptions

  mutating func validate() throws {
    try OptionValue.check(fraction: threshold, of: "--threshold")
  }

  /// One line of the answer.
  private struct Answer: Encodable {
    var image: String
    var prediction: String
    var confidence: Double
    /// From 1.
    var exit: Int
    var exits: Int
  }

  func run() throws {
    let folder = RunFolder(runFolder)
    let manifest = try folder.readManifest()
    _ = try BLAS.open()
    let network = try folder.readNetwork(manifest)
    let pass = InferencePass(network, capacity: 1, lanes: machine.lanes)
    var answers: [Answer] = []
    var worst: Diagnosis.Code?
    for path in images {
      do {
        let pixels = try Self.pixels(of: path, for: manifest.network)
        ImageSplit(pixels: pixels, labels: [0], identifiers: [path]).fill(
          pass.input, indices: [0], pixelsPerImage: manifest.network.input.count,
          channels: manifest.network.channels, normalization: manifest.normalization)
        let answer = pass.answer(threshold: threshold)
        guard answer.confidence.isFinite else {
          throw TrainingFault.answerNotFinite(run: runFolder)
        }
        answers.append(
          Answer(
            image: path, prediction: manifest.classNames[answer.prediction],
            confidence: answer.confidence, exit: answer.exit, exits: network.configuration.exitCount
          ))
      } catch let fault as any Fault {
        // The network's fault is every image's.
        if case .answerNotFinite? = fault as? TrainingFault { throw fault }
        Console.error(fault.diagnosis.line)
        worst = worst ?? fault.diagnosis.code
      }
    }
    if json {
      Console.json(answers)
    } else {
      for answer in answers {
        let confidence = Decimals.fixed(answer.confidence, 3)
        let line =
          "\(answer.image): \(answer.prediction), confidence \(confidence), "
          + "exit \(answer.exit) of \(answer.exits)"
        Console.answer(line.singleLine)
      }
    }
    if let worst { throw ExitCode(worst.rawValue) }
  }

  /// An image as the network's input, the way the dataset loader makes it.
  private static func pixels(
    of path: String, for network: NetworkConfiguration
  ) throws -> [UInt8] {
    let image = try ImageDecoder.decode(try Files.readOrDrain(path), name: path)
    let colored = network.channels == 1 ? image.grey() : image.rgb()
    return ImageResampler.resize(
      colored, width: network.input.width, height: network.input.height
    ).pixels
  }
}
