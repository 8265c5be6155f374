import Datasets
import FileKit
import Foundation
import TensorCore
import Training

/// Small images whose class shows as a bright quarter, so that a few steps learn something.
enum SmallDataset {
  static func make(training: Int = 24, validation: Int = 6, test: Int = 9) -> ImageDataset {
    let size = GridSize(height: 16, width: 16)
    var generator = SeededGenerator(seed: 3, stream: "small dataset")
    func split(_ count: Int, _ name: String) -> ImageSplit {
      var split = ImageSplit()
      for index in 0..<count {
        let label = index % 3
        for row in 0..<16 {
          for column in 0..<16 {
            let bright = (row / 8) * 2 + column / 8 == label
            split.pixels.append(UInt8((bright ? 150 : 20) + generator.index(below: 80)))
          }
        }
        split.labels.append(label)
        split.identifiers.append("\(name)/\(index)")
      }
      return split
    }
    return ImageDataset(
      name: "small", classNames: ["a", "b", "c"], size: size, channels: 1,
      training: split(training, "training"), validation: split(validation, "validation"),
      test: split(test, "test"),
      summary: DatasetSummary(
        hash: "0123",
        counts: [
          "training": perClass(training), "validation": perClass(validation),
          "test": perClass(test),
        ], skipped: [], duplicatesAcrossSplits: []))
  }

  private static func perClass(_ count: Int) -> [Int] {
    (0..<3).map { label in (0..<count).filter { $0 % 3 == label }.count }
  }

  static func configuration(epochs: Int = 3, lambda: Double = 0.3) -> TrainingConfiguration {
    TrainingConfiguration(
      source: "small", data: DatasetOptions(size: 16), widths: [4, 6, 8, 8, 8],
      loss: .init(lambda: lambda), epochs: epochs,
      batchSize: 5, schedule: StepSchedule(initial: 0.01, every: 2), seed: 7)
  }

  static func trainer(
    in folder: String, configuration: TrainingConfiguration = configuration(),
    dataset: ImageDataset = make(), lanes: Lanes = Lanes(2)
  ) throws -> Trainer {
    let manifest = RunManifest(
      configuration: configuration, dataset: dataset,
      machine: try MachineDescription.current(lanes: lanes), command: "test")
    return try Trainer(
      manifest: manifest, dataset: dataset, folder: RunFolder(folder), lanes: lanes)
  }
}

/// A folder that is removed when the test ends.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/exitlens-\(UUID().uuidString)"
    try Files.makeFolder(path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }
}
