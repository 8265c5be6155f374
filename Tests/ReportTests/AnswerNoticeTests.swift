import Analysis
import Recordings
import Report
import TestSupport
import Testing

/// Alerts that take the ground from confidences, or from what validation answers chose, are said where those are used.
@Suite struct AnswerNoticeTests {
  private func report(_ code: String?) throws -> WrittenReport {
    var audit = SyntheticAudit()
    SyntheticCalibration.add(to: &audit.result, isScaled: true)
    if let code {
      audit.result.flags.append(Flag(code: code, arm: "egt", exit: nil, message: "x"))
    }
    return try WrittenReport(audit)
  }

  @Test func probabilities() throws {
    let report = try report("PROBABILITIES")
    #expect(problems(in: report.files) == [])
    let reason =
      "Reason: logits that are probabilities: confidences and calibration are wrong (PROBABILITIES)."
    let calibration = try report.words("calibration.html")
    #expect(calibration.contains("Calibration is not compared. " + reason))
    #expect(
      !calibration.contains("better with EGT at") && !calibration.contains("worse with EGT at"))
    for page in ["index.html", "efficiency.html"] {
      let words = try report.words(page)
      #expect(words.contains("What stopping early costs and brings is not compared. " + reason))
      #expect(!words.contains("With a confidence threshold of"))
    }
    for page in ["calibration.html", "efficiency.html"] {
      #expect(
        try report.words(page).contains(
          "PROBABILITIES logits that are probabilities: confidences and calibration are wrong. Alerts"
        ))
    }
    for name in ["calibration", "failure"] {
      let table = try report.text("tables/\(name).tex")
      #expect(table.contains("The models are not compared.") && !table.contains("mathbf"))
    }
  }

  @Test func validationIsTest() throws {
    let report = try report("VALIDATION-IS-TEST")
    let notice =
      "VALIDATION-IS-TEST validation answers are the test answers: thresholds are chosen on the test. Alerts"
    let efficiency = try report.words("efficiency.html")
    #expect(efficiency.contains(notice))
    #expect(
      efficiency.contains(
        "Here these validation answers are the test answers (VALIDATION-IS-TEST): the settings were chosen"
      ))
    let calibration = try report.words("calibration.html")
    #expect(calibration.contains(notice))
    #expect(
      calibration.contains(
        "fitted on 150 validation images, which are the test images (VALIDATION-IS-TEST): nothing"))
  }

  @Test func nothingOtherwise() throws {
    let report = try report(nil)
    for page in ["calibration.html", "efficiency.html"] {
      let words = try report.words(page)
      #expect(!words.contains("PROBABILITIES") && !words.contains("VALIDATION-IS-TEST"))
    }
    #expect(try report.text("tables/calibration.tex").contains("mathbf"))
  }
}
