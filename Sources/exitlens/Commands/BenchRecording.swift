import Recordings
import TensorCore

/// What a network would have recorded at 64×64×3: logits, maps that sum to 1 on the exits' grids, images.
enum BenchRecording {
  static func make(seed: UInt64, samples: Int) -> Recording {
    var generator = SeededGenerator(seed: seed, stream: "overlays")
    let configuration = BenchSubject.configuration(side: 64)
    let attention = configuration.exitGrids.map { grid in
      (0..<samples).flatMap { _ in
        let cells = (0..<grid.count).map { _ in Float(generator.uniform()) }
        let sum = cells.reduce(0, +)
        return cells.map { $0 / sum }
      }
    }
    let bytes = samples * configuration.input.count * configuration.channels
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
      images: (0..<bytes).map { UInt8(truncatingIfNeeded: $0 / 7 &* 31) })
  }
}
