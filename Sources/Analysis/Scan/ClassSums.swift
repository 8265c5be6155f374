import Recordings
import TensorCore

/// The sums behind the same-class permutation null: `NullSums` of the samples of each class.
enum ClassSums {
  /// Per class, per early exit; nil for a class with fewer than two samples.
  /// - Parameter exits: scanned, with their `scales`.
  static func vectors(
    of recording: Recording, _ exits: [ExitScan]
  ) throws(RecordingFault) -> [[NullVectors]?] {
    let manifest = recording.manifest
    let final = exits.count - 1
    var counts = [Int](repeating: 0, count: recording.classCount)
    for label in recording.labels { counts[label] += 1 }
    let empty = manifest.exits.dropLast().map {
      NullSums(grid: $0.grid, final: manifest.exits[final].grid)
    }
    var sums = counts.map { $0 > 1 ? empty : nil }
    // One thread, in the order of the samples: this only reads and adds, and sums of all classes for every block at
    // a time would take more memory than the maps.
    for range in SampleBlock.ranges(of: recording.sampleCount) {
      let block = SampleBlock(manifest, capacity: range.count)
      try block.read(range, of: recording)
      for sample in range {
        let label = recording.labels[sample]
        guard sums[label] != nil else { continue }
        for exit in 0..<final {
          guard let scale = exits[exit].scales[sample],
            let finalScale = exits[final].scales[sample]
          else { continue }
          sums[label]![exit].add(
            block.map(sample, exit: exit), scale, block.map(sample, exit: final), finalScale)
        }
      }
    }
    let known = sums
    return ParallelLoop.map(known.count) { label in
      known[label].map { $0.map { $0.vectors(input: manifest.input) } }
    }
  }
}
