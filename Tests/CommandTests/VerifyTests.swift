import FileKit
import Foundation
import Testing

/// `exitlens verify` on whole, damaged and forged reports.
@Suite struct VerifyTests {
  /// A copy of the fixture's report that may be changed.
  private func report() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.copy(try Fixture.shared().report, as: "report")
    return scratch
  }

  private func verify(_ scratch: Scratch) throws -> Command.Outcome {
    try exitlens("verify", "report", in: scratch.path)
  }

  /// Brings the manifest in line with a changed file, as a forger would.
  private func rewriteManifest(_ scratch: Scratch, for name: String) throws {
    let digest = SHA256.of(try Files.read(scratch("report/\(name)")))
    let text = String(decoding: try Files.read(scratch("report/MANIFEST.sha256")), as: UTF8.self)
    let lines = text.split(separator: "\n").map { line in
      line.hasSuffix("  \(name)") ? "\(digest)  \(name)" : String(line)
    }
    try Files.write(lines.joined(separator: "\n") + "\n", to: scratch("report/MANIFEST.sha256"))
  }

  /// The first match of a pattern in a file's text.
  private func first(_ pattern: String, in name: String, of scratch: Scratch) throws -> String {
    let text = String(decoding: try Files.read(scratch("report/\(name)")), as: UTF8.self)
    let range = try #require(text.range(of: pattern, options: .regularExpression), "\(pattern)")
    return String(text[range])
  }

  @Test func aReportAsItWasWritten() throws {
    let outcome = try verify(report())
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 3 && lines[2] == "verified: nothing is wrong")
    #expect(lines[0].hasPrefix("files: "))
    // Of two models of five exits: 1 + 2·2·(5 + 4·4 + 3 + 5 + 2) + 2·(3·5 + 1).
    #expect(lines[1] == "headline: 157 numbers recomputed from data/samples.csv")
  }

  @Test func eachDamagedFileIsALine() throws {
    let scratch = try report()
    try Files.write("other", to: scratch("report/index.html"))
    try FileManager.default.removeItem(atPath: scratch("report/style.css"))
    try scratch.write("report/sheets/extra \u{1B}.png", "x")
    #expect(symlink("/etc/passwd", scratch("report/link")) == 0)
    let outcome = try verify(scratch)
    #expect(outcome.code == 1)
    let lines = outcome.errorLines
    try #require(lines.count == 4, "\(lines)")
    #expect(lines[0].hasPrefix("exitlens: file of the report has changed: report/index.html: exp"))
    #expect(lines[1] == "exitlens: file is not part of the report: report/link")
    #expect(lines[2].contains("not part of the report: report/sheets/extra \\u{1b}.png"))
    #expect(lines[3] == "exitlens: file of the report is missing: report/style.css")
    #expect(outcome.output.hasSuffix("wrong: 4\n"))
  }

  /// A number changed in one file, and the manifest with it.
  @Test(arguments: [
    (
      "data/report.json", "\"cosine\": .\"value\": 0[0-9.]+", "models[0].exits[0].cosine.value"
    ),
    (
      "data/report.json", "\"accuracy\": .\\s*\"delta\": [-0-9.e]+",
      "comparisons[0].exits[0].accuracy.delta"
    ),
    ("data/report.json", "\"samples\": [0-9]+", "report.json, samples: expected 9, got"),
    (
      "data/exits.csv", "Baseline,mean,,,,,[0-9]+,[0-9]+,[0-9.]+",
      "exits.csv, Baseline mean, cosine"
    ),
    (
      "data/numbers.csv", "EGT,Baseline,cosine,exit,1,[-0-9.e]+",
      "numbers.csv, EGT Baseline cosine exit 1, value: expected"
    ),
    ("data/early-exit.csv", "EGT,0.9,[0-9.]+", "early-exit.csv, EGT, accuracy: expected"),
  ])
  func aForgedNumberIsTold(file: String, pattern: String, words: String) throws {
    let scratch = try report()
    let old = try first(pattern, in: file, of: scratch)
    let text = String(decoding: try Files.read(scratch("report/\(file)")), as: UTF8.self)
    let range = try #require(text.range(of: old))
    var forged = text
    forged.replaceSubrange(range, with: Self.changed(old))
    try Files.write(forged, to: scratch("report/\(file)"))
    try rewriteManifest(scratch, for: file)
    let outcome = try verify(scratch)
    #expect(outcome.code == 1)
    #expect(
      outcome.errorLines.contains {
        $0.hasPrefix("exitlens: number does not follow from the samples: report/data/")
          && $0.contains(words)
      }, "\(outcome.errors)")
    #expect(!outcome.errors.contains("has changed"))
  }

  /// The same text with another number at its end.
  private static func changed(_ text: String) -> String {
    let number = text.reversed().prefix { "-.0123456789e".contains($0) }
    return text.dropLast(number.count) + "0.123"
  }

  @Test(arguments: [
    (",true,", ",false,", "calls a right answer the other"),
    ("\r\n0,", "\r\n7,", "is not exit"),
    ("prediction,", "guess,", "no column prediction"),
  ])
  func aTableThatDoesNotFitItselfIsTold(old: String, new: String, words: String) throws {
    let scratch = try report()
    let path = scratch("report/data/samples.csv")
    var text = String(decoding: try Files.read(path), as: UTF8.self)
    if let range = text.range(of: old, options: .backwards) {
      text.replaceSubrange(range, with: new)
    }
    if old.hasPrefix("prediction") {
      text = text.replacingOccurrences(of: old, with: new)
    }
    try Files.write(text, to: path)
    try rewriteManifest(scratch, for: "data/samples.csv")
    let outcome = try verify(scratch)
    #expect(outcome.code == 1 && outcome.errorLines.count == 1, "\(outcome.errors)")
    #expect(outcome.errors.contains("headline cannot be recomputed: report/data/samples.csv"))
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }

  /// Of two values with one key, readers would take one or the other.
  @Test func aKeyTwiceIsTold() throws {
    let scratch = try report()
    try scratch.replace(
      "\"formatVersion\"", with: "\"formatVersion\" : 1, \"formatVersion\"",
      in: "report/data/report.json")
    try rewriteManifest(scratch, for: "data/report.json")
    let outcome = try verify(scratch)
    #expect(outcome.code == 1 && outcome.errorLines.count == 1, "\(outcome.errors)")
    #expect(outcome.errors.contains("formatVersion stands there twice"))
  }

  @Test func severalRunsAreNotRecomputed() throws {
    let fixture = try Fixture.shared()
    let scratch = try Scratch()
    let audit = Fixture.audit + ["--seeds", "1,2", "--runs", "runs", "--figure-format", "none"]
    try scratch.copy(fixture.data, as: "data")
    // The runs of seed 1 are there already.
    for arm in ["baseline", "egt"] {
      try scratch.copy(fixture.run(arm), as: "runs/\(arm)-seed-1")
    }
    let made = try Command(audit, in: scratch.path).run()
    #expect(made.code == 0, "\(made.errors)")
    let outcome = try verify(scratch)
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    #expect(outcome.output.contains("not recomputed, because the numbers are over several runs"))
  }

  @Test func whatIsNoReport() throws {
    let scratch = try Scratch()
    let missing = try verify(scratch)
    #expect(missing.code == 66 && missing.errorLines.count == 1)
    try Files.makeFolder(scratch("report"))
    let empty = try verify(scratch)
    #expect(empty.code == 65 && empty.errors.contains("not a report: report"))
    let digest = String(repeating: "0", count: 64)
    for line in ["x", "\(digest)  ../etc/passwd", "\(digest)  /etc/passwd", "\(digest) a", ""] {
      try scratch.write("report/MANIFEST.sha256", line + "\n")
      let outcome = try verify(scratch)
      #expect(outcome.code == 65 && outcome.errors.contains("MANIFEST.sha256, line 1"))
    }
  }
}
