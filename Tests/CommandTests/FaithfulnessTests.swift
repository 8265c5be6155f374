import FileKit
import Foundation
import Recordings
import Testing

/// `record --faithfulness`, and a report of what it recorded.
@Suite struct FaithfulnessTests {
  @Test func recordsTheSameTwiceAndReports() throws {
    let fixture = try Fixture.shared()
    let scratch = try Scratch()
    for (arm, out) in [("baseline", "baseline"), ("egt", "egt"), ("egt", "again")] {
      let result = try exitlens(
        "record", fixture.run(arm), fixture.data, "--faithfulness", "--faithfulness-samples", "5",
        "--threads", "1", "--out", out, in: scratch.path)
      #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
      #expect(
        result.output.contains("faithfulness: 5 images, as many of each class as its share"))
    }
    #expect(
      try Files.read(scratch("egt/recording.safetensors"))
        == Files.read(scratch("again/recording.safetensors")))
    let recording = try RecordingReader.read(scratch("egt"))
    #expect(recording.faithfulness?.samples.count == 5)
    #expect(recording.faithfulness?.masking?.exits.count == recording.exitCount)

    let report = try exitlens(
      "report", "--baseline", "baseline", "--egt", "egt", "--out", "report",
      "--figure-format", "none", in: scratch.path)
    #expect(report.code == 0 && report.errors.isEmpty, "\(report.errors)")
    let json = try Files.read(scratch("report/data/report.json"))
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
    let tables = try #require(object["tables"] as? [String: [[String: Any]]])
    let rows = try #require(tables["faithfulness"]).filter { $0["model"] as? String == "EGT" }
    #expect(rows.count == recording.exitCount + 1 && rows[0]["samples"] as? Int == 5)
    #expect(tables["faithfulnessPaired"]?.count == recording.exitCount + 1)
  }

  @Test func needsAtLeastOneSample() throws {
    let scratch = try Scratch()
    let result = try exitlens(
      "record", "run", "data", "--out", "out", "--faithfulness", "--faithfulness-samples", "0",
      in: scratch.path)
    #expect(result.code == 64)
    #expect(result.errors.contains("expected at least 1"))
  }
}
