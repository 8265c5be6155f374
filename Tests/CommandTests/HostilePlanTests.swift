import FileKit
import Foundation
import Testing

/// Names that mean something to a shell: a printed command runs nothing but the command.
@Suite struct HostilePlanTests {
  /// Each would make a file `pwned` in the folder where the plan runs.
  private static let names = [
    "'\u{301};touch pwned;'", "$(touch pwned)", "`touch pwned`", "a;touch pwned", "a&&touch pwned",
    "!!", "~", "~root", "-x", "--help", "a b", "*", "#a", "\\", "\"", "'", "'\u{20DD}'", "$HOME",
    "{a,b}", "a\u{202E}b", "a\u{200B}b", "é", "e\u{301}", "=a", "%s", "<(touch pwned)",
  ]
  /// As a place, "~" is the home folder.
  private static let places = names.filter { $0 != "~" }
  /// No line of a script can hold these.
  private static let controls = [
    "a\ntouch pwned", "a\rb", "a\tb", "a\u{7F}b", "a\u{1B}[2Jb", "a\u{85}b", "a\u{2028}b",
    "a\u{2029}b",
  ]

  private static let sweep = [
    "--lambdas", "0", "--seeds", "1", "--size", "16", "--epochs", "1", "--threads", "1",
  ]

  /// What bash makes of a text: its words, or what a script prints.
  private func bash(_ script: String, in folder: String) throws -> [String] {
    let scratch = try Scratch()
    try scratch.write("output", "")
    let output = try #require(FileHandle(forWritingAtPath: scratch("output")))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return try Files.read(scratch("output")).split(separator: 0, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// The words of a command line, as bash reads it.
  private func words(_ line: String, in folder: String) throws -> [String] {
    try bash("printf '%s\\0' \(line)", in: folder).dropLast().map { $0 }
  }

  /// The plan's words come back as they were, and running it runs the sweep alone.
  @Test(arguments: places) func planRunsNothingElse(_ name: String) throws {
    let scratch = try Scratch()
    try TinyImages.write(scratch, classes: ["ant", "bee"], count: 8)
    let planned = try Command(
      ["sweep", "data", "--out=\(name)", "--plan"] + Self.sweep, in: scratch.path
    ).run()
    #expect(planned.code == 0, "\(planned.errors)")
    let lines = planned.output.split(separator: "\n")
    #expect(lines.count == 1)
    let words = try words(planned.output, in: scratch.path)
    #expect(words.count == 6 && words.last == "lambda-0-seed-1", "\(words)")
    let path = try #require(words.dropFirst(3).first)
    #expect(Array(path.utf8) == Array("\(scratch.path)/\(name)".utf8))
    _ = try bash(planned.output, in: scratch.path)
    #expect(Files.exists(scratch("\(name)/recordings/lambda-0-seed-1/recording.json")))
    #expect(!Files.exists(scratch("pwned")))
  }

  @Test(arguments: places) func jobArrayRunsNothingElse(_ name: String) throws {
    let scratch = try Scratch()
    try TinyImages.write(scratch, classes: ["ant", "bee"], count: 8)
    let script = try Command(
      ["sweep", "data", "--out=\(name)", "--slurm"] + Self.sweep, in: scratch.path
    ).run()
    #expect(script.code == 0, "\(script.errors)")
    let printing = script.output.replacing("\nexec ", with: "\nprintf '%s\\0' ")
    let words = try bash("SLURM_ARRAY_TASK_ID=0\n" + printing, in: scratch.path)
    #expect(words.count == 7 && words[5] == "lambda-0-seed-1", "\(words)")
    #expect(Array(words[3].utf8) == Array("\(scratch.path)/\(name)".utf8))
    #expect(!Files.exists(scratch("pwned")))
  }

  @Test(arguments: ["--plan", "--slurm"], controls)
  func controlsAreRefused(_ option: String, _ name: String) throws {
    let input = BadInput("\(option) in \(name.debugDescription)", 64, ["no script", "--out"]) {
      _, fixture in ["sweep", fixture.data, "--out=\(name)", option] + Self.sweep
    }
    try input.check()
  }

  /// The command in a plan (and so in run.json and reports) is one line that bash reads as it was given.
  @Test(arguments: names + controls) func recordedCommandComesBack(_ name: String) throws {
    let scratch = try Scratch()
    try TinyImages.write(scratch, classes: ["ant", "bee"], count: 8)
    let arguments = ["sweep", "data", "--out", "s", "--classes=\(name),bee"] + Self.sweep
    let planned = try Command(arguments + ["--plan"], in: scratch.path).run()
    #expect(planned.code == 0, "\(planned.errors)")
    struct Plan: Decodable {
      struct Run: Decodable { var command: String }
      var runs: [Run]
    }
    let plan = try JSONDecoder().decode(
      Plan.self, from: Data(try Files.read(scratch("s/plan.json"))))
    let command = try #require(plan.runs.first).command
    #expect(
      !command.unicodeScalars.contains { "\n\r\u{7F}\u{85}\u{2028}".unicodeScalars.contains($0) })
    let words = try words(command, in: scratch.path)
    #expect(words.map { Array($0.utf8) } == (["exitlens"] + arguments).map { Array($0.utf8) })
    #expect(!Files.exists(scratch("pwned")))
  }
}
