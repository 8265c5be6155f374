import Recordings
import TensorCore

/// The nulls of `MapFunction`s: each sample's exit maps with the final map of another sample.
///
/// Partners are drawn uniformly among all other samples, one for each, so the mean is an unbiased estimate of the mean
/// over all ordered pairs; equal seeds give equal partners.
struct FunctionNulls: Sendable {
  private let functions: [MapFunction]
  private let grid: GridSize
  private let partners: [Int]

  /// nil where there is nothing to compute: no function, no shared grid, or a single sample.
  init?(_ functions: [MapFunction], grid: GridSize?, sampleCount: Int, seed: UInt64) {
    guard let grid, !functions.isEmpty, sampleCount > 1 else { return nil }
    self.functions = functions
    self.grid = grid
    var random = SeededGenerator(seed: seed, stream: "partners of map functions")
    partners = (0..<sampleCount).map { sample in
      let other = random.index(below: sampleCount - 1)
      return other < sample ? other : other + 1
    }
  }

  /// Of the samples of a block: [early exit][function], as `ExitConsistency.functions` takes them in.
  func columns(
    of block: SampleBlock, _ recording: Recording, _ exits: [ExitScan]
  ) throws(RecordingFault) -> [[Column]] {
    let final = recording.exitCount - 1
    let grids = recording.manifest.exits.map(\.grid)
    let shared = SharedGridMaps(grids, to: grid)
    let place = MapPlace.final(of: recording)
    let other = FloatMemory(zeros: grids[final].count)
    var columns = [[Column]](
      repeating: [Column](repeating: [], count: functions.count), count: final)
    for sample in block.samples {
      let partner = partners[sample]
      try place.read(partner..<partner + 1, into: other.base)
      shared.load(other.base, exit: final)
      for exit in 0..<final {
        // Only samples with both maps defined take part.
        let cosine = exits[exit].consistency!.cosine
        let isDefined = cosine[sample] != nil && cosine[partner] != nil
        if isDefined { shared.load(block.map(sample, exit: exit), exit: exit) }
        for (number, function) in functions.enumerated() {
          columns[exit][number].append(isDefined ? shared.value(function, exit: exit) : nil)
        }
      }
    }
    return columns
  }
}
