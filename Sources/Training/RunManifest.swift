import Datasets
import FileKit
import Network

/// `run.json`: what was trained, on what, where.
///
/// Holds no clock and no speed, so that a run that was killed and resumed ends with the same bytes.
public struct RunManifest: Sendable, Codable, Equatable {
  /// The only version that this code reads and writes.
  public static let currentFormatVersion = 2

  public var formatVersion: Int
  /// "exitlens 0.1.0".
  public var producer: String
  public var configuration: TrainingConfiguration
  public var network: NetworkConfiguration
  public var classNames: [String]
  public var dataName: String
  public var data: DatasetSummary
  /// Per channel, on pixels scaled to 0…1.
  public var normalization: Normalization
  public var machine: MachineDescription
  /// The command that started the run.
  public var command: String

  public init(
    configuration: TrainingConfiguration, dataset: ImageDataset, machine: MachineDescription,
    command: String
  ) {
    formatVersion = Self.currentFormatVersion
    producer = Release.producer
    self.configuration = configuration
    network = NetworkConfiguration(
      input: dataset.size, channels: dataset.channels, classes: dataset.classNames.count,
      widths: configuration.widths, attention: configuration.attention,
      architecture: configuration.architecture)
    classNames = dataset.classNames
    dataName = dataset.name
    data = dataset.summary
    normalization = Normalization(measuring: dataset.training, channels: dataset.channels)
    self.machine = machine
    self.command = command
  }

  /// What keeps this run from being the continuation of another one, or nil.
  func difference(from other: RunManifest) -> String? {
    if producer != other.producer { return "one made by \(other.producer)" }
    if let difference = settingsDifference(from: other) { return difference }
    if data.hash != other.data.hash { return "other data" }
    // Each of these changes the order of sums, and so the bytes.
    if machine.threads != other.machine.threads {
      return "\(other.machine.threads) threads instead of \(machine.threads)"
    }
    if machine.blasCore != other.machine.blasCore {
      return "BLAS core \(other.machine.blasCore) instead of \(machine.blasCore)"
    }
    if machine.vectorInstructions != other.machine.vectorInstructions {
      return "\(other.machine.vectorInstructions) kernels instead of \(machine.vectorInstructions)"
    }
    return nil
  }
}
