import TensorCore

/// An exit's map and the final one on a grid between them: ranks, structure, and places of the largest cells.
///
/// The grid has the finer side of the two along each axis, so no cell is lost and none repeated more than needed; a
/// map of another grid is interpolated to it. Holds its memory, to be filled again and again.
package final class MapComparison {
  let grid: GridSize
  /// Both maps' ranks; they mean nothing where `numbers` is nil.
  let ranks: RankedCells
  let finalRanks: RankedCells
  /// nil before the first map, and where the maps cannot be compared.
  private(set) var numbers: Values?

  struct Values {
    var spearman: Double?
    /// nil where no window fits or a map's mean is not positive.
    var structuralSimilarity: Double?
    var top10: TopCells
    var top20: TopCells
  }

  private let resampler: BilinearResampler
  private let finalResampler: BilinearResampler
  private let cells: UnsafeMutablePointer<Float>
  private let finalCells: UnsafeMutablePointer<Float>
  private let structure: StructuralSimilarity?

  init(grid: GridSize, final: GridSize) {
    self.grid = Self.grid(grid, final)
    resampler = BilinearResampler(from: grid, to: self.grid)
    finalResampler = BilinearResampler(from: final, to: self.grid)
    let count = self.grid.count
    ranks = RankedCells(count: count)
    finalRanks = RankedCells(count: count)
    cells = .allocate(capacity: count)
    finalCells = .allocate(capacity: count)
    structure = StructuralSimilarity(grid: self.grid)
  }

  deinit {
    cells.deallocate()
    finalCells.deallocate()
  }

  /// The comparison grid of two grids.
  package static func grid(_ first: GridSize, _ second: GridSize) -> GridSize {
    GridSize(
      height: max(first.height, second.height), width: max(first.width, second.width))
  }

  /// Compares two maps, each on its own grid and defined; nil leaves nothing to compare.
  func load(_ maps: (map: UnsafePointer<Float>, final: UnsafePointer<Float>)?) {
    guard let maps else {
      numbers = nil
      return
    }
    resampler.resample(maps.map, into: cells)
    finalResampler.resample(maps.final, into: finalCells)
    ranks.load(cells)
    finalRanks.load(finalCells)
    numbers = Values(
      spearman: RankCorrelation.spearman(ranks, finalRanks),
      structuralSimilarity: structure?.ofRelative(cells, finalCells), top10: topCells(percent: 10),
      top20: topCells(percent: 20))
  }

  private func topCells(percent: Int) -> TopCells {
    let count = TopCells.count(percent: percent, of: grid.count)
    return TopCells(
      cells, atLeast: ranks.largest(count), finalCells, atLeast: finalRanks.largest(count),
      count: grid.count)
  }
}

/// The numbers of `MapComparison`, sample by sample; nil where undefined.
struct ExitSimilarity: Sendable {
  private(set) var spearman: Column = []
  private(set) var structuralSimilarity: Column = []
  /// Intersection over union, and what random cells would have.
  private(set) var top10: Column = []
  private(set) var top20: Column = []
  private(set) var top10Chance: Column = []
  private(set) var top20Chance: Column = []

  mutating func reserveCapacity(_ count: Int) {
    spearman.reserveCapacity(count)
    structuralSimilarity.reserveCapacity(count)
    top10.reserveCapacity(count)
    top20.reserveCapacity(count)
    top10Chance.reserveCapacity(count)
    top20Chance.reserveCapacity(count)
  }

  /// Takes in the next sample.
  mutating func append(_ comparison: MapComparison) {
    let numbers = comparison.numbers
    let cells = comparison.grid.count
    func chance(_ top: TopCells?) -> Double? {
      top.map { TopCells.chance($0.firstCount, $0.secondCount, of: cells) }
    }
    spearman.append(numbers?.spearman)
    structuralSimilarity.append(numbers?.structuralSimilarity)
    top10.append(numbers?.top10.intersectionOverUnion)
    top20.append(numbers?.top20.intersectionOverUnion)
    top10Chance.append(chance(numbers?.top10))
    top20Chance.append(chance(numbers?.top20))
  }

  /// Takes in the samples that follow.
  mutating func append(_ next: ExitSimilarity) {
    spearman += next.spearman
    structuralSimilarity += next.structuralSimilarity
    top10 += next.top10
    top20 += next.top20
    top10Chance += next.top10Chance
    top20Chance += next.top20Chance
  }
}

/// The permutation null of Spearman's correlation: the mean over all ordered pairs of different samples of the
/// correlation of one's exit map with the other's final map. Correlations of ranks are dot products, so
/// Σ_{n≠m} = ⟨Σ_n r_n, Σ_m s_m⟩ − Σ_n ⟨r_n, s_n⟩.
struct RankSums: Sendable {
  private var count = 0
  /// Sums of the unit vectors of centred ranks, [cells].
  private var maps: [Double]
  private var finals: [Double]
  private var own = 0.0

  init(cells: Int) {
    maps = [Double](repeating: 0, count: cells)
    finals = maps
  }

  /// Takes in the next sample.
  mutating func add(_ comparison: MapComparison) {
    guard let correlation = comparison.numbers?.spearman else { return }
    count += 1
    own += correlation
    let cells = maps.count
    DoubleKernels.add(
      comparison.ranks.centredRanks, times: 1 / comparison.ranks.squares.squareRoot(), to: &maps,
      cells)
    DoubleKernels.add(
      comparison.finalRanks.centredRanks, times: 1 / comparison.finalRanks.squares.squareRoot(),
      to: &finals, cells)
  }

  /// Takes in the sums over the samples that follow.
  mutating func add(_ next: RankSums) {
    count += next.count
    own += next.own
    for cell in maps.indices {
      maps[cell] += next.maps[cell]
      finals[cell] += next.finals[cell]
    }
  }

  /// nil with fewer than two samples.
  var null: Double? {
    guard count > 1 else { return nil }
    return (DoubleKernels.dot(maps, finals, maps.count) - own) / (Double(count) * Double(count - 1))
  }
}
