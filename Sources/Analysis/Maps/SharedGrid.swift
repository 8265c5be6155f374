import Recordings
import TensorCore

/// A sample's maps at the resolution that all exits of all recordings share, and how concentrated they are there.
final class SharedGridMaps {
  /// Of one map; nil where undefined (`Concentration`), and for a 1×1 grid.
  struct Values {
    var spread: Double?
    var entropy: Double?
    var gini: Double?
  }

  let grid: GridSize
  private let grids: [GridSize]
  /// nil for a 1×1 grid.
  private let averages: [BoxAverage?]
  private let cells: UnsafeMutablePointer<Double>
  private let scratch: UnsafeMutablePointer<Double>
  /// [exit][cell]: each exit's map on the shared grid; means nothing where `isLoaded` is false.
  private let averaged: UnsafeMutablePointer<Double>
  private var isLoaded: [Bool]

  /// - Parameter grid: on neither side larger than any exit's, 1×1 ones left out.
  init(_ grids: [GridSize], to grid: GridSize) {
    self.grid = grid
    self.grids = grids
    averages = grids.map { $0.count > 1 ? BoxAverage(from: $0, to: grid) : nil }
    cells = .allocate(capacity: grids.map(\.count).max()!)
    scratch = .allocate(capacity: grids.map(\.width).max()!)
    averaged = .allocate(capacity: grids.count * grid.count)
    isLoaded = [Bool](repeating: false, count: grids.count)
  }

  deinit {
    cells.deallocate()
    scratch.deallocate()
    averaged.deallocate()
  }

  /// The smallest height and width of any exit's grid, 1×1 grids left out; nil where that is a single cell.
  static func grid(of manifests: [RecordingManifest]) -> GridSize? {
    let grids = manifests.flatMap(\.exits).map(\.grid).filter { $0.count > 1 }
    guard let height = grids.map(\.height).min(), let width = grids.map(\.width).min() else {
      return nil
    }
    return height * width > 1 ? GridSize(height: height, width: width) : nil
  }

  /// Takes an exit's map; nil where there is none to compare.
  func load(_ map: UnsafePointer<Float>?, exit: Int) {
    isLoaded[exit] = false
    guard let map, let average = averages[exit] else { return }
    for index in 0..<grids[exit].count { cells[index] = Double(map[index]) }
    average.apply(cells, scratch: scratch, into: averaged + exit * grid.count)
    isLoaded[exit] = true
  }

  /// How concentrated an exit's map is.
  func numbers(exit: Int) -> Values {
    guard isLoaded[exit] else { return Values() }
    let averaged = averaged + exit * grid.count
    return Values(
      spread: Concentration.spread(averaged, grid.count),
      entropy: Concentration.entropy(averaged, grid.count),
      gini: Concentration.gini(averaged, grid.count))
  }

  /// A function of an exit's map and the final exit's; nil where either is missing.
  func value(_ function: MapFunction, exit: Int) -> Double? {
    let final = grids.count - 1
    guard isLoaded[exit], isLoaded[final] else { return nil }
    return function.value(averaged + exit * grid.count, averaged + final * grid.count, grid)
  }
}

/// The numbers of `SharedGridMaps` of one exit, sample by sample.
struct ExitConcentration: Sendable {
  private(set) var spread: Column = []
  private(set) var entropy: Column = []
  private(set) var gini: Column = []

  mutating func reserveCapacity(_ count: Int) {
    spread.reserveCapacity(count)
    entropy.reserveCapacity(count)
    gini.reserveCapacity(count)
  }

  mutating func append(_ numbers: SharedGridMaps.Values?) {
    spread.append(numbers?.spread)
    entropy.append(numbers?.entropy)
    gini.append(numbers?.gini)
  }

  mutating func append(_ next: ExitConcentration) {
    spread += next.spread
    entropy += next.entropy
    gini += next.gini
  }
}
