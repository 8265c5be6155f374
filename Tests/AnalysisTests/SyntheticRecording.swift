import Recordings
import TensorCore

/// A recording made from rules, without images.
///
/// Every label is 0 unless given; every logit is 0 but that of the predicted class, which is `sharpness`.
/// - Parameters:
///   - map: a map's cells, by sample and exit (from 0).
///   - prediction: the class answered, by sample and exit.
func syntheticRecording(
  sampleCount: Int,
  grids: [GridSize] = [GridSize(height: 2, width: 2), GridSize(height: 2, width: 2)],
  input: GridSize = GridSize(height: 2, width: 2), classCount: Int = 2, labels: [Int]? = nil,
  sharpness: Float = 5, macs: [Double]? = nil, provenance: Provenance? = nil,
  map: (_ sample: Int, _ exit: Int) -> [Float] = { sample, exit in
    [1, 2, 3, Float(4 + (sample * 7 + exit) % 5)]
  },
  prediction: (_ sample: Int, _ exit: Int) -> Int = { _, _ in 0 }
) -> Recording {
  let exits = grids.enumerated().map {
    RecordingManifest.Exit(grid: $1, macs: macs?[$0] ?? Double($0 + 1) * 100)
  }
  var logits: [[Float]] = []
  var attention: [[Float]] = []
  for exit in exits.indices {
    var rows: [Float] = []
    var maps: [Float] = []
    for sample in 0..<sampleCount {
      var row = [Float](repeating: 0, count: classCount)
      row[prediction(sample, exit)] = sharpness
      rows += row
      maps += map(sample, exit)
    }
    logits.append(rows)
    attention.append(maps)
  }
  let manifest = RecordingManifest(
    classNames: (0..<classCount).map { "class \($0)" }, input: input, channels: 1, exits: exits,
    attentionKind: nil, split: "test", provenance: provenance)
  return Recording(
    manifest: manifest, labels: labels ?? [Int](repeating: 0, count: sampleCount), logits: logits,
    attention: attention, images: nil)
}

/// A map of independent uniform cells.
func uniformMap(_ count: Int, _ generator: inout SeededGenerator) -> [Float] {
  (0..<count).map { _ in Float(generator.uniform()) }
}
