import Recordings
import TensorCore

/// One sample's maps at every exit, each interpolated to the input grid once: what every measure of maps is given.
///
/// Holds its memory, to be filled again and again; one thread at a time.
final class SampleMaps {
  let grids: [GridSize]
  /// The grid on which maps are compared.
  let input: GridSize
  /// Per exit: the map as recorded, on its own grid, and whether it is defined there (`MapStatistics.isDefined`).
  private(set) var recorded: [UnsafePointer<Float>] = []
  private(set) var isDefined: [Bool] = []
  /// Per exit: the map on the input grid; means nothing where `isComparable` is false.
  let onInput: [ResampledMap]
  /// Per exit: whether the map is defined on its own grid and on the input grid.
  private(set) var isComparable: [Bool] = []
  /// Per early exit: its map and the final one on the exit's own grid; they mean nothing where
  /// `isComparableOnOwnGrid` is false.
  let onOwnGrid: [ResampledMap]
  let finalOnOwnGrid: [ResampledMap]
  private(set) var isComparableOnOwnGrid: [Bool] = []
  /// Per early exit: its map and the final one on the finer of their grids.
  let comparisons: [MapComparison]
  /// Per early exit: how far the final exit's grid lets them agree.
  let ceilings: [GridCeiling]
  /// At the resolution that all exits share; nil where there is none.
  let shared: SharedGridMaps?
  /// What is computed of an exit's map and the final one there.
  let functions: [MapFunction]

  /// - Parameters:
  ///   - sharedGrid: see `SharedGridMaps`.
  ///   - ceilings: one an early exit, the same for all samples.
  init(
    _ manifest: RecordingManifest, sharedGrid: GridSize?, functions: [MapFunction],
    ceilings: [GridCeiling]
  ) {
    self.functions = functions
    grids = manifest.exits.map(\.grid)
    input = manifest.input
    onInput = grids.map { ResampledMap(from: $0, to: manifest.input) }
    onOwnGrid = grids.dropLast().map { ResampledMap(from: $0, to: $0) }
    let final = grids[grids.count - 1]
    finalOnOwnGrid = grids.dropLast().map { ResampledMap(from: final, to: $0) }
    comparisons = grids.dropLast().map { MapComparison(grid: $0, final: final) }
    self.ceilings = ceilings
    shared = sharedGrid.map { [grids] in SharedGridMaps(grids, to: $0) }
  }

  var finalExit: Int { grids.count - 1 }

  /// Whether an exit's map and the final one can be compared.
  func isPairDefined(exit: Int) -> Bool { isComparable[exit] && isComparable[finalExit] }

  /// Takes a sample from a block, which has to stay as it is while the maps are used.
  func load(_ sample: Int, from block: SampleBlock) {
    recorded.removeAll(keepingCapacity: true)
    isDefined.removeAll(keepingCapacity: true)
    isComparable.removeAll(keepingCapacity: true)
    isComparableOnOwnGrid.removeAll(keepingCapacity: true)
    for (exit, grid) in grids.enumerated() {
      let map = block.map(sample, exit: exit)
      let defined = MapStatistics.isDefined(map, grid.count)
      recorded.append(map)
      isDefined.append(defined)
      isComparable.append(defined && onInput[exit].load(map))
      shared?.load(map, exit: exit)
    }
    for exit in 0..<finalExit {
      isComparableOnOwnGrid.append(
        isPairDefined(exit: exit) && onOwnGrid[exit].load(recorded[exit])
          && finalOnOwnGrid[exit].load(recorded[finalExit]))
      comparisons[exit].load(
        isPairDefined(exit: exit) ? (recorded[exit], recorded[finalExit]) : nil)
    }
  }
}
