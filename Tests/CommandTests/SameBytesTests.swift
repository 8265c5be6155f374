import FileKit
import Foundation
import Testing

/// The same input gives the same bytes, wherever and whenever.
@Suite struct SameBytesTests {
  private func report(_ scratch: Scratch, _ out: String) throws -> Command {
    let fixture = try Fixture.shared()
    return Command([
      "report", "--baseline", fixture.recording("baseline"), "--egt", fixture.recording("egt"),
      "--out", scratch(out),
    ])
  }

  @Test func reportInOtherSurroundings() throws {
    let expected = try Fixture.shared().scratch.contents(of: "report")
    let scratch = try Scratch()
    #expect(try report(scratch, "plain").run().code == 0)
    try expectSame(expected, scratch.contents(of: "plain"))

    var other = try report(scratch, "other")
    other.folder = "/"
    other.environment = [
      "TZ": "Asia/Kathmandu", "LANG": "tr_TR.UTF-8", "LC_ALL": "de_DE.UTF-8", "HOME": nil,
      "SOURCE_DATE_EPOCH": "86400",
    ]
    #expect(try other.run().code == 0)
    try expectSame(expected, scratch.contents(of: "other"))

    // One processor, so one thread.
    var narrow = try report(scratch, "plain")
    narrow.wrapper = ["/usr/bin/taskset", "-c", "0"]
    if FileManager.default.isExecutableFile(atPath: narrow.wrapper[0]) {
      #expect(try narrow.run().code == 0)
      try expectSame(expected, scratch.contents(of: "plain"))
    }
  }

  @Test func recordTwice() throws {
    let fixture = try Fixture.shared()
    let scratch = try Scratch()
    func record() throws -> [String: [UInt8]] {
      let outcome = try exitlens(
        "record", fixture.run("egt"), fixture.data, "--out", "recording", "--threads", "1",
        in: scratch.path)
      #expect(outcome.code == 0)
      return try scratch.contents(of: "recording")
    }
    let first = try record()
    #expect(Set(first.keys) == ["MANIFEST.sha256", "recording.json", "recording.safetensors"])
    try expectSame(first, record())
    // The command line is told in the json.
    let audits = try fixture.scratch.contents(of: "report-runs/egt-seed-1-recording")
    #expect(differences(first, audits) == ["MANIFEST.sha256", "recording.json"])
  }

  @Test func stampIsTheOnlyClock() throws {
    let scratch = try Scratch()
    var stamped = try report(scratch, "stamped")
    stamped.arguments.append("--stamp")
    #expect(try stamped.run().code == 0)
    let expected = try Fixture.shared().scratch.contents(of: "report")
    let changed = differences(expected, try scratch.contents(of: "stamped"))
    #expect(changed.contains("index.html") || changed.contains("provenance.html"))
    #expect(changed.allSatisfy { $0.hasSuffix(".html") || $0 == "MANIFEST.sha256" })
  }
}
