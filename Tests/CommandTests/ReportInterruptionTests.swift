import FileKit
import Foundation
import Testing

/// Whatever ends the writing of a report, the report that was there before is there still, whole.
@Suite struct ReportInterruptionTests {
  private func report(_ scratch: Scratch, _ out: String) throws -> Command {
    let fixture = try Fixture.shared()
    try scratch.copy(fixture.report, as: out)
    return Command(
      [
        "report", "--baseline", fixture.recording("baseline"), "--egt", fixture.recording("egt"),
        "--out", out, "--title", "Another title",
      ], in: scratch.path)
  }

  /// Killed while its temporary folder fills; the next report of that place sweeps what it left.
  @Test func killedHalfWay() throws {
    let old = try Fixture.shared().scratch.contents(of: "report")
    let scratch = try Scratch()
    let command = try report(scratch, "report")
    let process = command.process(
      output: FileHandle.nullDevice, errors: FileHandle.nullDevice)
    try process.run()
    func temporary() throws -> String? {
      try FileManager.default.contentsOfDirectory(atPath: scratch.path)
        .first { $0.hasPrefix(".exitlens-") }
    }
    while process.isRunning {
      if let name = try temporary(), Files.exists(scratch("\(name)/new/sheets")) { break }
      usleep(200)
    }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal, "it was done before the signal came")
    #expect(try temporary() != nil)
    try expectSame(old, scratch.contents(of: "report"))
    #expect(try exitlens("verify", "report", in: scratch.path).code == 0)

    #expect(try command.run().code == 0)
    #expect(try temporary() == nil)
    let index = String(decoding: try Files.read(scratch("report/index.html")), as: UTF8.self)
    #expect(index.contains("Another title"))
  }

  /// No file may grow beyond 16 kB, as on a disk that is full.
  @Test func diskFull() throws {
    let old = try Fixture.shared().scratch.contents(of: "report")
    let scratch = try Scratch()
    var command = try report(scratch, "report")
    command.wrapper = [
      "/bin/sh", "-c", "trap '' XFSZ; ulimit -f 32; exec \"$@\"", "sh",
    ]
    let outcome = try command.run()
    #expect(outcome.code == 73, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.errors.contains("cannot write"))
    try expectSame(old, scratch.contents(of: "report"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["report"])
  }
}
