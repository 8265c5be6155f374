import Analysis
import Report
import Testing

@Suite struct FaithfulnessPageTests {
  private func report(egtOnly: Bool = false) throws -> WrittenReport {
    var audit = SyntheticAudit()
    SyntheticFaithfulness.add(to: &audit, egtOnly: egtOnly)
    return try WrittenReport(audit)
  }

  @Test func saysHowToRecordWhereNothingIs() throws {
    let report = try WrittenReport.usual.get()
    let words = try report.words("faithfulness.html")
    #expect(words.contains("run exitlens record RUN DATA --faithfulness --out RECORDING"))
    #expect(!words.contains("Masking pixels"))
    #expect(try report.table("faithfulness.csv").isEmpty)
    #expect(try report.table("faithfulness-samples.csv").isEmpty)
    #expect(try report.rows("faithfulness").isEmpty)
    #expect(!report.files.contains { $0.name.contains("masking") })
    // No sentence about what was not measured.
    #expect(try !report.words("index.html").contains("what the answers depend on"))
  }

  @Test func printsFindingsAndTables() throws {
    let report = try report()
    #expect(problems(in: report.files) == [])
    let words = try report.words("faithfulness.html")
    #expect(
      words.contains(
        "maps beat random order at 5 of 5 exits (Baseline), at 4 of 5 exits (EGT). Baseline: better at exit 1"
      ))
    #expect(words.contains("no difference detected at exit 5"))
    #expect(
      words.contains(
        "EGT against Baseline: a difference at 5 of 5 exits. Intervals are over images, the training runs held fixed. Deletion and insertion: "
      ))
    #expect(
      words.contains("higher at exit 4 (+0.030 [+0.010, +0.050]); lower at"))
    #expect(words.contains("ROAD: no difference detected at exits 1, 2, 3 and 4."))
    #expect(words.contains("a mean rank correlation of at most 0.13 with what they were."))
    #expect(words.contains("by draw of weights −0.32 to 0.46"))
    // Table, model by model: whole image, deletion, random, gain.
    #expect(words.contains("Exit 1 Baseline 0.900 0.311 0.412 +0.101 [+0.081, +0.121] 0.311 0.412"))
    #expect(words.contains("Δ −0.050 [−0.070, −0.030] +0.010 [−0.010, +0.030]"))
    #expect(words.contains("Exit 1 Baseline most attended 0.50 55.0 0.25 30.0"))
    #expect(words.contains("12 of 30 test images"))
    // How it was measured, once for all runs, escaped.
    #expect(words.contains("How it was measured: All runs"))
    #expect(try report.text("faithfulness.html").contains("pixels become &lt;grey&gt;"))
    let page = try report.page("faithfulness.html")
    #expect(page.tags.count { $0.name == "svg" } == 5)
  }

  @Test func summaryHasASentence() throws {
    let words = try report().words("index.html")
    #expect(
      words.contains(
        "With EGT, the early exits’ maps show less of what the answers depend on. Gain over random order by deletion and insertion, mean over the early exits: Baseline +0.100 [+0.080, +0.120]; EGT +0.050 [+0.030, +0.070]; difference −0.050 [−0.070, −0.030] over images."
      ))
    #expect(words.contains("Measured on 12 images. Faithfulness"))
  }

  @Test func oneModelAloneIsNotCompared() throws {
    let report = try report(egtOnly: true)
    #expect(problems(in: report.files) == [])
    let words = try report.words("faithfulness.html")
    #expect(
      words.contains("Faithfulness was not recorded for Baseline, so nothing is compared there."))
    #expect(!words.contains("EGT against Baseline"))
    #expect(words.contains("maps beat random order at 4 of 5 exits (EGT)."))
    #expect(Set(try report.table("faithfulness.csv").map { $0["model"] }) == ["EGT"])
  }

  @Test func everyNumberIsInATable() throws {
    let report = try report()
    let rows = try report.table("faithfulness.csv")
    #expect(rows.count == 2 * 6)
    let row = try #require(rows.first { $0["model"] == "EGT" && $0["exit"] == "5" })
    #expect(row["samples"] == "12" && row["deletion_random_area"] == "0.412")
    #expect(row["road_gap"] == "0.34500000000000003" && row["gradcam_undefined"] == "1")
    #expect(row["gradcam_centred_null"] == "0.234" && row["none_inserted"] == "0.2")
    let mean = try #require(rows.first { $0["model"] == "Baseline" && $0["exit"] == "mean" })
    #expect(mean["advantage"] == "0.1" && mean["road_gap"] == "0.2" && mean["gradcam_n"] == "")
    let paired = try report.table("faithfulness-paired.csv")
    #expect(paired.count == 6 && paired[3]["delta_advantage"] == "0.03")
    #expect(paired[4]["delta_road_gap"] == "" && paired[5]["exit"] == "mean")
    let curves = try report.table("faithfulness-curves.csv")
    #expect(curves.count == 2 * 5 * (4 * 3 + 2 * 2))
    #expect(curves.last?["accuracy"] == "0.7" && curves.first?["accuracy"] == "")
    let stages = try report.table("faithfulness-random-weights.csv")
    #expect(stages.count == 2 * (2 + 3 + 4 + 5 + 6))
    #expect(stages[0]["lowest_draw"] == "-0.321" && stages[0]["undefined"] == "3")
    let samples = try report.table("faithfulness-samples.csv")
    #expect(samples.count == 10 && samples[0]["sample"] == "3")
    #expect(samples[0]["deletion_area"] == "0.25" && samples[0]["road_gap"] == "")
    let settings = try report.table("provenance.csv").filter { $0["kind"] == "faithfulness" }
    #expect(settings.count == 4 && settings[1]["value"] == "'=1+1")

    let json = try report.rows("faithfulness")
    #expect(json.count == 12 && json[0]["gradcamCentredNull"] as? Double == 0.234)
    #expect((json[0]["deletionRandomArea"] as? [String: Any])?["value"] as? Double == 0.412)
    let last = try #require(try report.rows("faithfulnessPaired").last)
    #expect((last["deltaAdvantage"] as? [String: Any])?["value"] as? Double == -0.05)
  }
}
