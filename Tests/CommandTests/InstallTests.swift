import FileKit
import Foundation
import Testing

/// A program that was installed or moved, started from anywhere.
@Suite struct InstallTests {
  private func templates(_ program: String, in folder: String) throws -> Command.Outcome {
    var command = Command(["doctor"], in: folder)
    command.program = program
    return try command.run()
  }

  /// What `make install` makes: the program finds its templates beside itself, from another folder and
  /// through a link.
  @Test func installedProgramFindsItsTemplates() throws {
    let scratch = try Scratch()
    let program = scratch("prefix/bin/exitlens")
    try Files.makeFolder(scratch("prefix/bin"))
    try FileManager.default.copyItem(atPath: Command.program, toPath: program)
    let folder = URL(fileURLWithPath: Command.program).deletingLastPathComponent().path
    try scratch.copy(
      "\(folder)/ExitLens_Report.resources/templates", as: "prefix/share/exitlens/templates")
    try FileManager.default.createSymbolicLink(
      atPath: scratch("link"), withDestinationPath: program)
    for start in [program, scratch("link")] {
      let outcome = try templates(start, in: "/")
      #expect(outcome.code == 0 && outcome.errors.isEmpty)
      #expect(outcome.output.contains(" \(scratch("prefix/share/exitlens/templates"))\n"))
    }
  }

  /// `bench` is a program of its own, which a copy of exitlens alone lacks.
  @Test func withoutBenchItSaysWhatIsMissing() throws {
    let scratch = try Scratch()
    try Files.makeFolder(scratch("bin"))
    try FileManager.default.copyItem(atPath: Command.program, toPath: scratch("bin/exitlens"))
    var command = Command(["bench", "--quick"])
    command.program = scratch("bin/exitlens")
    let outcome = try command.run()
    #expect(outcome.code == 1 && outcome.output.isEmpty && outcome.errorLines.count == 1)
    #expect(
      outcome.errors.hasPrefix(
        "exitlens: cannot start exitlens-bench: \(scratch("bin/exitlens-bench")): expected a program"
      ))
  }

  @Test func movedAloneItSaysWhereItLooked() throws {
    let scratch = try Scratch()
    let program = scratch("bin/exitlens")
    try Files.makeFolder(scratch("bin"))
    try FileManager.default.copyItem(atPath: Command.program, toPath: program)
    try TinyImages.write(scratch)
    var command = Command(["audit", scratch("data"), "--out", scratch("report")])
    command.program = program
    let outcome = try command.run()
    #expect(outcome.code == 1 && outcome.errorLines.count == 1)
    #expect(outcome.errors.contains(scratch("share/exitlens/templates")))
    #expect(outcome.errors.contains("--templates"))
  }
}
