import Analysis
import FileKit
import Foundation
import Report
import TestSupport
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
    #expect(json["formatVersion"] as? Int == 2)
    let models = try WrittenReport.models(json)
    #expect(models.map { $0["name"] as? String } == ["Baseline", "EGT"])
    #expect(models.map { $0["isReference"] as? Bool } == [true, false])
    let egt = models[1]
    #expect(egt["seeds"] as? [Int] == [1])
    #expect(egt["lambda"] as? Double == 0.3)
    #expect(egt["stopGradient"] as? Bool == false)
    let exits = try #require(egt["exits"] as? [[String: Any]])
    #expect(exits.map { $0["exit"] as? Int } == [1, 2, 3, 4, 5])
    #expect(exits[0]["grid"] as? [Int] == [16, 16])
    #expect(exits[0]["macs"] as? Double == 1e7)
    let mean = try #require(egt["mean"] as? [String: Any])
    for place in [exits[0], mean] {
      for field in ["n", "undefined", "null"] { #expect(place[field] is NSNumber, "\(field)") }
      for field in ["accuracy", "cosine", "excess", "centred", "spread"] {
        #expect((place[field] as? [String: Any])?["value"] is NSNumber, "\(field)")
      }
    }
    for field in ["cosine", "null", "excess", "centred"] {
      #expect(exits[4][field] is NSNull, "\(field)")
    }
    let cosine = try #require(exits[0]["cosine"] as? [String: Double])
    #expect(cosine == ["value": 0.6, "low": 0.58, "high": 0.62])
    let comparisons = try #require(json["comparisons"] as? [[String: Any]])
    #expect(comparisons.count == 1 && comparisons[0]["refusal"] is NSNull)
    #expect(
      comparisons[0]["model"] as? String == "EGT"
        && comparisons[0]["reference"] as? String == "Baseline")
    let differences = try #require(comparisons[0]["exits"] as? [[String: Any]])
    let delta = try #require(differences[0]["cosine"] as? [String: Any])
    #expect(delta["delta"] as? Double == 0.3 && delta["p"] as? Double == 0.0005)
    #expect(delta["low"] is NSNumber && delta["high"] is NSNumber && delta["holm"] is NSNull)
    let early = try #require(egt["earlyExit"] as? [String: Any])
    #expect(early["threshold"] as? Double == 0.9)
    #expect(early["shares"] as? [Double] == [0.1, 0.2, 0.3, 0.15, 0.25])
    #expect((early["accuracy"] as? [String: Any])?["value"] as? Double == 0.83)
    #expect(early["meanMacs"] as? Double == 3.25e7)
    let flags = try #require(json["flags"] as? [[String: Any]])
    #expect(flags.map { $0["code"] as? String } == ["FEW-SEEDS", "FLATTENED"])
    #expect(flags[0]["exit"] is NSNull)
    #expect(flags[1]["exit"] as? Int == 5 && flags[1]["model"] as? String == "EGT")
    #expect(flags.map { $0["severity"] as? String } == ["limit", "limit"])
    #expect(flags[1]["href"] as? String == "consistency.html")
  }

  @Test func whatIsNotFiniteIsNullOrEmpty() throws {
    var audit = SyntheticAudit()
    var numbers = audit.result.numbers
    numbers[.cosine, .exit(1), .model(1)]?.estimate = Estimate(.nan, low: .infinity, high: nil)
    numbers[.accuracy, .earlyStop, .model(1)]?.estimate = Estimate(.nan)
    audit.result.numbers = numbers
    audit.result.samples[0].egt.cosines[0] = .nan
    audit.result.samples[0].egt.mapMaxima[0] = .infinity
    let report = try WrittenReport(audit)
    let egt = try WrittenReport.models(report.json())[1]
    let exits = try #require(egt["exits"] as? [[String: Any]])
    #expect(exits[0]["cosine"] is NSNull)
    #expect((egt["earlyExit"] as? [String: Any])?["accuracy"] is NSNull)
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
