import Analysis
import FileKit
import Foundation
import Report
import Testing

@Suite struct ReportDataTests {
  @Test func manifestListsEveryOtherFile() throws {
    let report = try WrittenReport.usual.get()
    let lines = report.files.filter { $0.name != "MANIFEST.sha256" }
      .map { "\(SHA256.of($0.bytes))  \($0.name)" }
      .sorted { $0.dropFirst(66).utf8.lexicographicallyPrecedes($1.dropFirst(66).utf8) }
    #expect(try report.text("MANIFEST.sha256") == lines.map { $0 + "\n" }.joined())
  }

  @Test func jsonKeepsItsContract() throws {
    let json = try WrittenReport.usual.get().json()
    #expect(json["formatVersion"] as? Int == 1)
    let arms = try #require(json["arms"] as? [String: [String: Any]])
    let egt = try #require(arms["egt"])
    #expect(arms.keys.sorted() == ["baseline", "egt"])
    #expect(egt["seeds"] as? [Int] == [1])
    #expect(egt["lambda"] as? Double == 0.3)
    #expect(egt["stopGradient"] as? Bool == false)
    let exits = try #require(egt["exits"] as? [[String: Any]])
    #expect(exits.map { $0["exit"] as? Int } == [1, 2, 3, 4, 5])
    #expect(exits[0]["grid"] as? [Int] == [16, 16])
    #expect(exits[0]["macs"] as? Double == 1e7)
    let fields = [
      "accuracy", "n", "undefined", "cosine", "cosineLow", "cosineHigh", "null", "excess",
      "centred", "spread",
    ]
    for field in fields { #expect(exits[0][field] is NSNumber, "\(field)") }
    for field in ["cosine", "cosineLow", "cosineHigh", "null", "excess", "centred"] {
      #expect(exits[4][field] is NSNull, "\(field)")
    }
    for mean in [
      egt["mean"] as? [String: Any], (json["mean"] as? [String: [String: Any]])?["egt"],
    ] {
      for field in fields { #expect(mean?[field] is NSNumber, "\(field)") }
    }
    #expect(exits[0]["cosine"] as? Double == 0.6)
    let paired = try #require((json["paired"] as? [String: Any])?["exits"] as? [[String: Any]])
    #expect(paired[0]["deltaCosine"] as? Double == 0.3)
    #expect(paired[0]["low"] is NSNumber && paired[0]["high"] is NSNumber)
    #expect(paired[0]["p"] as? Double == 0.0005)
    for early in [
      egt["earlyExit"] as? [String: Any], (json["earlyExit"] as? [String: [String: Any]])?["egt"],
    ] {
      #expect(early?["threshold"] as? Double == 0.9)
      #expect(early?["shares"] as? [Double] == [0.1, 0.2, 0.3, 0.15, 0.25])
      #expect(early?["accuracy"] as? Double == 0.83)
      #expect(early?["meanMacs"] as? Double == 3.25e7)
    }
    let flags = try #require(json["flags"] as? [[String: Any]])
    #expect(flags.map { $0["code"] as? String } == ["FEW-SEEDS", "FLATTENED"])
    #expect(flags[0]["exit"] is NSNull)
    #expect(flags[1]["exit"] as? Int == 5)
  }

  @Test func whatIsNotFiniteIsNullOrEmpty() throws {
    var audit = SyntheticAudit()
    audit.result.egt.exits[0].consistency?.cosine = Estimate(.nan, low: .infinity, high: nil)
    audit.result.egt.earlyExit.accuracy = Estimate(.nan)
    audit.result.samples[0].egt.cosines[0] = .nan
    audit.result.samples[0].egt.mapMaxima[0] = .infinity
    let report = try WrittenReport(audit)
    let egt = try #require((report.json()["arms"] as? [String: [String: Any]])?["egt"])
    let exits = try #require(egt["exits"] as? [[String: Any]])
    #expect(exits[0]["cosine"] is NSNull && exits[0]["cosineLow"] is NSNull)
    #expect(exits[0]["cosineHigh"] is NSNull)
    let row = try report.table("samples.csv").first { $0["model"] == "EGT" && $0["exit"] == "1" }
    #expect(row?["cosine"] == "" && row?["map_maximum"] == "")
    for file in report.files where file.name.hasSuffix(".html") {
      let page = HTMLPage(String(decoding: file.bytes, as: UTF8.self))
      for word in ["nan", "inf", "NaN", "Optional", "nil"] {
        #expect(!page.text.split(whereSeparator: { !$0.isLetter }).contains { $0 == word })
      }
    }
    #expect(problems(in: report.files) == [])
  }

  @Test func tablesHoldEverySampleAndExit() throws {
    let audit = SyntheticAudit(samples: 30)
    let report = try WrittenReport(audit, ReportOptions(gallery: .atMost(6)))
    let samples = try report.table("samples.csv")
    #expect(samples.count == 30 * 2 * 5)
    let egtFirst = samples.filter { $0["model"] == "EGT" && $0["exit"] == "2" }
    #expect(
      egtFirst.map { Double($0["cosine"]!) } == audit.result.samples.map { $0.egt.cosines[1] })
    #expect(egtFirst.map { $0["class"] }.prefix(3) == ["circle", "square", "star"])
    #expect(samples[4]["cosine"] == "")
    #expect(try report.table("cost-curve.csv").count == 42)
    let exits = try report.table("exits.csv")
    #expect(
      exits.map { $0["exit"] } == ["1", "2", "3", "4", "5", "mean"] + [
        "1", "2", "3", "4", "5", "mean",
      ])
    #expect(exits[0]["cosine"] == "0.3" && exits[0]["macs"] == "10000000")
    #expect(try report.table("history.csv").count == 40)
    #expect(try report.table("skipped.csv").first?["image"] == "circle/broken.png")
    #expect(try report.table("duplicates.csv").map { $0["group"] } == ["1", "1"])
    #expect(try report.table("classes.csv").map { $0["training"] } == ["40", "40", "40"])
  }
}
