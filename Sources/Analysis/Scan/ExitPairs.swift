import Recordings
import TensorCore

/// Every exit's maps against every other's, of one recording: what an `ExitMatrix` is made of.
///
/// Pairs with the final exit are in `ExitConsistency`, sample by sample and with their nulls; here are the others:
/// the early exits among each other, and every exit with itself for the null on the diagonal.
struct ExitPairs: Sendable {
  /// One pair, `first` ≤ `second`, from 0.
  struct Pair: Sendable {
    let first: Int
    let second: Int
    /// Sample by sample on the input grid, nil where undefined; empty where both exits are the same.
    private(set) var cosine: Column = []
    private(set) var centred: Column = []
    /// Samples at which both maps are defined.
    var count: Int { sums.count }

    private var sums: NullSums
    /// Σ of each sample's own scores.
    private var ownCosine = 0.0
    private var ownCentred = 0.0

    init(_ first: Int, _ second: Int, grids: [GridSize]) {
      self.first = first
      self.second = second
      sums = NullSums(grid: grids[first], final: grids[second])
    }

    mutating func reserveCapacity(_ count: Int) {
      guard first != second else { return }
      cosine.reserveCapacity(count)
      centred.reserveCapacity(count)
    }

    mutating func append(_ maps: SampleMaps) {
      sums.add(maps, first, second)
      let isDefined = maps.isComparable[first] && maps.isComparable[second]
      guard first != second else {
        ownCosine += isDefined ? 1 : 0
        ownCentred += isDefined ? 1 : 0
        return
      }
      guard isDefined else {
        cosine.append(nil)
        centred.append(nil)
        return
      }
      let (left, right) = (maps.onInput[first], maps.onInput[second])
      let scores = (
        DoubleKernels.dot(left.unit, right.unit, left.count),
        DoubleKernels.dot(left.centred, right.centred, left.count)
      )
      cosine.append(scores.0)
      centred.append(scores.1)
      ownCosine += scores.0
      ownCentred += scores.1
    }

    mutating func append(_ next: Pair) {
      cosine += next.cosine
      centred += next.centred
      ownCosine += next.ownCosine
      ownCentred += next.ownCentred
      sums.add(next.sums)
    }

    /// Both permutation nulls over all ordered pairs of different samples; nil with fewer than two.
    func nulls(input: GridSize) -> Nulls? {
      guard count > 1 else { return nil }
      let all = sums.scores(input: input)
      let pairs = Double(count) * Double(count - 1)
      return ((all.cosine - ownCosine) / pairs, (all.centred - ownCentred) / pairs)
    }
  }

  typealias Nulls = (cosine: Double, centred: Double)

  private(set) var pairs: [Pair]

  init(_ manifest: RecordingManifest) {
    let grids = manifest.exits.map(\.grid)
    let final = grids.count - 1
    pairs = (0...final).flatMap { first in
      (first...final).filter { $0 == first || $0 < final }.map { Pair(first, $0, grids: grids) }
    }
  }

  mutating func reserveCapacity(_ count: Int) {
    for index in pairs.indices { pairs[index].reserveCapacity(count) }
  }

  mutating func append(_ maps: SampleMaps) {
    for index in pairs.indices { pairs[index].append(maps) }
  }

  mutating func append(_ next: ExitPairs) {
    for index in pairs.indices { pairs[index].append(next.pairs[index]) }
  }
}
