import Analysis
import Recordings
import Report
import TensorCore
import TestSupport
import Testing

/// The efficiency page and its tables, from audits of recordings.
@Suite struct EfficiencyPageTests {
  private func audit(
    validation: Bool = true, latency: Bool = false, runs: Int = 1,
    targets: [ThresholdTarget] = [.belowFinal(0.01), .budget(0.5)]
  ) throws -> SyntheticAudit {
    var audit = SyntheticAudit(samples: 40)
    var random = SeededGenerator(seed: 5, stream: "validation")
    for arm in [\SyntheticAudit.baseline, \SyntheticAudit.egt] {
      if validation {
        audit[keyPath: arm][0].validation = Recording.Answers(
          labels: (0..<24).map { $0 % 3 },
          logits: (0..<5).map { _ in (0..<72).map { _ in Float(random.normal()) } })
      }
      if latency {
        audit[keyPath: arm][0].manifest.latency = MeasuredLatency(
          exits: (1...5).map {
            .init(mean: Double($0) + 0.25, median: Double($0), p5: 0.5, p95: 9)
          },
          earlyStop: .init(
            threshold: 0.9, times: .init(mean: 2.5, median: 2.345, p5: 1, p95: 5),
            shares: [0.2, 0.2, 0.2, 0.2, 0.2], speedup: 1.75),
          images: 40, rounds: 5, threads: 2, machine: [.init("CPU", "<b>fast</b>")])
      }
      for exit in 0..<5 {
        audit[keyPath: arm][0].manifest.exits[exit].parameters = 1500 * (exit + 1)
      }
      // Runs that answer alike, from other seeds.
      audit[keyPath: arm] = (0..<runs).map { run in
        var recording = audit[keyPath: arm][0]
        recording.manifest.provenance?.seed = UInt64(run + 1)
        recording.attention[0][0] += 1e-4 * Float(run)
        return recording
      }
    }
    var options = AuditOptions(resamples: 100)
    options.targets = targets
    audit.result = try Auditor.audit(baseline: audit.baseline, egt: audit.egt, options: options)
    return audit
  }

  @Test func everyPrintedNumberIsInATable() throws {
    let audit = try audit()
    let report = try WrittenReport(audit)
    #expect(problems(in: report.files) == [])
    let words = try report.words("efficiency.html")
    let ledger = try #require(audit.result.baseline.ledger)
    let rows = try report.table("ledger.csv").filter { $0["model"] == "Baseline" }
    #expect(rows.map { $0["run"] } == ["all", "all", "all", "all", "all"])
    #expect(rows.map { $0["leaving"] } == ledger.exits.map { "\($0.count)" })
    #expect(rows[0]["parameters"] == "1500" && words.contains("10.0 1,500 "))
    let thresholds = try report.table("thresholds.csv").filter { $0["model"] == "EGT" }
    #expect(thresholds.map { $0["policy"] }.count == 8)
    let chosen = try #require(audit.result.egt.ledger?.policies[0].choices[0].chosen)
    #expect(Double(thresholds[0]["accuracy"]!) == chosen.accuracy.value)
    #expect(Double(thresholds[0]["accuracy_minus_final_low"]!) == chosen.belowFinal.low)
    #expect(thresholds[0]["target"] == "below final accuracy")
    #expect(thresholds[1]["target"] == "share of final cost")
    #expect(thresholds[0]["validation_samples"] == "24")
    let points: Int = audit.result.egt.ledger!.policies.map(\.curve.count).reduce(0, +)
    #expect(try report.table("policies.csv").count == 2 * points)
    let over = try report.table("overthinking.csv").filter { $0["model"] == "EGT" }
    #expect(over.map { $0["part"] } == ["wasteful", "destructive", "needed", "never", "oracle"])
    let counted: Int = over.prefix(4).map { Int($0["count"]!)! }.reduce(0, +)
    #expect(counted == 40)
    #expect(words.contains("Unattainable upper bound"))
    let paired = try report.table("ledger-paired.csv")
    #expect(paired.count == 1 + 8 + 4)
    let delta = try #require(audit.result.paired?.ledger?.destructive)
    #expect(paired[10]["what"] == "destructive" && Double(paired[10]["delta"]!) == delta.value)
    #expect(words.contains("at most 1 percentage point below the final exit’s"))
    #expect(words.contains("at most 50 % of the final exit’s"))
  }

