import Analysis
import Report
import TestSupport
import Testing

/// Several training runs an arm: their page, their files, Table 1.
@Suite struct RunsPageTests {
  private func report(low: Double = 0.1) throws -> WrittenReport {
    var audit = SyntheticAudit(samples: 8)
    audit.addRuns(low: low)
    return try WrittenReport(audit, ReportOptions(gallery: .atMost(1)))
  }

  @Test func pageStandsOnlyWhereThereAreRuns() throws {
    #expect(try !WrittenReport.usual.get().files.contains { $0.name == "runs.html" })
    let report = try report()
    #expect(problems(in: report.files) == [])
    let words = try report.words("runs.html")
    #expect(
      words.contains("3 pairs of training runs of equal seed, each recorded on 8 test images"))
    #expect(words.contains("they are compared as pairs"))
    #expect(
      words.contains(
        "Cosine mean of early exits Baseline 0.450 [0.430, 0.470] 0.020 EGT 0.750 [0.730, 0.770] "
          + "0.020 Δ +0.300 [+0.100, +0.500] 0.020 — +0.300 [+0.290, +0.310]"))
    #expect(words.contains("2 2 0.450 +0.200 — — — 83.0"))
    #expect(words.contains(". Each symbol is one training run"))
  }

  @Test func filesHoldEveryRun() throws {
    let report = try report()
    let seeds = try report.table("seeds.csv")
    let cosines = seeds.filter {
      $0["model"] == "EGT" && $0["reference"] == "" && $0["measure"] == "cosine"
    }
    #expect(cosines.map { $0["run"] } == ["1", "2", "3"] && cosines[2]["seed"] == "3")
    #expect(cosines.map { Double($0["value"]!)! } == [0.73, 0.75, 0.77])
    #expect(seeds.count { $0["reference"] == "Baseline" } == 3)
    let numbers = try report.table("numbers.csv")
    let difference = try #require(
      numbers.first { $0["reference"] == "Baseline" && $0["sd_over_runs"] != "" })
    #expect(difference["over_runs_low"] == "0.1" && difference["sd_over_runs"] == "0.02")
    #expect(difference["degrees_of_freedom"] == "2" && difference["nested_low"] == "0.29")
    let json = try report.json()
    let comparison = try #require((json["comparisons"] as? [[String: Any]])?.first)
    #expect(comparison["pairs"] as? [[Int]] == [[1, 1], [2, 2], [3, 3]])
    let mean = try #require((comparison["mean"] as? [String: Any])?["cosine"] as? [String: Any])
    #expect((mean["runs"] as? [String: Any])?["sd"] as? Double == 0.02)
    let own = try #require(WrittenReport.models(json)[1]["mean"] as? [String: Any])
    for measure in ["cosine", "excess"] {
      let runs = try #require((own[measure] as? [String: Any])?["runs"] as? [String: Any])
      #expect((runs["values"] as? [Double])?.count == 3, "\(measure)")
    }
    #expect((own["centred"] as? [String: Any])?["runs"] == nil)
    let over = numbers.filter {
      $0["model"] == "EGT" && $0["reference"] == "" && $0["sd_over_runs"] != ""
    }
    #expect(over.map { $0["measure"] } == ["cosine", "excess", "accuracy"])
    #expect(over.map { $0["place"] } == ["mean", "mean", "early-exit"])
  }

  @Test func tableOneShowsTheScatterOfRuns() throws {
    let words = try report().words("index.html")
    #expect(words.contains("Mean early exits Baseline 0.450 ± 0.020 0.250 +0.200 ± 0.020"))
    #expect(words.contains("± is the standard deviation over runs"))
    #expect(
      words.contains(
        "over 8 test images and 3 pairs of training runs of equal seed (over images alone"))
  }

  @Test func differencesHaveTheirTests() throws {
    var audit = SyntheticAudit()
    audit.result.paired?.exits[4][.accuracy]?.mcNemar = McNemarTest(
      bothRight: 20, onlyReferenceRight: 2, onlyModelRight: 5, bothWrong: 3)
    audit.result.paired?.exits[4][.accuracy]?.p = 0.4531
    audit.result.paired?.exits[4][.accuracy]?.holmP = 0.9
    audit.result.paired?.exits[0][.cosine]?.effectSize = Estimate(1.2, low: 0.8, high: 1.6)
    let report = try WrittenReport(audit)
    #expect(try report.words("index.html").contains("+0.3 [−0.9, +1.5] p = 0.900"))
    let rows = try report.table("numbers.csv").filter { $0["reference"] != "" }
    let accuracy = try #require(rows.first { $0["measure"] == "accuracy" && $0["exit"] == "5" })
    #expect(accuracy["only_model_right"] == "5" && accuracy["odds_ratio"] == "2.5")
    #expect(accuracy["mcnemar_p"]?.hasPrefix("0.4531") == true)
    let cosine = try #require(rows.first { $0["measure"] == "cosine" && $0["exit"] == "1" })
    #expect(cosine["effect_size_low"] == "0.8" && cosine["both_right"] == "")
    #expect(accuracy["holm_p"] == "0.9")
  }
}
