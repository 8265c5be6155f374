import Analysis
import Recordings
import TensorCore
import TestSupport

/// Exit ledgers as an audit makes them, of answers from a seed.
enum SampleLedgers {
  /// Answers that get better from exit to exit; the maps are of no interest.
  static func recording(
    seed: UInt64, macs: [Double] = SampleResults.macs, hasValidation: Bool = true
  ) -> Recording {
    var random = SeededGenerator(seed: seed, stream: "ledgers")
    let grid = GridSize(height: 1, width: 2)
    func answers(_ count: Int) -> Recording.Answers {
      let labels = (0..<count).map { $0 % 3 }
      var logits: [[Float]] = []
      for exit in macs.indices {
        var rows: [Float] = []
        for label in labels {
          for index in 0..<3 {
            let lead = index == label ? 1 + 0.8 * Double(exit) : 0
            rows.append(Float(1.5 * random.normal() + lead))
          }
        }
        logits.append(rows)
      }
      return Recording.Answers(labels: labels, logits: logits)
    }
    let tested = answers(90)
    return Recording(
      manifest: RecordingManifest(
        classNames: ["a", "b", "c"], input: grid, channels: 1,
        exits: macs.map { .init(grid: grid, macs: $0) }, attentionKind: nil, split: "test"),
      labels: tested.labels, logits: tested.logits,
      attention: macs.map { _ in (0..<90).flatMap { _ in [Float(random.uniform()), 1] } },
      images: nil, validation: hasValidation ? answers(60) : nil)
  }

  static func audit(
    macs: [Double] = SampleResults.macs, hasValidation: Bool = true
  ) -> AuditResult {
    do {
      return try Auditor.audit(
        baseline: [recording(seed: 1, macs: macs, hasValidation: hasValidation)],
        egt: [recording(seed: 2, macs: macs, hasValidation: hasValidation)],
        options: AuditOptions(resamples: 100))
    } catch {
      fatalError("\(error)")
    }
  }

  static let usual = audit()
  static let withoutValidation = audit(hasValidation: false)
  static let withoutCosts = audit(macs: [0, 0, 0])

  static func latency(_ factor: Double) -> MeasuredLatency {
    func times(_ value: Double) -> MeasuredLatency.Times {
      .init(
        mean: factor * value, median: factor * value, p5: factor * 0.9 * value,
        p95: factor * 1.4 * value)
    }
    return MeasuredLatency(
      exits: [0.0423, 0.7, 1.3, 2.1, 12.4].map(times),
      earlyStop: .init(
        threshold: 0.9, times: times(1.1), shares: [0.2, 0.2, 0.2, 0.2, 0.2], speedup: 2.2),
      images: 200, rounds: 5, threads: 2, machine: [.init("CPU", "a CPU")])
  }
}
