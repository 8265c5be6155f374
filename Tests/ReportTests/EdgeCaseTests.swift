import Analysis
import FileKit
import Recordings
import Report
import TensorCore
import TestSupport
import Testing

@Suite struct EdgeCaseTests {
  private func isSound(_ audit: SyntheticAudit, _ options: ReportOptions = ReportOptions()) throws {
    let report = try WrittenReport(audit, options)
    #expect(problems(in: report.files) == [])
    _ = try report.json()
  }

  @Test func oneSample() throws { try isSound(SyntheticAudit(samples: 1)) }

  @Test func oneClass() throws { try isSound(SyntheticAudit(samples: 4, classNames: ["only"])) }

  @Test func twoHundredClasses() throws {
    try isSound(SyntheticAudit(samples: 210, classNames: (0..<200).map { "class \($0)" }))
  }

  @Test func noSample() throws {
    var audit = SyntheticAudit(samples: 0)
    for arm in [\AuditResult.baseline, \AuditResult.egt] {
      audit.result[keyPath: arm].mean = MeanView([.accuracy: Number(Estimate(.nan))])
      for exit in 0..<5 {
        audit.result[keyPath: arm].exits[exit].numbers = PlaceNumbers([
          .accuracy: Number(Estimate(.nan))
        ])
      }
      audit.result[keyPath: arm].costCurve = []
      audit.result[keyPath: arm].earlyExit = EarlyExitResult(
        threshold: 0.9, shares: [Double](repeating: .nan, count: 5), meanMacs: nil)
      audit.result[keyPath: arm].earlyAccuracy = Number(Estimate(.nan))
    }
    audit.result.paired = nil
    try isSound(audit)
  }

  @Test func nothingProvided() throws {
    var audit = SyntheticAudit(samples: 5)
    for arm in [\SyntheticAudit.baseline, \SyntheticAudit.egt] {
      audit[keyPath: arm][0].manifest.provenance = nil
      audit[keyPath: arm][0].manifest.identifiers = nil
      audit[keyPath: arm][0].manifest.attentionKind = nil
      audit[keyPath: arm][0].images = nil
    }
    audit.result.egt.lambda = nil
    audit.result.egt.stopGradient = nil
    audit.result.egt.seeds = [nil]
    let report = try WrittenReport(audit)
    #expect(problems(in: report.files) == [])
    #expect(!report.files.contains { $0.name == "training.html" })
    #expect(try report.words("index.html").contains("unnamed data"))
    #expect(try report.words("gallery-1.html").contains("grey where one cannot be read"))
    #expect(try report.words("provenance.html").contains("SHA-256 not provided"))
  }

  @Test func severalRunsAnArm() throws {
    var audit = SyntheticAudit(samples: 6)
    audit.egt.append(audit.egt[0])
    audit.egt[1].manifest.provenance?.seed = .max
    audit.egt[1].manifest.provenance?.settings?.append(.init("only here", "x"))
    audit.result.egt.seeds = [1, .max]
    let report = try WrittenReport(audit)
    #expect(problems(in: report.files) == [])
    let words = try report.words("provenance.html")
    #expect(words.contains("Seed 1 18446744073709551615"))
    #expect(words.contains("only here not provided x"))
    #expect(try report.words("gallery-1.html").contains("first training run of each model"))
    #expect(try report.text("data/report.json").contains("18446744073709551615"))
  }

  @Test func attentionThatIsNotFinite() throws {
    var audit = SyntheticAudit(samples: 3)
    audit.egt[0].attention[0][0] = .nan
    audit.egt[0].attention[1][0] = -1
    let words = try WrittenReport(audit).words("gallery-1.html")
    #expect(words.contains("1 cell is not finite: hatched"))
    #expect(words.contains("1 cell is negative: drawn as 0"))
  }

  /// Everything from real maps: the numbers of Analysis, not made-up ones.
  @Test func auditOfRecordings() throws {
    var audit = SyntheticAudit(samples: 40)
    audit.result = try Auditor.audit(
      baseline: audit.baseline, egt: audit.egt, options: AuditOptions(resamples: 200))
    let report = try WrittenReport(audit)
    #expect(problems(in: report.files) == [])
    let rows = try report.table("samples.csv").filter { $0["model"] == "EGT" && $0["exit"] == "1" }
    let mean = rows.map { Double($0["cosine"]!)! }.reduce(0, +) / 40
    let printed = try report.table("exits.csv").first { $0["model"] == "EGT" && $0["exit"] == "1" }
    #expect(abs(mean - Double(printed!["cosine"]!)!) < 1e-9)
  }

  @Test func whatIsNotAReportIsNotReplaced() throws {
    let audit = SyntheticAudit(samples: 2)
    try inScratch { scratch in
      let folder = scratch + "/photos"
      try Files.makeFolder(folder)
      try Files.write("mine", to: folder + "/holiday.txt")
      let fault = try #require(throws: ReportFault.self) {
        try ReportBuilder.write(
          result: audit.result, recordings: [audit.baseline, audit.egt],
          options: ReportOptions(), to: folder)
      }
      #expect(fault.diagnosis.code == .cannotWrite)
      #expect(try text(folder + "/holiday.txt") == "mine")
    }
  }
}
