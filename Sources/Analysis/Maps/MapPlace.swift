import Recordings
import TensorCore

/// The maps of one exit of one recording, read sample by sample.
struct MapPlace: Sendable {
  let maps: MapTensor
  let grid: GridSize

  /// - Parameter exit: from 0.
  init(_ recording: Recording, exit: Int) {
    maps = recording.attention[exit]
    grid = recording.manifest.exits[exit].grid
  }

  static func final(of recording: Recording) -> MapPlace {
    MapPlace(recording, exit: recording.exitCount - 1)
  }

  /// - Parameter result: room for the samples' cells.
  func read(
    _ samples: Range<Int>, into result: UnsafeMutablePointer<Float>
  ) throws(RecordingFault) {
    try maps.read(
      samples.lowerBound * grid.count..<samples.upperBound * grid.count, into: result)
  }
}
