import Analysis
import Foundation
import Recordings
import TestSupport
import Testing

/// Calibration against scikit-learn, SciPy, torchmetrics and the loops of make_calibration.py. Both sides compute in Double:
/// 1e-9, but 1e-6 for temperatures, as SciPy finds a minimum to the square root of the last digit.
struct CalibrationTests {
  let fixture: CalibrationFixture

  init() throws { fixture = try CalibrationFixture.load() }

  private func calibration(_ row: CalibrationFixture.Case) throws -> ExitCalibration {
    let recording = answering(
      row.logits, labels: row.labels, classCount: row.classCount,
      validation: (row.validation.labels, row.validation.logits))
    let result = try Auditor.audit(
      baseline: [recording], egt: [recording], options: AuditOptions(resamples: 50))
    return try #require(result.baseline.calibration.last)
  }

  private func expectScores(
    _ scores: CalibrationScores, _ expected: CalibrationFixture.Scores, _ tolerance: Double,
    _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let pairs = [
      (scores.confidence, expected.confidence), (scores.nll.value, expected.nll),
      (scores.brier.value, expected.brier), (scores.ece.value, expected.ece),
      (scores.ece.debiased.value, max(0, expected.debiased)), (scores.ece.null, expected.null),
      (scores.ece.equalMass, expected.equalMass),
    ]
    for (index, pair) in pairs.enumerated() {
      #expect(
        isClose(pair.0, pair.1, tolerance * max(1, abs(pair.1))), "\(name), number \(index)",
        sourceLocation: sourceLocation)
    }
    #expect(
      scores.ece.isWithinChance
        == (expected.ece <= expected.null + 1.959_963_984_540_054 * expected.nullDeviation),
      "\(name)", sourceLocation: sourceLocation)
  }

  @Test func scores() throws {
    for row in fixture.cases {
      let exit = try calibration(row)
      #expect(isClose(exit.accuracy, row.scores.accuracy, 1e-12))
      expectScores(exit.scores, row.scores, 1e-9, row.name)
    }
  }

  @Test func failurePrediction() throws {
    for row in fixture.cases {
      let exit = try calibration(row)
      #expect(isClose(exit.auroc?.value, row.scores.auroc?.value, 1e-9), "\(row.name)")
      #expect(isClose(exit.auroc?.low, row.scores.auroc?.low, 1e-9), "\(row.name)")
      #expect(isClose(exit.auroc?.high, row.scores.auroc?.high, 1e-9), "\(row.name)")
      #expect(exit.aurocRecordings == (row.scores.auroc == nil ? 0 : 1))
    }
    #expect(fixture.cases.contains { $0.scores.auroc == nil })
    #expect(fixture.cases.contains { $0.scores.auroc != nil && $0.scores.auroc?.low == nil })
  }

  @Test func reliabilityBins() throws {
    for row in fixture.cases {
      let exit = try calibration(row)
      try #require(exit.bins.count == 15 && row.widths.count == 15)
      for (bin, expected) in zip(exit.bins, row.widths) {
        #expect(isClose(bin.lower, Double(expected.bin) / 15, 1e-15))
        #expect(isClose(bin.upper, Double(expected.bin + 1) / 15, 1e-15))
        expectBin(bin, expected, row.name)
      }
      try #require(exit.equalMassBins.count == row.masses.count, "\(row.name)")
      for (bin, expected) in zip(exit.equalMassBins, row.masses) {
        #expect(isClose(bin.lower, expected.lowest, 1e-12))
        #expect(isClose(bin.upper, expected.highest, 1e-12))
        expectBin(bin, expected, row.name)
      }
    }
    #expect(fixture.cases.contains { $0.masses.count < 15 }, "ties that leave bins empty")
  }

  private func expectBin(_ bin: ReliabilityBin, _ expected: CalibrationFixture.Bin, _ name: String)
  {
    #expect(bin.count == expected.count, "\(name)")
    #expect(isClose(bin.confidence, expected.confidence, 1e-9))
    #expect(isClose(bin.accuracy?.value, expected.accuracy, 1e-12))
    #expect(isClose(bin.accuracy?.low, expected.low, 1e-9))
    #expect(isClose(bin.accuracy?.high, expected.high, 1e-9))
  }

  @Test func temperatures() throws {
    for row in fixture.cases {
      let exit = try calibration(row)
      #expect((exit.scaling == nil) == (row.fit == nil), "\(row.name)")
      guard let scaling = exit.scaling, let expected = row.fit, let scaled = row.scaled else {
        continue
      }
      let fit = try #require(scaling.fits.first)
      #expect(
        isClose(fit.temperature, expected.temperature, 1e-6 * expected.temperature), "\(row.name)")
      #expect(fit.isAtBound == expected.isAtBound, "\(row.name)")
      #expect(fit.sampleCount == row.validation.labels.count)
      #expect(isClose(fit.nllBefore, expected.before, 1e-9))
      #expect(isClose(fit.nllAfter, expected.after, 1e-9))
      #expect(fit.nllAfter <= fit.nllBefore)
      expectScores(scaling.scores, scaled, 2e-6, row.name)
      #expect(isClose(scaling.change.nll.value, scaled.nll - row.scores.nll, 1e-5))
      #expect(isClose(scaling.change.brier.value, scaled.brier - row.scores.brier, 1e-5))
      #expect(
        isClose(
          scaling.change.ece.value, max(0, scaled.debiased) - max(0, row.scores.debiased), 1e-5))
    }
    #expect(fixture.cases.contains { $0.fit?.isAtBound == true && $0.fit?.temperature == 20 })
    #expect(fixture.cases.contains { $0.fit?.isAtBound == true && $0.fit?.temperature == 0.05 })
    #expect(fixture.cases.contains { $0.fit == nil })
  }

  /// Means over an arm's recordings, and differences.
  @Test func severalRecordings() throws {
    let pair = fixture.pair
    func recordings(_ logits: [[Float]]) -> [Recording] {
      logits.map { answering($0, labels: pair.labels, classCount: pair.classCount) }
    }
    let result = try Auditor.audit(
      baseline: recordings(pair.baseline), egt: recordings(pair.egt),
      options: AuditOptions(resamples: 50))
    for (arm, expected) in [(result.baseline, pair.left), (result.egt, pair.right)] {
      let exit = try #require(arm.calibration.first)
      #expect(isClose(exit.scores.nll.value, expected.nll, 1e-9))
      #expect(isClose(exit.scores.brier.value, expected.brier, 1e-9))
      #expect(isClose(exit.scores.ece.value, expected.ece, 1e-9))
      #expect(isClose(exit.scores.ece.debiased.value, expected.debiased, 1e-9))
      #expect(isClose(exit.scores.ece.null, expected.null, 1e-9))
      #expect(isClose(exit.auroc?.value, expected.auroc.value, 1e-9))
      #expect(isClose(exit.auroc?.low, expected.auroc.low, 1e-9))
      #expect(isClose(exit.auroc?.high, expected.auroc.high, 1e-9))
      #expect(exit.aurocRecordings == arm.seeds.count)
      for (bin, row) in zip(exit.bins, expected.bins) {
        #expect(bin.count == row.count)
        #expect(isClose(bin.accuracy?.value, row.accuracy, 1e-9))
        // As wide as for the images alone, not for the answers.
        let z = 1.959_963_984_540_054
        if let share = row.accuracy, let low = bin.accuracy?.low, let high = bin.accuracy?.high {
          let n = Double(row.images)
          let reach = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
          #expect(isClose(high - low, 2 * reach / (1 + z * z / n), 1e-9) || low == 0 || high == 1)
        }
      }
      #expect(exit.scaling == nil, "no validation answers")
    }
    let paired = try #require(result.paired?.calibration.first)
    #expect(isClose(paired.difference.nll.value, pair.right.nll - pair.left.nll, 1e-9))
    #expect(isClose(paired.difference.brier.value, pair.right.brier - pair.left.brier, 1e-9))
    #expect(isClose(paired.difference.ece.value, pair.right.debiased - pair.left.debiased, 1e-9))
    #expect(isClose(paired.auroc?.value, pair.auroc.value, 1e-9))
    #expect(isClose(paired.auroc?.low, pair.auroc.low, 1e-9))
    #expect(isClose(paired.auroc?.high, pair.auroc.high, 1e-9))
    #expect(paired.scaled == nil)
  }
}
