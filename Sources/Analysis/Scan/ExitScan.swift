import Recordings
import TensorCore

/// Everything that is computed from one exit of one recording, sample by sample.
package struct ExitScan: Sendable {
  /// Empty until the maps have been scanned.
  var answers = ExitAnswers()
  private(set) var spread: Column = []
  private(set) var entropy: Column = []
  private(set) var mapMaxima: [Double] = []
  /// At the resolution that all exits share.
  private(set) var concentration = ExitConcentration()
  /// Maps with a finite cell below 0 (`MapStatistics.isNegative`), and the least such cell.
  private(set) var negativeMaps = 0
  private(set) var leastCell: Float = 0
  /// Whether the map alone is defined (`MapStatistics.isDefined`).
  private(set) var isMapDefined: [Bool] = []
  /// nil for the final exit.
  package var consistency: ExitConsistency?
  /// What the permutation null needs of each map; emptied when it is there.
  var scales: [MapScale?] = []

  init(isFinal: Bool, functions: [MapFunction]) {
    consistency = isFinal ? nil : ExitConsistency(functions: functions)
  }

  /// Makes room for so many samples.
  mutating func reserveCapacity(_ count: Int) {
    spread.reserveCapacity(count)
    entropy.reserveCapacity(count)
    mapMaxima.reserveCapacity(count)
    concentration.reserveCapacity(count)
    isMapDefined.reserveCapacity(count)
    scales.reserveCapacity(count)
    consistency?.reserveCapacity(count)
  }

  /// Takes in the next sample.
  /// - Parameter exit: from 0.
  mutating func append(_ maps: SampleMaps, exit: Int) {
    let map = maps.recorded[exit]
    let cells = maps.grids[exit].count
    spread.append(Concentration.spread(map, cells))
    entropy.append(Concentration.entropy(map, cells))
    concentration.append(maps.shared?.numbers(exit: exit))
    mapMaxima.append(MapStatistics.maximum(map, cells))
    let least = MapStatistics.minimum(map, cells)
    if MapStatistics.isNegative(least: Double(least), most: mapMaxima.last!) {
      negativeMaps += 1
      leastCell = min(leastCell, least)
    }
    isMapDefined.append(maps.isDefined[exit])
    scales.append(maps.isComparable[exit] ? maps.onInput[exit].scale : nil)
    consistency?.append(maps, exit: exit)
  }

  /// Takes in the samples that follow.
  mutating func append(_ next: ExitScan) {
    spread += next.spread
    entropy += next.entropy
    concentration.append(next.concentration)
    mapMaxima += next.mapMaxima
    negativeMaps += next.negativeMaps
    leastCell = min(leastCell, next.leastCell)
    isMapDefined += next.isMapDefined
    scales += next.scales
    if let following = next.consistency { consistency!.append(following) }
  }
}
