import Recordings
import TensorCore

/// One arm's recordings, scanned, and the series that its numbers are means of: per sample, the mean over the arm's
/// recordings (seeds) in which the number is defined.
struct ArmScan: Sendable {
  var name: ArmResult.Name
  /// [recording][exit]
  var exits: [[ExitScan]]
  /// [recording], at the audit's threshold.
  var simulations: [EarlyExitSimulation]

  var exitCount: Int { exits[0].count }
  var sampleCount: Int { exits[0][0].answers.isRight.count }
  var recordingCount: Int { exits.count }

  /// Scans both arms, every exit of every recording on a core of its own.
  static func scan(
    baseline: [Recording], egt: [Recording], threshold: Double
  ) -> (baseline: ArmScan, egt: ArmScan) {
    let recordings = baseline + egt
    let exitCount = recordings[0].exitCount
    let scans = ParallelLoop.map(recordings.count * exitCount) {
      ExitScan(recordings[$0 / exitCount], exit: $0 % exitCount)
    }
    func arm(_ name: ArmResult.Name, _ range: Range<Int>) -> ArmScan {
      let exits = range.map { Array(scans[$0 * exitCount..<($0 + 1) * exitCount]) }
      return ArmScan(
        name: name, exits: exits,
        simulations: exits.map { EarlyExitSimulation($0.map(\.answers), threshold: threshold) })
    }
    return (arm(.baseline, 0..<baseline.count), arm(.egt, baseline.count..<recordings.count))
  }

  /// A consistency series of an early exit.
  /// - Parameter exit: from 0.
  func series(exit: Int, _ path: (ExitConsistency) -> [Double?]) -> [Double?] {
    average(exits.map { path($0[exit].consistency!) })
  }

  /// A series of an exit's maps alone.
  func mapSeries(exit: Int, _ path: (ExitScan) -> [Double?]) -> [Double?] {
    average(exits.map { path($0[exit]) })
  }

  /// The share of recordings that answer each sample rightly at an exit.
  func rightness(exit: Int) -> [Double?] {
    average(exits.map { $0[exit].answers.isRight.map { $0 ? 1 : 0 } })
  }

  /// The share of recordings that answer each sample rightly where it leaves.
  func rightnessOnLeaving() -> [Double?] {
    average(simulations.map { $0.isRight.map { $0 ? 1 : 0 } })
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

  private func average(_ lists: [[Double?]]) -> [Double?] {
    guard lists.count > 1 else { return lists[0] }
    return lists[0].indices.map { sample in lists.map { $0[sample] }.definedMean }
  }
}