  @Test func jsonHasTheLedger() throws {
    let audit = try audit(latency: true)
    let report = try WrittenReport(audit)
    func rows(_ table: String) throws -> [[String: Any]] {
      try report.rows(table).filter { $0["model"] as? String == "EGT" }
    }
    #expect(try rows("ledger").count == 5)
    let thresholds = try rows("thresholds")
    #expect(
      Set(thresholds.compactMap { $0["policy"] as? String }) == [
        "confidence", "entropy", "margin", "patience",
      ])
    let margin = thresholds.filter { $0["policy"] as? String == "margin" }
    #expect(margin[0]["validationSamples"] as? Int == 24)
    #expect(margin[1]["target"] as? String == "share of final cost")
    #expect((margin[1]["accuracy"] as? [String: Any])?["value"] is Double)
    #expect(try rows("latency").last?["speedup"] as? Double == 1.75)
    #expect(try rows("times").first?["speedup"] as? Double == 1.75)
  }

  @Test func withoutValidationOrTimesItSaysSo() throws {
    let report = try WrittenReport(audit(validation: false))
    #expect(problems(in: report.files) == [])
    let words = try report.words("efficiency.html")
    #expect(words.contains("not possible, no validation answers in the recording."))
    #expect(words.contains("Not measured. Times depend on the machine and its load"))
    #expect(!words.contains("budgeted: accuracy"))
    let rows = try report.table("thresholds.csv")
    #expect(rows.allSatisfy { $0["not_possible"] == "no validation answers in the recording" })
    #expect(rows.allSatisfy { $0["accuracy"] == "" })
    #expect(try report.table("latency.csv").isEmpty)
  }

  @Test func measuredTimesAreShown() throws {
    let report = try WrittenReport(audit(latency: true))
    #expect(problems(in: report.files) == [])
    let words = try report.words("efficiency.html")
    #expect(words.contains("Early stop confidence ≥ 0.90 Baseline 2.500 2.345 1.000 5.000 1.75"))
    #expect(words.contains("40 images, 5 rounds, 2 threads; CPU <b>fast</b>."))
    #expect(words.contains("The models run the same blocks"))
    let rows = try report.table("latency.csv")
    #expect(rows.count == 12 && rows[5]["speedup"] == "1.75" && rows[0]["median_ms"] == "1")
    #expect(rows[0]["mean_ms"] == "1.25" && rows[5]["mean_ms"] == "2.5")
  }

  @Test func eachRunIsInTheTables() throws {
    let report = try WrittenReport(audit(runs: 2))
    #expect(problems(in: report.files) == [])
    let rows = try report.table("ledger.csv").filter { $0["model"] == "EGT" && $0["exit"] == "1" }
    #expect(rows.map { $0["run"] } == ["all", "1", "2"])
    #expect(Int(rows[0]["leaving"]!)! == 2 * Int(rows[1]["leaving"]!)!)
  }

  @Test(arguments: ExitPolicy.allCases)
  func anotherPolicysCurvesAreDrawn(policy: ExitPolicy) throws {
    var options = ReportOptions()
    options.policy = policy
    let report = try WrittenReport(audit(targets: [.accuracy(1), .budget(0)]), options)
    #expect(problems(in: report.files) == [])
    let words = try report.words("efficiency.html")
    #expect(words.contains("Accuracy and cost by \(policy.rawValue) setting"))
    #expect(words.contains("no setting reaches it on the validation answers of the recording"))
    #expect(words.contains(policy == .patience ? "Patience t" : "Threshold τ"))
  }
}
