import FileKit
import Foundation
import Recordings
import Testing

/// The main job, from images to a report, by one command and by its steps.
@Suite struct AuditTests {
  @Test func oneCommandDoesAll() throws {
    let fixture = try Fixture.shared()
    for name in ["index.html", "provenance.html", "data/report.json", "MANIFEST.sha256"] {
      #expect(Files.exists("\(fixture.report)/\(name)"), "\(name)")
    }
    let lines = fixture.output.split(separator: "\n")
    #expect(
      lines.first?.hasPrefix("data: data, 3 classes, 24 training, 3 validation, 9 test") == true)
    #expect(lines.filter { $0.contains(": epoch ") }.count == 4)
    #expect(lines.last == "report: report/index.html")
    // Not a terminal: no moving lines.
    #expect(!fixture.output.contains("\r") && !fixture.output.contains("\u{1B}"))
  }

  /// The same by `train`, `record` and `report`: the same weights, and the same numbers.
  @Test func threeCommandsDoTheSame() throws {
    let fixture = try Fixture.shared()
    let scratch = try Scratch()
    for (arm, lambda) in [("baseline", "0"), ("egt", "0.3")] {
      let train = ["train", fixture.data, "--out", arm, "--lambda", lambda] + Fixture.training
      #expect(try Command(train, in: scratch.path).run().code == 0)
      let record = try exitlens(
        "record", arm, fixture.data, "--out", "\(arm)-recording", "--threads", "1",
        in: scratch.path)
      #expect(record.code == 0)
      #expect(record.output.hasSuffix("recording: \(arm)-recording, 9 test images\n"))
      #expect(!record.output.contains("note:"))
      #expect(
        try Files.read(scratch("\(arm)/weights.safetensors"))
          == Files.read("\(fixture.run(arm))/weights.safetensors"))
    }
    let report = try exitlens(
      "report", "--baseline", "baseline-recording", "--egt", "egt-recording", "--out", "report",
      in: scratch.path)
    #expect(report.code == 0 && report.errors.isEmpty)
    #expect(
      try Files.read(scratch("report/data/report.json"))
        == Files.read("\(fixture.report)/data/report.json"))
  }

  /// Times only on request, since they are other bytes each time.
  @Test func latencyIsMeasuredOnRequest() throws {
    let fixture = try Fixture.shared()
    let scratch = try Scratch()
    let record = try exitlens(
      "record", fixture.run("egt"), fixture.data, "--out", "timed", "--latency", "--threshold",
      "0.5", "--threads", "1", in: scratch.path)
    #expect(record.code == 0, "\(record.errors)")
    let latency = try #require(RecordingReader.manifest(of: scratch("timed")).latency)
    #expect(latency.exits.count == 5 && latency.images == 9 && latency.threads == 1)
    #expect(latency.earlyStop.threshold == 0.5)
    let share: Double = latency.earlyStop.shares.reduce(0, +)
    #expect(abs(share - 1) < 1e-9)
    #expect(try RecordingReader.manifest(of: fixture.recording("egt")).latency == nil)
  }

  /// Repeated, it trains nothing; with one arm gone, it trains that arm; the bytes stay.
  @Test func repeatedAuditGoesOn() throws {
    let fixture = try Fixture.shared()
    let scratch = try Scratch()
    try scratch.copy(fixture.data, as: "data")
    try scratch.copy(fixture.report, as: "report")
    try scratch.copy(fixture.scratch("report-runs"), as: "report-runs")
    let before = try scratch.contents(of: ".")

    let again = try Command(Fixture.audit, in: scratch.path).run()
    #expect(again.code == 0 && again.errors.isEmpty, "\(again.code): \(again.errors)")
    #expect(!again.output.contains(": epoch "))
    try expectSame(before, scratch.contents(of: "."))

    try FileManager.default.removeItem(atPath: scratch("report-runs/baseline-seed-1"))
    let half = try Command(Fixture.audit, in: scratch.path).run()
    #expect(half.code == 0 && half.errors.isEmpty, "\(half.code): \(half.errors)")
    #expect(half.output.contains("baseline-seed-1: epoch 2/2"))
    #expect(!half.output.contains("egt-seed-1: epoch"))
    try expectSame(before, scratch.contents(of: "."))
  }

  @Test func otherSettingsAreNotMixedIn() throws {
    let fixture = try Fixture.shared()
    let before = try fixture.scratch.contents(of: "report-runs")
    let outcome = try Command(
      Fixture.audit + ["--lambda", "0.5"], in: fixture.scratch.path
    ).run()
    #expect(outcome.code == 73)
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.errors.contains("got λ 0.3 instead of 0.5"))
    try expectSame(before, fixture.scratch.contents(of: "report-runs"))
  }

  /// How `--classes` stands in run.json, and that `record` reads it back.
  @Test(arguments: [("2", "2"), ("bee,ant", "[\"bee\",\"ant\"]"), ("", "\"all\"")])
  func classesInTheRun(_ option: String, _ json: String) throws {
    let fixture = try Fixture.shared()
    let scratch = try Scratch()
    let classes = option.isEmpty ? [] : ["--classes", option]
    let train = try Command(
      ["train", fixture.data, "--out", "run"] + classes + BadInput.quick, in: scratch.path
    ).run()
    #expect(train.code == 0, "\(train.errors)")
    let manifest = String(decoding: try Files.read(scratch("run/run.json")), as: UTF8.self)
    #expect(manifest.filter { !$0.isWhitespace }.contains("\"classes\":\(json),\"colorMode\""))
    let record = try exitlens("record", "run", fixture.data, "--out", "rec", in: scratch.path)
    #expect(record.code == 0 && !record.output.contains("note:"), "\(record.errors)")
    #expect(record.output.contains(option.isEmpty ? ", 9 test images" : ", 6 test images"))
  }

  @Test func otherThreadsAreAnotherRun() throws {
    let fixture = try Fixture.shared()
    let outcome = try Command(
      Fixture.audit + ["--threads", "2"], in: fixture.scratch.path
    ).run()
    #expect(outcome.code == 73)
    #expect(outcome.errors.contains("got 1 threads instead of 2"))
  }

  /// Where the data lie says nothing about what they are.
  @Test func movedDataAreTheSameData() throws {
    let fixture = try Fixture.shared()
    let scratch = try Scratch()
    try scratch.copy(fixture.data, as: "moved")
    try scratch.copy(fixture.scratch("report-runs"), as: "runs")
    let outcome = try Command(
      ["audit", "moved", "--out", "report", "--runs", "runs"] + Fixture.training, in: scratch.path
    ).run()
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(!outcome.output.contains(": epoch "))
  }
}
