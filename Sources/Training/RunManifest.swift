import Datasets
import FileKit
import Network

/// `run.json`: what was trained, on what, where.
///
/// Holds no clock and no speed, so that a run that was killed and resumed ends with the same bytes.
package struct RunManifest: Sendable, Codable, Equatable {
  /// The only version that this code reads and writes.
  package static let currentFormatVersion = 2

  /// `currentFormatVersion`: `RunFolder.readManifest` refuses any other.
  package var formatVersion: Int
  /// "exitlens 0.1.0".
  package var producer: String
  /// What the user chose.
  package var configuration: TrainingConfiguration
  /// The shape that configuration and data give the network.
  package var network: NetworkConfiguration
  /// One name per class, in label order.
  package var classNames: [String]
  /// A short name for people: the folder's name, or "radar, seed 0".
  package var dataName: String
  /// Of the data trained on; `data.hash` tells whether other data are the same.
  package var data: DatasetSummary
  /// Per channel, on pixels scaled to 0…1.
  package var normalization: Normalization
  /// Where the run was started. A run resumes only under the same threads and kernels.
  package var machine: MachineDescription
  /// The command that started the run.
  package var command: String

  /// Measures the normalization over the training part, which must hold an image.
  package init(
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
