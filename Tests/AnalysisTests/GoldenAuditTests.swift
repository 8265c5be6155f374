import Analysis
import Foundation
import Recordings
import TensorCore
import TestSupport
import Testing

/// An audit of recordings that Python wrote, against numbers that Python computed.
///
/// Maps are interpolated in Float on both sides, with roundings of their own: 1e-6 on what depends on them, and
/// 1e-12 on the rest, which is Double throughout.
struct GoldenAuditTests {
  let golden: GoldenAudit
  let result: AuditResult

  init() throws {
    golden = try GoldenAudit.load()
    func read(_ name: String) throws -> Recording {
      try RecordingReader.read("\(GoldenAudit.folder)/\(name)")
    }
    result = try Auditor.audit(
      baseline: [read("baseline")], egt: [read("egt-1"), read("egt-2")],
      options: AuditOptions(
        threshold: golden.threshold, resamples: golden.resamples, seed: golden.seed))
  }

  private var arms: [(ModelView, GoldenAudit.Arm)] {
    [(result.baseline, golden.baseline), (result.egt, golden.egt)]
  }

  @Test func consistencyOfEveryExit() throws {
    for (arm, expected) in arms {
      try #require(arm.exits.count == expected.exits.count)
      for (exit, row) in zip(arm.exits, expected.exits) {
        #expect(exit.n == row.n)
        #expect(exit.n + exit.undefined == 12 * arm.seeds.count)
        #expect(isClose(exit.spread, row.spread, 1e-12))
        #expect(isClose(exit.entropy, row.entropy, 1e-12))
        #expect((exit[.cosine] == nil) == (row.cosine == nil))
        guard let consistency = exit.consistency else { continue }
        expectClose(consistency.cosine, row.cosine, 1e-6)
        expectClose(consistency.centred, row.centred, 1e-6)
        expectClose(consistency.excess, row.excess, 1e-6)
        #expect(isClose(consistency.null, row.null, 1e-6))
        #expect(isClose(consistency.centredNull, row.centredNull, 1e-6))
        #expect(isClose(consistency.cosineOnExitGrid, row.onExitGrid, 1e-6))
      }
    }
  }

  @Test func meanOverEarlyExits() throws {
    for (arm, expected) in arms {
      let mean = try #require(arm.mean.consistency)
      expectClose(mean.cosine, expected.mean.cosine, 1e-6)
      expectClose(mean.centred, expected.mean.centred, 1e-6)
      let excess = try #require(mean.excess)
      #expect(isClose(excess.low, expected.mean.excess.low, 1e-6))
      #expect(isClose(excess.high, expected.mean.excess.high, 1e-6))
      // The exits' own values, as they stand in the table.
      #expect(
        isClose(
          excess.value,
          (arm.exits[0][.excess]!.estimate.value + arm.exits[1][.excess]!.estimate.value) / 2,
          1e-12))
      #expect(arm.mean.n == expected.mean.n)
      #expect(
        isClose(
          arm.mean.accuracy,
          (arm.exits[0][.accuracy]!.estimate.value + arm.exits[1][.accuracy]!.estimate.value) / 2,
          1e-12)
      )
    }
  }

  @Test func accuracyAndLeaving() {
    for (arm, expected) in arms {
      for (exit, row) in zip(arm.exits, expected.exits) {
        expectClose(exit.accuracy, row.accuracy, 1e-12)
      }
      #expect(zip(arm.earlyExit.shares, expected.shares).allSatisfy { isClose($0, $1, 1e-12) })
      #expect(isClose(arm.earlyExit.meanMacs, expected.meanMacs, 1e-6))
      expectClose(arm.earlyAccuracy!.estimate, expected.leavingAccuracy, 1e-12)
      let point = arm.costCurve.first { $0.threshold == golden.threshold }
      #expect(isClose(point?.accuracy, expected.leavingAccuracy.value, 1e-12))
      #expect(isClose(point?.meanMacs, expected.meanMacs, 1e-6))
    }
  }

  private static let measures: [(Measure, String, tolerance: Double)] = [
    (.cosine, "cosine", 1e-6), (.excess, "excess", 1e-6), (.centred, "centred", 1e-6),
    (.spread, "spread", 1e-10), (.accuracy, "right", 1e-12),
  ]

  @Test func pairedDifferences() throws {
    let paired = try #require(result.paired)
    for (measure, key, tolerance) in Self.measures {
      for (index, exit) in paired.exits.enumerated() {
        #expect(exit.exit.exit == index + 1)
        guard golden.paired[key]!.indices.contains(index) else {
          #expect(exit[measure] == nil)
          continue
        }
        let expected = golden.paired[key]![index]
        expectClose(exit[measure]?.delta, expected, tolerance)
        // p moves with the place of 0 between two of 400 resamples.
        #expect(isClose(exit[measure]?.p, expected.p, 200 * tolerance))
      }
      expectClose(paired.mean[measure]?.delta, golden.pairedMean[key], tolerance)
      #expect(isClose(paired.mean[measure]?.p, golden.pairedMean[key]!.p, 200 * tolerance))
    }
  }

  @Test func effectSizes() throws {
    let paired = try #require(result.paired)
    for (exit, row) in zip(paired.exits, golden.effect["spread"]!) {
      expectClose(exit.spread?.effectSize, row, 1e-9)
    }
    for (exit, row) in zip(paired.exits, golden.effect["cosine"]!) {
      // Differences of 1e-6 over standard deviations of about 0.1.
      expectClose(exit.cosine?.effectSize, row, 3e-5)
    }
    expectClose(paired.mean[.cosine]?.effectSize, golden.effectMean, 3e-5)
  }

  @Test func everySample() throws {
    try #require(result.samples.count == 12)
    for (index, sample) in result.samples.enumerated() {
      #expect(sample.index == index)
      for (arm, expected) in [
        (sample.baseline, golden.baseline.samples[index]), (sample.egt, golden.egt.samples[index]),
      ] {
        #expect(arm.predictions == expected.predictions)
        #expect(arm.leavesAt == expected.leavesAt)
        #expect(zip(arm.confidences, expected.confidences).allSatisfy { isClose($0, $1, 1e-12) })
        #expect(zip(arm.cosines, expected.cosines + [nil]).allSatisfy { isClose($0, $1, 1e-6) })
        #expect(zip(arm.centred, expected.centred + [nil]).allSatisfy { isClose($0, $1, 1e-6) })
      }
    }
  }

  @Test func interpolationIsPyTorchs() {
    for row in golden.bilinear {
      let result = BilinearResampler(from: row.source, to: row.target).resample(row.cells)
      for (cell, value) in zip(row.kept, row.values) {
        #expect(abs(result[cell] - value) <= 1e-6, "\(row.source) to \(row.target), cell \(cell)")
      }
    }
  }
}

/// Both nil, or within the tolerance.
func isClose(_ value: Double?, _ expected: Double?, _ tolerance: Double) -> Bool {
  switch (value, expected) {
  case (nil, nil): true
  case (let value?, let expected?): abs(value - expected) <= tolerance
  default: false
  }
}

private func expectClose(
  _ estimate: Estimate?, _ expected: GoldenAudit.Interval?, _ tolerance: Double,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    isClose(estimate?.value, expected?.value, tolerance)
      && isClose(estimate?.low, expected?.low, tolerance)
      && isClose(estimate?.high, expected?.high, tolerance),
    "\(String(describing: estimate)) against \(String(describing: expected))",
    sourceLocation: sourceLocation)
}
