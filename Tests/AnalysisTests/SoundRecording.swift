import Recordings
import TensorCore

/// A recording that gives no cause for an alert: 40 samples of two classes, two exits of 4×4 that look at much the same
/// place, the final one right about nine samples in ten and the early one about eight.
func soundRecording(
  seed: UInt64, lambda: Double, contrast: Float = 1, finalContrast: Float = 1,
  change: (inout Provenance) -> Void = { _ in }
) -> Recording {
  var generator = SeededGenerator(seed: seed)
  var provenance = Provenance()
  provenance.seed = seed
  provenance.lambda = lambda
  change(&provenance)
  let grid = GridSize(height: 4, width: 4)
  let shared = (0..<40).map { _ in uniformMap(16, &generator) }
  var recording = syntheticRecording(
    sampleCount: 40, grids: [grid, grid], input: grid, labels: (0..<40).map { $0 % 2 },
    provenance: provenance
  ) { sample, exit in
    zip(shared[sample], uniformMap(16, &generator)).map {
      1 + (exit == 0 ? contrast : finalContrast) * (0.7 * $0 + 0.3 * $1)
    }
  }
  for exit in 0..<2 {
    let wrong = exit == 0 ? 5 : 10
    recording.logits[exit] = recording.labels.enumerated().flatMap { sample, label in
      let answer = sample % wrong == 0 ? 1 - label : label
      return (0..<2).map { $0 == answer ? Float(4 + exit) : 0 }
    }
  }
  return recording
}

/// Three of them, of neighbouring seeds.
func soundArm(lambda: Double, from seed: UInt64) -> [Recording] {
  (seed..<seed + 3).map { soundRecording(seed: $0, lambda: lambda) }
}

/// The same, each changed.
func soundArm(
  lambda: Double, from seed: UInt64, change: (inout Recording) throws -> Void
) rethrows -> [Recording] {
  try soundArm(lambda: lambda, from: seed).map {
    var recording = $0
    try change(&recording)
    return recording
  }
}
