import Analysis
import FileKit
import Foundation
import Report
import Testing

/// `exitlens report --diff`.
@Suite struct AuditComparisonTests {
  /// The lines for two audits.
  private func lines(_ first: SyntheticAudit, _ second: SyntheticAudit) throws -> [String] {
    try inScratch { scratch in
      for (name, audit) in [("one", first), ("two", second)] {
        try ReportBuilder.write(
          result: audit.result, baseline: audit.baseline, egt: audit.egt,
          options: ReportOptions(gallery: .atMost(1)), to: "\(scratch)/\(name)")
      }
      return try AuditComparison.lines("\(scratch)/one", "\(scratch)/two")
    }
  }

  @Test func sameAudit() throws {
    let lines = try lines(SyntheticAudit(), SyntheticAudit())
    #expect(lines.count == 4 && lines[0].hasPrefix("A: ") && lines[1].hasPrefix("B: "))
    #expect(lines[3].hasPrefix("Nothing changed: ") && !lines[3].contains(": 0 numbers"))
  }

  @Test func saysWhatChanged() throws {
    var second = SyntheticAudit()
    // Far off, a little off, and gone.
    second.result.egt.exits[1].consistency?.cosine = Estimate(0.9, low: 0.88, high: 0.92)
    second.result.egt.exits[2].consistency?.cosine.value += 0.004
    second.result.baseline.exits[0].consistency?.centred = Estimate(0.1)
    second.result.flags =
      [Flag(code: "SAME-MAP", arm: "baseline", exit: 5, message: "m")]
      + second.result.flags.filter { $0.code != "FLATTENED" }
    second.result.egt.lambda = 0.4
    let lines = try lines(SyntheticAudit(), second)
    #expect(lines.contains("Alert gone: FLATTENED (EGT, exit 5)"))
    #expect(lines.contains("Alert new:  SAME-MAP (baseline, exit 5)"))
    #expect(lines.contains("Alerts in both: 1"))
    #expect(
      lines.contains { $0.hasPrefix("Other EGT’s training: λ = 0.3") && $0.contains("λ = 0.4") })
    #expect(lines.contains { $0.hasPrefix("Same: data, images, classes") && !$0.contains("EGT") })
    #expect(lines.contains { $0.hasPrefix("3 of ") && $0.hasSuffix(" numbers changed:") })
    func words(below heading: String) throws -> [Substring] {
      let start = try #require(lines.firstIndex(of: heading))
      return lines[start + 1].split(separator: " ")
    }
    #expect(try words(below: "EGT, exit 2") == ["cosine", "0.700", "0.900", "+0.200", "*"])
    #expect(try words(below: "EGT, exit 3") == ["cosine", "0.800", "0.804", "+0.004"])
    #expect(
      try words(below: "Baseline, exit 1") == ["centred", "r", "0.000", "0.100", "+0.100"])
    #expect(lines.last?.contains("differ all the same") == true)
  }

  @Test func otherImagesAreSaidToBeOther() throws {
    let lines = try lines(
      SyntheticAudit(dataName: "a\u{1B}[31m\nb"), SyntheticAudit(samples: 36))
    #expect(lines.contains("Other images: 30 → 36"))
    #expect(lines.contains { $0.hasPrefix("The audits are not of the same images") })
    // What a name holds does not reach the terminal.
    #expect(lines.allSatisfy { line in line.unicodeScalars.allSatisfy { $0.value >= 32 } })
  }

  /// Content of data/report.json (nil: there is none), and what the error says.
  @Test(
    arguments: [
      (nil, ["not a report"]), ("{", ["can't be read", "report.json"]),
      ("{}", ["formatVersion"]),
      (#"{"formatVersion": 2}"#, ["another format", "formatVersion 1", "got 2"]),
      (#"{"formatVersion": 1, "generator": "x"}"#, ["samples", "make the report again"]),
    ] as [(String?, [String])])
  func unreadableReport(content: String?, parts: [String]) throws {
    let message = try inScratch { scratch -> String in
      try Files.makeFolder("\(scratch)/report/data")
      if let content {
        try Files.write(Array(content.utf8), to: "\(scratch)/report/data/report.json")
      }
      do throws(ReportFault) {
        _ = try AuditComparison.lines("\(scratch)/report", "\(scratch)/report")
        return "no error"
      } catch {
        #expect(error.diagnosis.code == .badData)
        return error.description
      }
    }
    for part in parts { #expect(message.contains(part), "\(message)") }
    #expect(!message.contains("\n"))
  }
}
