import Recordings
import TensorCore

/// A model's recordings, scanned, and the series that its numbers are means of: per sample, the mean over the recordings
/// (seeds) in which the number is defined.
struct ModelScan: Sendable {
  /// [recording][exit]
  var exits: [[ExitScan]]
  /// [recording]
  var pairs: [ExitPairs]
  var labels: [Int]
  /// Where maps are compared.
  var input: GridSize
  /// Where they are compared by concentration, the same for all models; nil where there is no such grid.
  var sharedGrid: GridSize?
  /// [recording]: where samples leave at the audit's threshold.
  var outcomes: [PolicyOutcome]

  var exitCount: Int { exits[0].count }
  var sampleCount: Int { exits[0][0].answers.isRight.count }
  var recordingCount: Int { exits.count }

  /// Scans a model's recordings, one after another, each on all cores.
  /// - Parameters:
  ///   - recordings: of one model; they have the same grids.
  ///   - sharedGrid: the resolution at which all exits of all models are compared; see `SharedGridMaps`.
  ///   - functions: what is computed of two maps there; see `MapFunction`.
  ///   - seed: of the images that stand in for unrelated ones.
  init(
    _ recordings: [Recording], sharedGrid: GridSize?, functions: [MapFunction], threshold: Double,
    seed: UInt64
  ) throws(RecordingFault) {
    var scans: [RecordingScan] = []
    for recording in recordings {
      scans.append(
        try RecordingScan(recording, sharedGrid: sharedGrid, functions: functions, seed: seed))
    }
    exits = scans.map(\.exits)
    pairs = scans.map(\.pairs)
    labels = recordings[0].labels
    input = recordings[0].manifest.input
    self.sharedGrid = sharedGrid
    outcomes = exits.map { PolicyOutcome($0.map(\.answers), threshold: threshold) }
  }

  /// A consistency series of an early exit.
  /// - Parameter exit: from 0.
  func series(exit: Int, _ path: (ExitConsistency) -> Column) -> Column {
    Self.average(exits.map { path($0[exit].consistency!) })
  }

  /// The share of recordings that answer each sample rightly at an exit.
  func rightness(exit: Int) -> Column {
    Self.average(exits.map { Column($0[exit].answers.isRight.lazy.map { $0 ? 1 : 0 }) })
  }

  /// The share of recordings that answer each sample rightly where it leaves.
  func rightnessOnLeaving() -> Column {
    Self.average(outcomes.map { Column($0.isRight.lazy.map { $0 ? 1 : 0 }) })
  }

  /// Samples that are defined at an exit, over all recordings: for an early exit those with a cosine, for the
  /// final one those whose own map is defined.
  func definedCount(exit: Int) -> Int {
    exits.reduce(0) { count, scans in
      count
        + (scans[exit].consistency?.cosine.count { $0 != nil }
          ?? scans[exit].isMapDefined.count { $0 })
    }
  }

  /// Per sample, the mean over the lists in which it is defined.
  static func average(_ lists: [Column]) -> Column {
    guard lists.count > 1 else { return lists[0] }
    return Column(lists[0].indices.lazy.map { sample in lists.map { $0[sample] }.definedMean })
  }
}
