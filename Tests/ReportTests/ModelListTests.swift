import Analysis
import Foundation
import Recordings
import Report
import TestSupport
import Testing

/// Reports of one model, of many, and of models that do not go together.
@Suite struct ModelListTests {
  private func report(_ models: [Model]) throws -> WrittenReport {
    let result = try Auditor.audit(models, options: AuditOptions(resamples: 50))
    return try WrittenReport(result, models.map(\.recordings))
  }

  /// The same recordings with their last exits alone.
  private func last(_ count: Int, of recording: Recording) throws -> Recording {
    var manifest = recording.manifest
    manifest.exits = Array(manifest.exits.suffix(count))
    return try Recording(
      manifest: manifest, labels: recording.labels, logits: Array(recording.logits.suffix(count)),
      attention: recording.attention.suffix(count).map { try $0.elements() },
      images: recording.images?.elements())
  }

  @Test func oneModelAloneIsNotCompared() throws {
    let audit = SyntheticAudit(samples: 40)
    let report = try report([Model("Only <one>", audit.egt)])
    #expect(problems(in: report.files) == [])
    for page in ["disagreement.html", "experiment.html", "samples-by-delta-1.html"] {
      #expect(!report.files.contains { $0.name == page }, "\(page)")
    }
    for file in report.files where file.name.hasSuffix(".html") {
      let words = try report.words(file.name)
      for word in ["Baseline", "EGT", "Δ", "baseline"] {
        #expect(!words.contains(word), "\(file.name): \(word)")
      }
    }
    let json = try report.json()
    #expect(try WrittenReport.models(json).map { $0["name"] as? String } == ["Only <one>"])
    #expect((json["comparisons"] as? [Any])?.isEmpty == true)
    #expect(Set(try report.table("numbers.csv").map { $0["reference"] }) == [""])
  }

  /// Seven models: five are drawn, all stand in the tables.
  @Test func moreModelsThanColours() throws {
    let audit = SyntheticAudit(samples: 40)
    let names = (1...7).map { "Model \($0)" }
    let report = try report(
      names.enumerated().map { Model($1, $0 % 2 == 0 ? audit.baseline : audit.egt) })
    #expect(problems(in: report.files) == [])
    let page = try report.text("index.html")
    for name in names { #expect(page.contains(name), "\(name)") }
    #expect(page.contains("mark series-4") && !page.contains("mark series-5"))
    #expect(try WrittenReport.models(report.json()).count == 7)
    #expect(Set(try report.table("exits.csv").map { $0["model"] }) == Set(names))
    #expect(report.files.contains { $0.name == "disagreement-6.html" })
  }

  /// Other numbers of exits: the final exits, means and early stops are compared.
  @Test func otherNumbersOfExits() throws {
    let audit = SyntheticAudit(samples: 40)
    let report = try report([
      Model("Five", audit.baseline), try Model("Three", audit.egt.map { try last(3, of: $0) }),
    ])
    #expect(problems(in: report.files) == [])
    let json = try report.json()
    let models = try WrittenReport.models(json)
    #expect(models.map { ($0["exits"] as? [Any])?.count } == [5, 3])
    let comparison = try #require((json["comparisons"] as? [[String: Any]])?.first)
    let exits = try #require(comparison["exits"] as? [[String: Any]])
    #expect(exits.map { $0["exit"] as? Int } == [3])
    #expect((comparison["mean"] as? [String: Any])?["cosine"] is [String: Any])
  }

  /// Other samples: shown, not compared.
  @Test func otherSamples() throws {
    let (first, second) = (SyntheticAudit(samples: 40), SyntheticAudit(samples: 36))
    let report = try report([
      Model("A", first.baseline), Model("B", first.egt), Model("C", second.egt),
    ])
    #expect(problems(in: report.files) == [])
    let exits = try report.table("exits.csv")
    #expect(exits.filter { $0["model"] == "C" }.count == 6)
    let numbers = try report.table("numbers.csv")
    #expect(Set(numbers.filter { $0["reference"] != "" }.map { $0["model"] }) == ["B"])
    #expect(Set(try report.table("samples.csv").map { $0["model"] }) == ["A", "B"])
    #expect(try report.words("index.html").contains("DIFFERENT-SAMPLES C"))
  }
}
