import FileKit
import Foundation
import Testing

/// Output that cannot be written, or is something else: code 73, before any work.
///
/// The tests may run as root, whom no permission stops; below a file nobody can write.
@Suite struct BadPlaceTests {
  private static let command: [String: @Sendable (Scratch, Fixture, String) throws -> [String]] = [
    "train": { ["train", $1.data, "--out", $2] + BadInput.quick },
    "audit": { ["audit", $1.data, "--out", $2] + BadInput.quick },
    "record": { ["record", $1.run("egt"), $1.data, "--out", $2] },
    "report": {
      ["report", "--baseline", $1.recording("baseline"), "--egt", $1.recording("egt"), "--out", $2]
    },
  ]

  @Test(arguments: ["train", "audit", "record", "report"]) func belowAFile(_ name: String) throws {
    for place in ["file/out", "/proc/exitlens/out"] {
      try BadInput("\(name) to \(place)", 73, ["cannot write", place]) { scratch, fixture in
        try scratch.write("file", "text")
        return try Self.command[name]!(scratch, fixture, place)
      }.check()
    }
  }

  @Test(arguments: ["train", "audit", "record", "report"]) func overAFile(_ name: String) throws {
    try BadInput("\(name) over a file", 73, ["mine", "a file of that name"]) { scratch, fixture in
      try scratch.write("mine", "text")
      return try Self.command[name]!(scratch, fixture, "mine")
    }.check()
  }

  @Test(arguments: ["train", "audit", "record", "report"])
  func overSomethingElse(_ name: String) throws {
    try BadInput("\(name) over photographs", 73, ["will not overwrite", "mine"]) {
      scratch, fixture in
      try scratch.write("mine/holiday.jpg", "a photograph")
      return try Self.command[name]!(scratch, fixture, "mine")
    }.check()
  }

  @Test func runIsNotOverwritten() throws {
    try BadInput("a run without --resume", 73, ["a run is already there", "--resume"]) {
      scratch, fixture in
      try scratch.copy(fixture.run("egt"), as: "run")
      return ["train", fixture.data, "--out", "run"] + Fixture.training
    }.check()
  }

  @Test func placesOfAnAuditAreCheckedBeforeTraining() throws {
    try BadInput("--runs below a file", 73, ["cannot write", "file/runs"]) { scratch, fixture in
      try scratch.write("file", "text")
      return ["audit", fixture.data, "--out", "report", "--runs", "file/runs"] + BadInput.quick
    }.check()
    try BadInput("a recording's place is taken", 73, ["baseline-seed-1-recording"]) {
      scratch, fixture in
      try scratch.write("report-runs/baseline-seed-1-recording/mine.txt", "text")
      return ["audit", fixture.data, "--out", "report"] + BadInput.quick
    }.check()
    try BadInput("no font", 66, ["nosuch.ttf", "TrueType"]) { _, fixture in
      ["audit", fixture.data, "--out", "report", "--font", "nosuch.ttf"] + BadInput.quick
    }.check()
    try BadInput("no templates", 66, ["nosuch", "templates"]) { _, fixture in
      ["audit", fixture.data, "--out", "report", "--templates", "nosuch"] + BadInput.quick
    }.check()
  }

  /// An older report of the same place is replaced, and nothing else is left beside it.
  @Test func reportReplacesAReport() throws {
    let fixture = try Fixture.shared()
    let scratch = try Scratch()
    try scratch.copy(fixture.report, as: "report")
    let outcome = try Command(
      try Self.command["report"]!(scratch, fixture, "report"), in: scratch.path
    ).run()
    #expect(outcome.code == 0)
    let expected = try fixture.scratch.contents(of: "report")
    try expectSame(expected, scratch.contents(of: "report"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["report"])
  }
}
