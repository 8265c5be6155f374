import Analysis
import FileKit
import Foundation
import Report
import TestSupport
import Testing

/// `exitlens report --diff`.
@Suite struct AuditComparisonTests {
  /// The lines for two audits.
  private func lines(_ first: SyntheticAudit, _ second: SyntheticAudit) throws -> [String] {
    try inScratch { scratch in
      for (name, audit) in [("one", first), ("two", second)] {
        try ReportBuilder.write(
          result: audit.result, recordings: [audit.baseline, audit.egt],
          options: ReportOptions(gallery: .atMost(1)), to: "\(scratch)/\(name)")
      }
      return try AuditComparison.lines("\(scratch)/one", "\(scratch)/two")
    }
  }

  @Test func sameAudit() throws {
    let lines = try lines(SyntheticAudit(), SyntheticAudit())
    #expect(lines.count == 4 && lines[0].hasPrefix("A: ") && lines[1].hasPrefix("B: "))
    #expect(lines[3].hasPrefix("Nothing changed in data/: ") && !lines[3].contains(": 0 numbers"))
    #expect(lines[3].hasSuffix(" tables are the same.") && !lines[3].contains(" 0 tables"))
  }

  /// Two reports of one audit, the second changed on disk.
  private func lines(changing change: (String) throws -> Void) throws -> [String] {
    try inScratch { scratch in
      let audit = SyntheticAudit()
      for name in ["one", "two"] {
        try ReportBuilder.write(
          result: audit.result, recordings: [audit.baseline, audit.egt],
          options: ReportOptions(gallery: .atMost(1)), to: "\(scratch)/\(name)")
      }
      try change("\(scratch)/two/data")
      return try AuditComparison.lines("\(scratch)/one", "\(scratch)/two")
    }
  }

