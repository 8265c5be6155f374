import Datasets
import Foundation
import Recordings
import TensorCore

/// What a network would have recorded at 64×64×3: images of the built-in radar, logits, and maps that look at one
/// place and scatter, as trained ones do, and sum to 1.
enum BenchRecording {
  static func make(seed: UInt64, samples: Int) -> Recording {
    var generator = SeededGenerator(seed: seed, stream: "overlays")
    let configuration = BenchSubject.configuration(side: 64)
    let attention = configuration.exitGrids.map { grid in
      (0..<samples).flatMap { _ in map(on: grid, &generator) }
    }
    let manifest = RecordingManifest(
      classNames: (0..<configuration.classes).map { "\($0)" }, input: configuration.input,
      channels: configuration.channels,
      exits: zip(configuration.exitGrids, configuration.cumulativeMacs).map {
        RecordingManifest.Exit(grid: $0, macs: $1)
      }, attentionKind: configuration.attention.rawValue, split: "test")
    return Recording(
      manifest: manifest, labels: (0..<samples).map { $0 % configuration.classes },
      logits: attention.map { _ in
        (0..<samples * configuration.classes).map { _ in Float(generator.normal()) }
      },
      attention: attention,
      // The same of both models, or they are not compared.
      images: RadarSynthesiser.images(seed: 1, part: .test, count: samples).pixels)
  }

  /// The softmax of a bell in a random place and of noise.
  private static func map(on grid: GridSize, _ generator: inout SeededGenerator) -> [Float] {
    let (x, y) = (generator.uniform(), generator.uniform())
    let weights = (0..<grid.count).map { cell in
      let across = (Double(cell % grid.width) + 0.5) / Double(grid.width) - x
      let down = (Double(cell / grid.width) + 0.5) / Double(grid.height) - y
      return exp(0.7 * generator.normal() - 20 * (across * across + down * down))
    }
    let sum = weights.reduce(0, +)
    return weights.map { Float($0 / sum) }
  }
}
