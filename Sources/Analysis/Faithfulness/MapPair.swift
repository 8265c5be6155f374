import TensorCore

/// Two maps on one grid, ready to be compared. Holds its memory, to be filled again and again.
final class MapPair {
  let grid: GridSize
  let first: ResampledMap
  let second: ResampledMap
  private let firstRanks: RankedCells
  private let secondRanks: RankedCells
  private let structure: StructuralSimilarity?

  init(grid: GridSize) {
    self.grid = grid
    first = ResampledMap(from: grid, to: grid)
    second = ResampledMap(from: grid, to: grid)
    firstRanks = RankedCells(count: grid.count)
    secondRanks = RankedCells(count: grid.count)
    structure = StructuralSimilarity(grid: grid)
  }

  /// False where one of the maps is undefined (`MapStatistics.isDefined`).
  func load(_ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>) -> Bool {
    guard self.first.load(first), self.second.load(second) else { return false }
    firstRanks.load(first)
    secondRanks.load(second)
    return true
  }

  var centred: Double { DoubleKernels.dot(first.centred, second.centred, grid.count) }

  /// Defined maps have two different cells, so there is one.
  var spearman: Double { RankCorrelation.spearman(firstRanks, secondRanks)! }

  /// Nil where a mean is not positive or no window fits.
  var structuralSimilarity: Double? { structure?.ofRelative(first.cells, second.cells) }

  /// The unit vectors whose inner product an agreement is.
  func vectors(
    _ agreement: FaithfulnessMeasure.Agreement
  ) -> (first: ScaledVector, second: ScaledVector) {
    func vector(_ map: ResampledMap, _ ranks: RankedCells) -> ScaledVector {
      switch agreement {
      case .cosine: ScaledVector(values: map.unit, scale: 1, count: grid.count)
      case .centred: ScaledVector(values: map.centred, scale: 1, count: grid.count)
      case .spearman:
        ScaledVector(
          values: ranks.centredRanks, scale: 1 / ranks.squares.squareRoot(), count: grid.count)
      }
    }
    return (vector(first, firstRanks), vector(second, secondRanks))
  }
}

/// values · scale; the memory is another's.
struct ScaledVector {
  let values: UnsafePointer<Double>
  let scale: Double
  let count: Int

  func dot(_ other: ScaledVector) -> Double {
    scale * other.scale * DoubleKernels.dot(values, other.values, count)
  }

  func dot(_ other: [Double]) -> Double {
    other.withUnsafeBufferPointer { scale * DoubleKernels.dot(values, $0.baseAddress!, count) }
  }

  func add(to total: inout [Double]) {
    total.withUnsafeMutableBufferPointer {
      DoubleKernels.add(values, times: scale, to: $0.baseAddress!, count)
    }
  }
}