  /// What only a table has is not passed over: no "nothing changed".
  @Test func changedTables() throws {
    let lines = try lines { data in
      try Files.write("other", to: "\(data)/calibration.csv")
      try Files.write("more", to: "\(data)/new\u{1B}[1m.csv")
      try FileManager.default.removeItem(atPath: "\(data)/matrix.csv")
    }
    #expect(!lines.contains { $0.hasPrefix("Nothing changed") })
    #expect(lines.contains { $0.hasPrefix("All ") && $0.hasSuffix(" numbers are the same.") })
    #expect(
      lines.contains {
        $0.hasPrefix("Tables in data/ that differ, 1 of ") && $0.hasSuffix(": calibration.csv.")
      })
    #expect(lines.contains("Tables only in A: matrix.csv."))
    #expect(lines.contains { $0.hasPrefix("Tables only in B: new\\u{1b}[1m") })
  }

  /// The hash of one report's data is gone, or of both: nobody knows whether the images are the same.
  @Test(arguments: [false, true])
  func unknownData(inBoth: Bool) throws {
    func forget(_ data: String) throws {
      let json = try text("\(data)/report.json")
      let hash = try #require(json.firstRange(of: /"dataHash": "[0-9a-f]+"/))
      try Files.write(
        json.replacingCharacters(in: hash, with: #""dataHash": null"#), to: "\(data)/report.json")
    }
    let lines = try lines { data in
      try forget(data)
      if inBoth { try forget(data.replacing("/two/", with: "/one/")) }
    }
    #expect(lines.contains { $0.hasPrefix("Whether the images are the same is unknown") })
    #expect(!lines.contains { $0.contains("not of the same images") })
    #expect(lines.contains { $0.hasPrefix("Nothing changed") } == inBoth)
    #expect(lines.contains { $0.hasPrefix("Other data: hash ") } == !inBoth)
    #expect(!lines.contains { $0.contains("alerts, data") || $0.hasPrefix("Same: name, data") })
  }

  /// Architecture, form of the loss and the rest of the protocol; not where data and runs lay.
  @Test func otherSettings() throws {
    func settings(_ architecture: String, _ weights: String?, _ command: String) -> SyntheticAudit {
      var audit = SyntheticAudit()
      audit.egt[0].manifest.provenance?.settings =
        [
          .init(.architecture, architecture), .init(.epochs, "50"),
          .init(.trainingCommand, command),
          .init("dropout", command),
        ] + (weights.map { [.init(.adaptiveWeights, $0)] } ?? [])
      return audit
    }
    let lines = try lines(
      settings("plain", nil, "a"), settings("residual\u{1B}[1m", "yes", "b"))
    let text = lines.joined(separator: "\n")
    #expect(
      text.contains("EGT’s Architecture: plain") && text.contains("residual\\u{1b}"), "\(text)")
    #expect(text.contains("EGT’s Adaptive weights: none"), "\(text)")
    #expect(text.contains("EGT’s dropout: a"), "\(text)")
    #expect(!text.contains("Epochs") && !text.contains("command"), "\(text)")
  }

  @Test func otherTargetsOfExitThresholds() throws {
    func set(_ target: String, in data: String) throws {
      let json = try text("\(data)/report.json")
      let rows = try #require(json.firstRange(of: "\"thresholds\": []"))
      let choice = "{\"target\": \"share of final cost\", \"targetValue\": \(target)}"
      try Files.write(
        json.replacingCharacters(in: rows, with: "\"thresholds\": [\(choice), \(choice)]"),
        to: "\(data)/report.json")
    }
    let lines = try lines { data in
      try set("0.5", in: data.replacing("/two/", with: "/one/"))
      try set("0.25", in: data)
    }
    #expect(
      lines.contains(
        "Other targets of exit thresholds: share of final cost 0.5 → share of final cost 0.25"))
  }

  @Test func saysWhatChanged() throws {
    var second = SyntheticAudit()
    // Far off, a little off, and gone.
    var numbers = second.result.numbers
    numbers[.cosine, .exit(2), .model(1)]?.estimate = Estimate(0.9, low: 0.88, high: 0.92)
    numbers[.cosine, .exit(3), .model(1)]?.estimate.value += 0.004
    numbers[.centred, .exit(1), .model(0)]?.estimate = Estimate(0.1)
    second.result.numbers = numbers
    second.result.flags =
      [Flag(code: "SAME-MAP", arm: "baseline", exit: 5, message: "m")]
      + second.result.flags.filter { $0.code != "FLATTENED" }
    second.result.egt.lambda = 0.4
    let lines = try lines(SyntheticAudit(), second)
    #expect(lines.contains("Alert gone: FLATTENED (EGT, exit 5)"))
    #expect(lines.contains("Alert new:  SAME-MAP (Baseline, exit 5)"))
    #expect(lines.contains("Alerts in both: 1"))
    #expect(
      lines.contains { $0.hasPrefix("Other EGT’s training: λ = 0.3") && $0.contains("λ = 0.4") })
    #expect(
      lines.contains { $0.hasPrefix("Same: name, data, images, classes") && !$0.contains("EGT") })
    #expect(lines.contains { $0.hasPrefix("3 of ") && $0.hasSuffix(" numbers changed:") })
    func words(below heading: String) throws -> [Substring] {
      let start = try #require(lines.firstIndex(of: heading))
      return lines[start + 1].split(separator: " ")
    }
    #expect(try words(below: "EGT, exit 2") == ["cosine", "0.700", "0.900", "+0.200", "*"])
    #expect(try words(below: "EGT, exit 3") == ["cosine", "0.800", "0.804", "+0.004"])
    #expect(
      try words(below: "Baseline, exit 1") == ["centred", "r", "0.000", "0.100", "+0.100"])
    #expect(lines.contains { $0.contains("differ all the same") })
    #expect(lines.last?.hasPrefix("Tables in data/ that differ, ") == true)
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
      (#"{"formatVersion": 1}"#, ["another format", "formatVersion 2", "got 1"]),
      (#"{"formatVersion": 2, "generator": "x"}"#, ["samples", "make the report again"]),
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
