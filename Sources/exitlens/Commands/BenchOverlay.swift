import Recordings
import Rendering
import TensorCore

/// Drawing of overlay sheets on one thread: two models, five exits, 64×64×3.
enum BenchOverlay {
  static func measure(_ item: BenchCase, _ timer: BenchTimer) throws -> BenchMeasure {
    let sheet = try OverlaySheet(baseline: recording(seed: 1), egt: recording(seed: 2))
    var sample = 0
    return timer.measure(item.rawValue, unit: "sheets/s", units: 1) {
      do {
        _ = try sheet.render(sample: sample)
      } catch {
        preconditionFailure("a recording made here has every sample and image: \(error)")
      }
      sample = (sample + 1) % samples
    }
  }

  private static let samples = 16

  /// What a network would have recorded: maps that sum to 1 on the exits' grids, and images.
  private static func recording(seed: UInt64) -> Recording {
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
      manifest: manifest, labels: [Int](repeating: 0, count: samples),
      logits: attention.map { _ in
        [Float](repeating: 0, count: samples * configuration.classes)
      },
      attention: attention,
      images: (0..<bytes).map { _ in UInt8.random(in: 0...255, using: &generator) })
  }
}
