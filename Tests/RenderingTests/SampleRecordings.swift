import Recordings
import TensorCore

/// Small recordings with known contents.
enum SampleRecordings {
  /// One sample and class; maps as given, one an exit.
  static func make(
    input: GridSize, channels: Int = 1, image: [UInt8]?, maps: [(grid: GridSize, cells: [Float])],
    kind: String? = "softmax"
  ) -> Recording {
    Recording(
      manifest: RecordingManifest(
        classNames: ["a", "b"], input: input, channels: channels,
        exits: maps.map { .init(grid: $0.grid, macs: 0) }, attentionKind: kind, split: "test"),
      labels: [0], logits: maps.map { _ in [0, 0] }, attention: maps.map(\.cells), images: image)
  }

  /// (i·step) mod modulus for i in 0..<count.
  static func ramp(_ count: Int, step: Int, modulus: Int) -> [Int] {
    (0..<count).map { $0 * step % modulus }
  }

  /// A map of sum 1, the one that make_overlay_golden.py calls softmax_map.
  static func softmaxMap(
    _ height: Int, _ width: Int, step: Int
  ) -> (grid: GridSize, cells: [Float]) {
    let values = ramp(height * width, step: step, modulus: 13).map { 1 + Float($0) }
    let sum = values.reduce(0, +)
    return (GridSize(height: height, width: width), values.map { $0 / sum })
  }
}
