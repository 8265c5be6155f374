import Analysis
import Foundation
import Report
import Testing

@Suite struct CalibrationPageTests {
  private func report(isScaled: Bool = false) throws -> WrittenReport {
    var audit = SyntheticAudit()
    SyntheticCalibration.add(to: &audit.result, isScaled: isScaled)
    return try WrittenReport(audit)
  }

  @Test func printsScoresAndWhatDiffers() throws {
    let report = try report()
    #expect(problems(in: report.files) == [])
    let words = try report.words("calibration.html")
    #expect(
      words.contains(
        "better with EGT at exit 2 (−0.030 [−0.040, −0.020]); no difference detected at exits 1, 3, 4 and 5."
      ))
    #expect(words.contains("worse with EGT at exit 2 (+0.030 [+0.020, +0.040])"))
    #expect(words.contains("and exit 4 (+0.030 [+0.020, +0.040]); no interval at exit 5."))
    #expect(
      words.contains(
        "Exit 1 Baseline 80.0 71.0 0.091 0.031 0.083 [0.063, 0.103] 0.900 [0.880, 0.920]"))
    #expect(words.contains("Exit 5, final Baseline 80.0 71.0"))
    #expect(words.contains("0.600–0.667 Baseline 1,234 64.0 70.0 [68.0, 72.0] EGT 1,234"))
    #expect(words.contains("Not recorded. A temperature is fitted on validation answers"))
    let navigation = try report.page("index.html").tags.compactMap { $0["href"] }
    #expect(navigation.contains("calibration.html"))
  }

  @Test func printsTemperatures() throws {
    let words = try report(isScaled: true).words("calibration.html")
    #expect(words.contains("its own temperature, fitted on 150 validation images"))
    #expect(words.contains("Exit 1 Baseline 0.05 (limit) 0.183 [0.163, 0.203] −0.050"))
    #expect(words.contains("Exit 2 Baseline 1.23 0.183"))
    #expect(words.contains("is searched from 0.05 to 20"))
  }

  @Test func everyNumberIsInATable() throws {
    let report = try report(isScaled: true)
    let rows = try report.table("calibration.csv")
    // Two arms of five exits: recorded, scaled, change; and two kinds of difference.
    #expect(rows.count == 2 * 5 * 3 + 5 * 2)
    let row = try #require(
      rows.first { $0["model"] == "EGT" && $0["probabilities"] == "recorded" })
    #expect(row["ece_debiased"] == "0.10300000000000001" && row["ece_null"] == "0.031")
    #expect(row["auroc_recordings"] == "1" && row["ece_within_chance"] == "false")
    let delta = try #require(rows.first { $0["reference"] != "" && $0["exit"] == "2" })
    #expect(delta["ece_debiased"] == "-0.03" && delta["ece"] == "")
    let bins = try report.table("reliability.csv")
    #expect(bins.count == 2 * 5 * (15 + 1))
    #expect(bins.count { $0["accuracy"] == "" } == 2 * 5 * 14)
    let fits = try report.table("temperature.csv")
    #expect(fits.count == 10 && fits[0]["at_bound"] == "true" && fits[1]["temperature"] == "1.234")
    let json = try report.rows("calibration")
    #expect(json.count == rows.count && json[0]["reference"] is NSNull)
    #expect((json[0]["eceDebiased"] as? [String: Any])?["low"] as? Double == 0.063)
    #expect(try report.rows("temperature")[1]["temperature"] as? Double == 1.234)
  }

  @Test func isLeftOutWhereNothingIsKnown() throws {
    let report = try WrittenReport.usual.get()
    #expect(!report.files.contains { $0.name == "calibration.html" })
    #expect(try report.table("calibration.csv").isEmpty)
  }
}
