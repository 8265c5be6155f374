import Recordings
import TensorCore

/// One arm's recordings, scanned, and the series that its numbers are means of: per sample, the mean over the arm's
/// recordings (seeds) in which the number is defined.
struct ModelScan: Sendable {
  var name: ModelResult.Arm
  /// [recording][exit]
  var exits: [[ExitScan]]
  /// [recording]
  var pairs: [ExitPairs]
  var labels: [Int]
  /// Where maps are compared.
  var input: GridSize
  /// Where they are compared by concentration, the same in both arms; nil where there is no such grid.
  var sharedGrid: GridSize?
  /// [recording]: where samples leave at the audit's threshold.
  var outcomes: [PolicyOutcome]

  var exitCount: Int { exits[0].count }
  var sampleCount: Int { exits[0][0].answers.isRight.count }
  var recordingCount: Int { exits.count }

  /// Scans both arms, one recording after another, each on all cores.
  /// - Parameter knownBaseline: an earlier scan of the same baseline at the same threshold; used where it fits this
  ///   EGT's grids.
  static func scan(
    baseline: [Recording], egt: [Recording], threshold: Double, knownBaseline: ModelScan? = nil
  ) throws(RecordingFault) -> (baseline: ModelScan, egt: ModelScan) {
    // The recordings of an arm have the same grids.
    let sharedGrid = SharedGridMaps.grid(of: [baseline[0].manifest, egt[0].manifest])
    func arm(
      _ name: ModelResult.Arm, _ recordings: [Recording]
    ) throws(RecordingFault) -> ModelScan {
      var scans: [RecordingScan] = []
      for recording in recordings {
        scans.append(try RecordingScan(recording, sharedGrid: sharedGrid))
      }
      let exits = scans.map(\.exits)
      return ModelScan(
        name: name, exits: exits, pairs: scans.map(\.pairs), labels: recordings[0].labels,
        input: recordings[0].manifest.input, sharedGrid: sharedGrid,
        outcomes: exits.map { PolicyOutcome($0.map(\.answers), threshold: threshold) })
    }
    if let knownBaseline, knownBaseline.sharedGrid == sharedGrid {
      return (knownBaseline, try arm(.egt, egt))
    }
    return (try arm(.baseline, baseline), try arm(.egt, egt))
  }

  /// A consistency series of an early exit.
  /// - Parameter exit: from 0.
  func series(exit: Int, _ path: (ExitConsistency) -> Column) -> Column {
    Self.average(exits.map { path($0[exit].consistency!) })
  }

  /// A series of an exit's maps alone.
  func mapSeries(exit: Int, _ path: (ExitScan) -> Column) -> Column {
    Self.average(exits.map { path($0[exit]) })
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

  /// Samples that are defined at every one of some early exits, over all recordings.
  func definedCount(atEvery earlyExits: [Int]) -> Int {
    guard !earlyExits.isEmpty else { return 0 }
    return exits.reduce(0) { count, scans in
      count
        + (0..<sampleCount).count { sample in
          earlyExits.allSatisfy { scans[$0].consistency!.cosine[sample] != nil }
        }
    }
  }

  /// Samples at which a number of an exit is defined, over all recordings.
  func count(exit: Int, _ path: (ExitScan) -> Column) -> Int {
    exits.reduce(0) { $0 + path($1[exit]).count { $0 != nil } }
  }

  /// Per sample, the mean over the lists in which it is defined.
  static func average(_ lists: [Column]) -> Column {
    guard lists.count > 1 else { return lists[0] }
    return Column(lists[0].indices.lazy.map { sample in lists.map { $0[sample] }.definedMean })
  }
}
