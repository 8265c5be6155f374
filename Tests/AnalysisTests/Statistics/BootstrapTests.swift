import Analysis
import Foundation
import Recordings
import TensorCore
import TestSupport
import Testing

/// What an audit's intervals must do. Their digits are checked in GoldenAuditTests, their coverage in CoverageTests.
struct BootstrapTests {
  static let line = GridSize(height: 1, width: 2)

  /// One early exit whose cosine with the final map (1, 0) is cos θ, θ uniform on 0…0.7, and whose answers are
  /// right with a given chance.
  private func draw(_ count: Int, chance: Double, _ generator: inout SeededGenerator) -> Recording {
    let angles = (0..<count).map { _ in generator.uniform(0, 0.7) }
    let answers = (0..<count).map { _ in generator.uniform() < chance ? 0 : 1 }
    return syntheticRecording(
      sampleCount: count, grids: [Self.line, Self.line], input: Self.line,
      map: { $1 == 1 ? [1, 0] : [Float(cos(angles[$0])), Float(sin(angles[$0]))] },
      prediction: { sample, _ in answers[sample] })
  }

  /// The excess of unrelated maps is 0, and its null is estimated from the same few samples.
  @Test func excessIntervalCoversZero() throws {
    var generator = SeededGenerator(seed: 2)
    let grid = GridSize(height: 3, width: 3)
    var hits = 0
    for _ in 0..<400 {
      let recording = syntheticRecording(sampleCount: 40, grids: [grid, grid], input: grid) {
        _, _ in
        uniformMap(9, &generator)
      }
      let result = try Auditor.audit(
        baseline: [recording], egt: [recording], options: AuditOptions(resamples: 400))
      let excess = try #require(result.baseline.exits[0][.excess]?.estimate)
      if excess.low! <= 0, excess.high! >= 0 { hits += 1 }
    }
    #expect((362...392).contains(hits), "\(hits)")
  }

  /// p-values of a true null are uniform: about 5 % below 0.05, and never 0.
  @Test func pValuesAreCalibrated() throws {
    var generator = SeededGenerator(seed: 3)
    var small = 0
    for _ in 0..<400 {
      let result = try Auditor.audit(
        baseline: [draw(80, chance: 1, &generator)], egt: [draw(80, chance: 1, &generator)],
        options: AuditOptions(resamples: 400))
      let p = try #require(result.paired?.exits[0].p)
      #expect(p > 0 && p <= 1)
      if p < 0.05 { small += 1 }
    }
    #expect((7...34).contains(small), "\(small)")
  }

  @Test func sameSeedSameNumbers() throws {
    var generator = SeededGenerator(seed: 4)
    let arms = (draw(30, chance: 0.5, &generator), draw(30, chance: 0.5, &generator))
    func audit(_ seed: UInt64) throws -> PairedExitView {
      try Auditor.audit(
        baseline: [arms.0], egt: [arms.1], options: AuditOptions(resamples: 1000, seed: seed)
      ).paired!.exits[0]
    }
    let first = try audit(1)
    #expect(try audit(1).deltaCosine == first.deltaCosine)
    #expect(try audit(1).deltaAccuracy == first.deltaAccuracy)
    #expect(try audit(2).deltaCosine != first.deltaCosine)
  }
}
