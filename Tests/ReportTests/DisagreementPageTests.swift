import Analysis
import Foundation
import Report
import TestSupport
import Testing

@Suite struct DisagreementPageTests {
  private func report(
    samples: Int = 30, pairs: Int = 1, _ options: ReportOptions = ReportOptions()
  ) throws -> WrittenReport {
    var audit = SyntheticAudit(samples: samples)
    SyntheticDisagreement.add(to: &audit, pairs: pairs)
    if pairs > 1 { audit.addRuns(low: 0.1) }
    return try WrittenReport(audit, options)
  }

  @Test func printsWhatDiffers() throws {
    let report = try report()
    #expect(problems(in: report.files) == [])
    let words = try report.words("disagreement.html")
    for sentence in [
      "At the final exit, no difference detected in how many images the models are right about. Of 30 test images, Baseline alone is right about 3 and EGT alone about 4, both about 20 and neither about 3: EGT minus Baseline +3.3 points [−6.7, +13.3], McNemar’s exact p = 1.000.",
      "At the early exits and where images leave: EGT is right less often at exit 2; no difference detected at exits 1, 3, 4 and leaving. EGT minus Baseline: exit 1 +3.3 points [−6.7, +13.3], exit 2 −33.3 points [−43.3, −23.3],",
      "Baseline: the final exit is right more often than exit 1 (+30.0 points [+20.0, +40.0]); no difference detected from exits 2, 3 and 4.",
      "Where both final exits give the same answer, 20.0 % of images have maps no more alike than maps of different images. 4 of 20 images: 20.0 % [8.1, 41.6]; of pairs of different images 57.8 %.",
      "Of answers that sure at the final exit, wrong are: Baseline 3 of 12, 25.0 % [8.9, 53.2]; EGT 2 of 13, 15.4 %",
    ] {
      #expect(words.contains(sentence), "\(sentence)")
    }
    #expect(!words.contains("first training run"))
    let navigation = try report.page("index.html").tags.compactMap { $0["href"] }
    #expect(navigation.contains("disagreement.html"))
  }

  @Test func printsTables() throws {
    let report = try report()
    let words = try report.words("disagreement.html")
    #expect(words.contains("Exit 2 12 11 1 6 −33.3 [−43.3, −23.3] 0.006 0.032"))
    #expect(words.contains("Leaving confidence 0.90 20 3 4 3 +3.3 [−6.7, +13.3] 1.000 —"))
    #expect(words.contains("Exit 1 Baseline 18 0 9 3 +30.0 [+20.0, +40.0] 0.004"))
    #expect(words.contains("Exit 1 against final Baseline 16 8 50.0 [28.0, 72.0] 56.7 0.234"))
    #expect(words.contains("Exit 4 against final Baseline — — — — —"))
    #expect(words.contains("Final exits of the two models Both 20 4 20.0 [8.1, 41.6] 57.8 0.345"))
    #expect(words.contains("EGT 0 0 — 8"))
    let page = try report.page("disagreement.html")
    #expect(page.tags.count { $0.name == "svg" } == 1)
    #expect(page.tags.contains { $0["href"] == "data/disagreement.csv" })
    // Bold where a difference was detected.
    #expect(try report.text("disagreement.html").contains("<b>−33.3</b>"))
  }

