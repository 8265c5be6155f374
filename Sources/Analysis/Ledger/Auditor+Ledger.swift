import Recordings
import TensorCore

extension Auditor {
  /// Each recording's answers on a core of its own, then each arm's intervals, then those of their difference.
  static func addLedgers(
    to left: inout ModelResult, _ right: inout ModelResult, paired: inout PairedResult?,
    _ baseline: [Recording], _ egt: [Recording], _ options: AuditOptions
  ) {
    let recordings = baseline + egt
    let runs = ParallelLoop.map(recordings.count) { LedgerRun(recordings[$0], options) }
    let arms = [Array(runs[..<baseline.count]), Array(runs[baseline.count...])]
    let manifests = [baseline[0].manifest, egt[0].manifest]
    let whole = zip(arms, manifests).map {
      ExitLedger($0, $1, options, hasIntervals: true)
    }
    let alone = zip(arms, manifests).map { runs, manifest in
      runs.count == 1
        ? [] : runs.map { ExitLedger([$0], manifest, options, hasIntervals: false) }
    }
    (left.ledger, left.seedLedgers) = (whole[0], alone[0])
    (right.ledger, right.seedLedgers) = (whole[1], alone[1])
    if paired != nil {
      paired?.ledger = PairedLedger(baseline: arms[0], egt: arms[1], options)
    }
  }
}
