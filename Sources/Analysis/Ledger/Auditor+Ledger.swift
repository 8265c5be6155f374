import Recordings
import TensorCore

extension Auditor {
  /// Each recording's answers on a core of its own, then each arm's intervals.
  static func addLedgers(
    to left: inout ArmResult, _ right: inout ArmResult, _ baseline: [Recording],
    _ egt: [Recording], _ options: AuditOptions
  ) {
    let recordings = baseline + egt
    let runs = ParallelLoop.map(recordings.count) { LedgerRun(recordings[$0], options) }
    func ledgers(_ range: Range<Int>) -> (whole: ExitLedger, seeds: [ExitLedger]) {
      let manifest = recordings[range.lowerBound].manifest
      let runs = Array(runs[range])
      let seeds =
        runs.count == 1
        ? [] : runs.map { ExitLedger([$0], manifest, options, hasIntervals: false) }
      return (ExitLedger(runs, manifest, options, hasIntervals: true), seeds)
    }
    (left.ledger, left.seedLedgers) = ledgers(0..<baseline.count)
    (right.ledger, right.seedLedgers) = ledgers(baseline.count..<recordings.count)
  }
}
