import FileKit
import Foundation
import Recordings
import TensorCore

/// A small sound recording: 3 samples, 2 classes, exits of 2×2 and 1×2, 4×4 colour images, 2 validation samples.
func sampleRecording() -> Recording {
  var provenance = Provenance()
  provenance.producer = "test"
  provenance.seed = .max
  provenance.lambda = 0.3
  provenance.settings = [.init(.epochs, "2"), .init("data augmentation", "flips")]
  provenance.history = [
    .init(
      epoch: 1, learningRate: 1e-3, lambda: 0.3, loss: .nan, consistencyLoss: 0.1,
      crossEntropy: [1, .infinity], trainingAccuracy: [0.1, 0.2], validationAccuracy: [])
  ]
  var data = Provenance.DataProvenance()
  data.counts = ["test": [1, 2], "training": [3, 4]]
  provenance.data = data
  var manifest = RecordingManifest(
    classNames: ["a/b", "\u{202e}雷\"<"], input: GridSize(height: 4, width: 4), channels: 3,
    exits: [
      .init(grid: GridSize(height: 2, width: 2), macs: 1e6, parameters: 40),
      .init(grid: GridSize(height: 1, width: 2), macs: 2.5e6, parameters: 90),
    ], attentionKind: "softmax", mapKind: "attention", name: "tiny",
    split: "test", identifiers: ["x", "y", "z"],
    provenance: provenance)
  manifest.latency = MeasuredLatency(
    exits: [.init([1, 2, 3]), .init(mean: 4, median: 4, p5: 3.5, p95: 6)],
    earlyStop: .init(
      threshold: 0.9, times: .init(mean: 2, median: 2, p5: 1, p95: 5), shares: [0.5, 0.5],
      speedup: 2),
    images: 3, rounds: 5, threads: 2, machine: [.init("CPU", "x")])
  return Recording(
    manifest: manifest, labels: [0, 1, 1],
    logits: [[1, 2, 3, 4, 5, 6], [-1, 1, 0, 0, 2, -2]],
    attention: [
      [0.1, 0.2, 0.3, 0.4, 0.25, 0.25, 0.25, 0.25, 0, 0, 0, 1], [0.5, 0.5, 1, 0, .nan, 1],
    ],
    images: (0..<3 * 4 * 4 * 3).map { UInt8($0) },
    validation: .init(labels: [1, 0], logits: [[0.5, 1, -1, 2], [3, 4, 0.25, -8]]))
}

/// A folder of its own that goes with the test.
struct TemporaryFolder: ~Copyable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/recordings-\(UUID().uuidString)"
    try Files.makeFolder(path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