  @Test func listsLeadToTheGallery() throws {
    let report = try report(samples: 60, .init(gallery: .atMost(20)))
    #expect(problems(in: report.files) == [])
    let words = try report.words("disagreement.html")
    #expect(words.contains("Only Baseline is right: 2 images"))
    #expect(words.contains("of the model that is right first. Shown: all 2."))
    #expect(words.contains("Only EGT is right: 60 images"))
    #expect(words.contains("of the model that is right first. Shown: the first 20 of 60."))
    #expect(words.contains("Baseline: confident and wrong: 0 images"))
    let shown = Set(try report.table("sheets.csv").map { $0["sample"]! })
    let links = try report.page("disagreement.html").tags.compactMap { $0["href"] }
      .filter { $0.hasPrefix("gallery-") && $0.contains("#s") }
      .map { String($0[$0.index(after: $0.firstIndex(of: "#")!)...].dropFirst()) }
    let listed = (40..<60).reversed().map(String.init)
    // The two of the first list, the twenty of the second, the two from elsewhere.
    let expected = (["0", "1"] + listed + ["3", "1"]).filter { shown.contains($0) }
    #expect(links == expected && links.count > 5 && links.count < 24)
    let rows = try report.table("disagreement-samples.csv")
    #expect(rows.count == 2 + 60 + 2)
    #expect(
      rows[2]["list"] == "only-model-right" && rows[2]["rank"] == "1" && rows[2]["sample"] == "59")
    #expect(rows[63]["sample"] == "1" && rows[63]["final_cosine"] == "0.123")
    let audit = SyntheticAudit(samples: 60)
    let sample = audit.result.samples[59]
    let exits = sample.egt.predictions.indices.filter { sample.egt.predictions[$0] == sample.label }
    #expect(rows[2]["model_right_exits"] == exits.map { String($0 + 1) }.joined(separator: " "))
    #expect(
      try report.table("samples.csv").first { $0["sample"] == "1" && $0["model"] == "EGT" }?[
        "final_cosine"] == "0.123")
  }

  @Test func everyPairOfRunsHasATable() throws {
    let report = try report(samples: 8, pairs: 3, .init(gallery: .atMost(1)))
    #expect(problems(in: report.files) == [])
    let page = try report.page("disagreement.html")
    #expect(
      page.ids.filter { $0.hasPrefix("table-models") } == [
        "table-models", "table-models-2", "table-models-3",
      ])
    let words = try report.words("disagreement.html")
    #expect(
      words.contains("8 test images, run 2 of Baseline (seed 2) and run 2 of EGT (seed 2)."))
    #expect(words.contains("runs of equal seed are compared one by one"))
    #expect(words.contains("samples, the first run of each model."))
    let rows = try report.table("disagreement.csv").filter { $0["comparison"] == "models" }
    #expect(rows.count == 18 && rows[17]["model_run"] == "3" && rows[17]["place"] == "leaving")
  }

  @Test func everyNumberIsInATable() throws {
    let report = try report()
    let rows = try report.table("disagreement.csv")
    #expect(rows.count == 6 + 1 + 2 * 4 + 2 * 6)
    #expect(
      rows[1]["only_first_right"] == "11" && rows[1]["difference_low"] == "-0.43300000000000005")
    #expect(rows[1]["holm_p"] == "0.0317" && rows[5]["holm_p"] == "" && rows[1]["confident"] == "")
    #expect(rows[6]["elsewhere"] == "4" && rows[6]["elsewhere_chance"] == "0.578")
    let exit = try #require(
      rows.first { $0["comparison"] == "exit against final" && $0["model"] == "EGT" })
    #expect(
      exit["only_second_right"] == "9" && exit["elsewhere_share"] == "0.5"
        && exit["null"] == "0.234")
    let errors = try #require(rows.last)
    #expect(
      errors["place"] == "leaving" && errors["confident_wrong"] == "2" && errors["wrong"] == "8")
    let json = try report.rows("disagreement")
    #expect(json.count == rows.count && json[1]["onlyFirstRight"] as? Int == 11)
    #expect(json[5]["place"] as? String == "leaving" && json[5]["holmP"] is NSNull)
  }

  @Test func saysWhyNothingIsCompared() throws {
    var audit = SyntheticAudit(samples: 4)
    audit.result.paired = nil
    audit.result.samples = []
    audit.result.pairingRefusal = "EGT has <b>other</b> images"
    let report = try WrittenReport(audit)
    #expect(problems(in: report.files) == [])
    let words = try report.words("disagreement.html")
    #expect(words.contains("Reason: EGT has <b>other</b> images."))
    #expect(try report.table("disagreement.csv").isEmpty)
    #expect(try report.rows("disagreement").isEmpty)
  }

  /// From real maps: what the page prints is what the audit found.
  @Test func auditOfRecordings() throws {
    var audit = SyntheticAudit(samples: 40)
    audit.result = try Auditor.audit(
      baseline: audit.baseline, egt: audit.egt, options: AuditOptions(resamples: 50))
    let report = try WrittenReport(audit)
    #expect(problems(in: report.files) == [])
    let disagreement = try #require(audit.result.disagreement)
    let samples = try report.table("disagreement-samples.csv")
    let row = try #require(disagreement.tables[0].final)
    #expect(samples.count { $0["list"] == "only-model-right" } == row.test.onlyModelRight)
    #expect(
      samples.count { $0["list"] == "same-answer-from-elsewhere" } == disagreement.models?.elsewhere
    )
    // The same number as Table 1's, by another way.
    #expect(row.test.p == audit.result.paired?.exits.last?[.accuracy]?.p)
    #expect(row.difference == audit.result.paired?.exits.last?[.accuracy]?.estimate)
  }
}
