import Analysis
import Foundation
import Recordings
import TensorCore
import TestSupport
import Testing

/// `EXITLENS_TIME_AUDIT=1 swift test -c release --filter AuditSpeedTests` prints how long audits take.
struct AuditSpeedTests {
  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["EXITLENS_TIME_AUDIT"] != nil),
    arguments: [1_364, 10_000])
  func time(sampleCount: Int) throws {
    let sides = [32, 16, 8, 4, 4]
    let grids = sides.map { GridSize(height: $0, width: $0) }
    let input = GridSize(height: 64, width: 64)
    func make(_ seed: UInt64) -> Recording {
      var generator = SeededGenerator(seed: seed)
      return syntheticRecording(
        sampleCount: sampleCount, grids: grids, input: input, classCount: 9,
        map: { uniformMap(grids[$1].count, &generator) },
        prediction: { ($0 * 7 + $1 + Int(seed)) % 3 })
    }
    let baseline = make(1)
    let egt = make(2)
    for resamples in [1, 10_000] {
      let processor = clock()
      let elapsed = try ContinuousClock().measure {
        _ = try Auditor.audit(
          baseline: [baseline], egt: [egt], options: AuditOptions(resamples: resamples))
      }
      let seconds = Double(clock() - processor) / Double(CLOCKS_PER_SEC)
      print(
        "\(sampleCount) samples, \(resamples) resamples: \(elapsed), \(seconds) s of processor time"
      )
    }
  }
}
