import TensorCore

/// Two maps on one grid, ready to be compared. Holds its memory, to be filled again and again.
final class MapPair {
  let grid: GridSize
  let first: ResampledMap
  let second: ResampledMap
  private let firstRanks: RankedCells
  private let secondRanks: RankedCells
  private let structure: StructuralSimilarity?
  private let relative: (UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>)

  init(grid: GridSize) {
    self.grid = grid
    first = ResampledMap(from: grid, to: grid)
    second = ResampledMap(from: grid, to: grid)
    firstRanks = RankedCells(count: grid.count)
    secondRanks = RankedCells(count: grid.count)
    structure = StructuralSimilarity(grid: grid)
    relative = (.allocate(capacity: grid.count), .allocate(capacity: grid.count))
  }

  deinit {
    relative.0.deallocate()
    relative.1.deallocate()
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

  /// Both maps divided by their means; nil where a mean is not positive or no window fits.
  var structuralSimilarity: Double? {
    guard let structure, Self.divideByMean(first, into: relative.0),
      Self.divideByMean(second, into: relative.1)
    else { return nil }
    return structure.mean(relative.0, relative.1)
  }

  private static func divideByMean(
    _ map: ResampledMap, into result: UnsafeMutablePointer<Double>
  ) -> Bool {
    for cell in 0..<map.count { result[cell] = Double(map.cells[cell]) }
    let mean = DoubleKernels.sum(result, map.count) / Double(map.count)
    guard mean > 0 else { return false }
    for cell in 0..<map.count { result[cell] /= mean }
    return true
  }

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
