import Recordings
import TensorCore

/// Everything that is computed from one exit of one recording, sample by sample.
struct ExitScan: Sendable {
  var answers: ExitAnswers
  var spread: [Double?]
  var entropy: [Double?]
  var mapMaxima: [Double]
  /// Whether the map alone is defined (`MapStatistics.isDefined`).
  var isMapDefined: [Bool]
  /// nil for the final exit.
  var consistency: ExitConsistency?

  /// - Parameter exit: from 0.
  init(_ recording: Recording, exit: Int) {
    let manifest = recording.manifest
    let grid = manifest.exits[exit].grid
    let final = recording.exitCount - 1
    let finalGrid = manifest.exits[final].grid
    let samples = recording.labels.indices
    answers = recording.logits[exit].withUnsafeBufferPointer {
      ExitAnswers(
        logits: $0.baseAddress!, classCount: recording.classCount, labels: recording.labels)
    }
    (spread, entropy, mapMaxima, isMapDefined) = recording.attention[exit]
      .withUnsafeBufferPointer { maps in
        let maps = maps.baseAddress!
        let cells = grid.count
        return (
          samples.map { MapStatistics.spread(maps + $0 * cells, cells) },
          samples.map { MapStatistics.entropy(maps + $0 * cells, cells) },
          samples.map { MapStatistics.maximum(maps + $0 * cells, cells) },
          samples.map { MapStatistics.isDefined(maps + $0 * cells, cells) }
        )
      }
    guard exit < final else { return }
    consistency = recording.attention[exit].withUnsafeBufferPointer { maps in
      recording.attention[final].withUnsafeBufferPointer { finalMaps in
        ExitConsistency(
          maps: maps.baseAddress!, grid: grid, finalMaps: finalMaps.baseAddress!,
          finalGrid: finalGrid, input: manifest.input, sampleCount: recording.sampleCount)
      }
    }
  }
}
