import Analysis
import Report
import TestSupport
import Testing

/// The sentences follow the interval, not the value.
@Suite struct VerdictTests {
  private func words(_ change: (inout AuditResult) -> Void) throws -> String {
    var audit = SyntheticAudit(samples: 8)
    change(&audit.result)
    return try WrittenReport(audit, ReportOptions(gallery: .atMost(1))).words("index.html")
  }

  @Test func intervalAboveZero() throws {
    let words = try words { _ in }
    #expect(words.contains("With EGT, the early exits’ maps agree more with the final exit’s."))
    #expect(words.contains("EGT 0.750 [0.730, 0.770] against a null of 0.400"))
    #expect(words.contains("difference +0.300 [+0.288, +0.312] over images."))
    #expect(words.contains("From Baseline to EGT the null moves by +0.150, the excess by +0.150."))
    #expect(words.contains("No difference detected in final accuracy."))
    #expect(words.contains("difference +0.3 points [−0.9, +1.5] over images."))
  }

  @Test func intervalBelowZero() throws {
    let words = try words { result in
      result.paired?.mean[.cosine]?.estimate = Estimate(-0.1, low: -0.2, high: -0.05)
      result.paired?.exits[4][.accuracy]?.estimate = Estimate(-0.02, low: -0.03, high: -0.01)
    }
    #expect(words.contains("With EGT, the early exits’ maps agree less"))
    #expect(words.contains("With EGT, the final exit is right less often."))
  }

  @Test func intervalThatCoversZero() throws {
    let words = try words { result in
      result.paired?.mean[.cosine]?.estimate = Estimate(0.1, low: -0.01, high: 0.2)
      result.paired?.mean[.centred]?.estimate = Estimate(0.1, low: 0, high: 0.2)
    }
    #expect(words.contains("No difference detected in how far the early exits’ maps agree"))
    #expect(words.contains("No difference detected once each map’s mean is taken out."))
  }

  @Test func noIntervalNoClaim() throws {
    let words = try words { result in
      result.paired?.mean[.cosine]?.estimate = Estimate(0.1)
    }
    #expect(words.contains("How far the early exits’ maps agree with the final exit’s."))
    #expect(!words.contains("agree more"))
  }

  @Test func excessThatCoversZeroIsNoAgreement() throws {
    let words = try words { result in
      result.egt.mean[.excess]?.estimate = Estimate(0.01, low: -0.01, high: 0.03)
      result.baseline.mean[.excess] = nil
    }
    #expect(!words.contains("agree beyond what maps"))
  }

  @Test func refusedPairingStatesNoDifference() throws {
    let words = try words { result in
      result.paired = nil
      result.pairingRefusal = "EGT has 12 samples, Baseline 8"
    }
    #expect(words.contains("Reason: EGT has 12 samples, Baseline 8."))
    #expect(!words.contains("; difference +"))
  }

  @Test func oneRunPerModelIsNotEnough() throws {
    let one = try words { _ in }
    #expect(one.contains("How far this reaches is unknown."))
    #expect(one.contains("of differences over 8 test images, for these two networks"))
    let two = try words { result in
      result.baseline.seeds = [1, 2]
      result.egt.seeds = [1, 2]
    }
    #expect(two.contains("Training runs: 2 Baseline, 2 EGT."))
    #expect(two.contains("With fewer than three runs per model, another seed may"))
  }

  /// With several runs a claim rests on images and runs, and says so.
  @Test func severalRunsDecide() throws {
    func words(low: Double) throws -> String {
      var audit = SyntheticAudit(samples: 8)
      audit.addRuns(low: low)
      return try WrittenReport(audit, ReportOptions(gallery: .atMost(1))).words("index.html")
    }
    let clear = try words(low: 0.1)
    #expect(clear.contains("With EGT, the early exits’ maps agree more"))
    #expect(clear.contains("EGT 0.750 ± 0.020 [0.730, 0.770]"))
    #expect(clear.contains("difference +0.300 [+0.100, +0.500] over images and 3 pairs of runs."))
    #expect(clear.contains("What the intervals cover."))
    let scattered = try words(low: -0.1)
    #expect(!scattered.contains("agree more"))
    #expect(scattered.contains("No difference detected in how far the early exits’ maps agree"))
    #expect(scattered.contains("These 6 networks differ, but their runs scatter too much"))
  }

  /// Where the exact test does not reject, an interval that just excludes 0 is no finding.
  @Test func exactTestHasAVote() throws {
    let words = try words { result in
      result.paired?.exits[4][.accuracy] = Number(
        delta: Estimate(0.02, low: 0.001, high: 0.04), p: 0.06)
    }
    #expect(words.contains("No difference detected in final accuracy."))
  }
}
