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
  private let averaged: UnsafeMutablePointer<Double>

  /// - Parameter grid: on neither side larger than any exit's, 1×1 ones left out.
  init(_ grids: [GridSize], to grid: GridSize) {
    self.grid = grid
    self.grids = grids
    averages = grids.map { $0.count > 1 ? BoxAverage(from: $0, to: grid) : nil }
    cells = .allocate(capacity: grids.map(\.count).max()!)
    scratch = .allocate(capacity: grids.map(\.width).max()!)
    averaged = .allocate(capacity: grid.count)
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

  func numbers(_ map: UnsafePointer<Float>, exit: Int) -> Values {
    guard let average = averages[exit] else { return Values() }
    for index in 0..<grids[exit].count { cells[index] = Double(map[index]) }
    average.apply(cells, scratch: scratch, into: averaged)
    return Values(
      spread: Concentration.spread(averaged, grid.count),
      entropy: Concentration.entropy(averaged, grid.count),
      gini: Concentration.gini(averaged, grid.count))
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
