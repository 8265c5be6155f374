import Analysis
import Foundation
import Report
import TensorCore
import TestSupport
import Testing

@Suite struct ConsistencyPageTests {
  /// Runs of other λ: a chart, a row each, and in the data; nothing without them.
  @Test func otherLambdas() throws {
    #expect(!(try WrittenReport.usual.get().words("consistency.html").contains("Other λ")))
    var audit = SyntheticAudit()
    audit.result.sweep = LambdaSweep(
      runs: [0, 0.3, 1].map { lambda in
        LambdaSweep.Run(
          lambda: lambda, seed: 4, cosine: 0.5 + lambda / 10, null: 0.45, centred: 0.2,
          accuracy: Estimate(0.8, low: 0.7, high: 0.9))
      })
    let report = try WrittenReport(audit)
    let words = try report.words("consistency.html")
    #expect(words.contains("0.3 4 0.530 0.450 +0.080 0.200 80.0 [70.0, 90.0]"))
    #expect(words.contains("1 4 0.600 0.450 +0.150 0.200 80.0 [70.0, 90.0]"))
    #expect(
      words.contains("Consistency and accuracy against λ") && words.contains("CSV of Figure 24"))
    #expect(try report.table("sweep.csv").map { $0["lambda"] } == ["0", "0.3", "1"])
    #expect(try report.rows("sweep").count == 3)
    #expect(problems(in: report.files) == [])
  }

  @Test func printsNumbersNullsAndDifferences() throws {
    let words = try WrittenReport.usual.get().words("consistency.html")
    // Cosine, null, excess, same-class null and excess, centred r, its null, ceiling, undefined.
    #expect(
      words.contains(
        """
        Exit 1 16×16 Baseline 0.300 [0.280, 0.320] 0.250 +0.050 [+0.030, +0.070] 0.275 \
        +0.025 [+0.005, +0.045] 0.000 [−0.020, 0.020] 0.010 0.940 0 EGT
        """))
    #expect(words.contains("Δ +0.300 [+0.288, +0.312]"))
    // Spread, entropy and Gini at equal resolution, then on the exit's own grid.
    #expect(
      words.contains(
        """
        Exit 5, final 4×4 Baseline 1.200 [1.180, 1.220] 0.700 [0.680, 0.720] 0.400 [0.380, 0.420] \
        1.90 0.800 30 0
        """))
    #expect(
      words.contains(
        """
        The final maps of EGT have a spread of 0.90, those of Baseline 1.20: they are flatter \
        (Δ −0.40 [−0.42, −0.38])
        """))
    #expect(
      words.contains("Baseline 24 0.410 6 0.380 +0.030 [−0.020, +0.080] 0.580 [0.560, 0.600]"))
    #expect(words.contains("circle 10 images Baseline 0.440 [0.420, 0.460] +0.150 +0.050 0.210 10"))
  }

  @Test func onlyDifferencesThatExcludeZeroAreBold() throws {
    let page = try WrittenReport.usual.get().text("consistency.html")
    #expect(page.contains("<b>+0.300</b>"))
    #expect(page.contains("<b>−0.400</b>"))
    #expect(page.contains("<td>+0.010 <span class=\"ci\">[−0.010, +0.030]</span></td>"))
    #expect(page.contains("<td>+0.030 <span class=\"ci\">[−0.020, +0.080]</span></td>"))
  }

  @Test func showsItsFigures() throws {
    let report = try WrittenReport.usual.get()
    let page = try report.text("consistency.html")
    let ids = page.matches(of: /<figure class="figure" id="(figure-[0-9]+)">/).map { String($0.1) }
    #expect(ids.count == 7 && Set(ids).count == 7)
    for id in ids { #expect(report.files.contains { $0.name == "figures/\(id).pdf" }) }
    #expect(page.utf8.count < 200_000)
  }

  @Test func tablesHoldWhatIsPrinted() throws {
    let report = try WrittenReport.usual.get()
    let numbers = try report.table("numbers.csv")
    func number(_ model: String, _ measure: String, _ exit: String) -> [String: String]? {
      numbers.first {
        $0["model"] == model && $0["reference"] == "" && $0["measure"] == measure
          && $0["exit"] == exit
      }
    }
    let first = try #require(number("Baseline", "cosine", "1"))
    #expect(first["value"] == "0.3" && first["null"] == "0.25" && first["n"] == "30")
    #expect(number("Baseline", "sameClassExcess", "1")?["null"] == "0.275")
    #expect(number("EGT", "top10", "1")?["null"] == "0.35")
    #expect(number("EGT", "top10", "5") == nil && number("EGT", "gini", "5")?["value"] == "0.4")
    let ranks = numbers.filter { $0["reference"] == "Baseline" && $0["measure"] == "spearman" }
    #expect(ranks.map { $0["exit"] } == ["1", "2", "3", "4"])
    #expect(ranks.allSatisfy { $0["value"] == "0.125" && $0["null"] == "" })
    // The same numbers, a row an exit.
    let exits = try report.table("exits.csv")
    #expect(exits[0]["same_class_excess_null"] == "0.275" && exits[4]["spearman"] == "")
    #expect(try report.table("matrix.csv").count == 2 * 25)
    #expect(try report.table("correctness.csv").count == 2 * 4)
    #expect(try report.table("per-class.csv").count == 3 * (2 * 5 + 1))
    let bins = try report.table("distribution.csv").filter { $0["reference"] != "" }
    #expect(bins.prefix(2).map { $0["bin_low"] } == ["-0.1", "0.3"])
    #expect(bins.prefix(2).map { $0["count"] } == ["1", "2"])
  }

  @Test func jsonHoldsThemToo() throws {
    let json = try WrittenReport.usual.get().json()
    let exits = try #require(WrittenReport.models(json)[1]["exits"] as? [[String: Any]])
    for measure in Measure.all {
      #expect(exits[0].keys.contains(measure.key) && exits[4].keys.contains(measure.key))
    }
    #expect(exits[4]["spearman"] is NSNull)
    #expect((exits[4]["gini"] as? [String: Any])?["value"] as? Double == 0.4)
    let comparison = try #require((json["comparisons"] as? [[String: Any]])?.first)
    let differences = try #require(comparison["exits"] as? [[String: Any]])
    #expect(differences[0]["shareHigher"] as? Double == 0.75)
    #expect(differences[4]["shareHigher"] is NSNull && differences[4]["cosine"] == nil)
    #expect(try WrittenReport.rows("matrix", json).count == 2 * 25)
    let correctness = try WrittenReport.rows("correctness", json)
    #expect((correctness[0]["auroc"] as? [String: Any])?["value"] as? Double == 0.58)
  }

  @Test func manyClassesAreCutToBothEndsAndSmallOnesMarked() throws {
    let report = try WrittenReport(
      SyntheticAudit(samples: 210, classNames: (0..<200).map { "class \($0)" }))
    let words = try report.words("consistency.html")
    #expect(words.contains("Of 200 classes, the 30 with the smallest and largest Δ are shown"))
    #expect(words.contains("200 classes have fewer than 10 samples"))
    // Δ falls with the number.
    #expect(words.contains("class 199 1 image, few") && words.contains("class 0 2 images, few"))
    #expect(!words.contains("class 100 "))
    #expect(try report.table("per-class.csv").count == 200 * 11)
  }

  @Test func whatIsNotThereIsADash() throws {
    var audit = SyntheticAudit(samples: 4)
    for arm in [\AuditResult.baseline, \AuditResult.egt] {
      for exit in 0..<5 {
        for measure in Measure.all where ![.accuracy, .spread, .entropy].contains(measure) {
          audit.result[keyPath: arm].exits[exit][measure] = nil
        }
        audit.result[keyPath: arm].exits[exit].correctness = nil
        audit.result[keyPath: arm].exits[exit].cosineHistogram = nil
      }
      audit.result[keyPath: arm].matrix = nil
    }
    audit.result.classes = []
    audit.result.paired = nil
    let report = try WrittenReport(audit)
    #expect(problems(in: report.files) == [])
    let words = try report.words("consistency.html")
    #expect(words.contains("Exit 1 16×16 Baseline — — — — — — — — 0 EGT"))
    #expect(words.contains("The spread of the final maps is not defined."))
    #expect(!words.contains("Class by class, over"))
  }
}
