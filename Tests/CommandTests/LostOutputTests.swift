import FileKit
import Foundation
import Testing

/// Output that does not arrive: an error at the end of the work, except where its reader has gone.
@Suite struct LostOutputTests {
  /// Commands whose only product is what they print.
  static let printing = [
    "predict", "predict --json", "sweep --plan", "sweep --slurm", "doctor --json", "figure --list",
    "report --diff", "bench --json", "--help", "--version",
  ]

  private static func arguments(_ name: String) throws -> [String] {
    let fixture = try Fixture.shared()
    let image = "\(fixture.data)/ant/00.png"
    switch name {
    case "predict", "predict --json":
      return ["predict", fixture.run("egt"), image, "--threads", "1"]
        + name.split(separator: " ").dropFirst().map(String.init)
    case "sweep --plan", "sweep --slurm":
      return name.split(separator: " ").map(String.init)
        + [fixture.data, "--out", "sweep", "--lambdas", "0,0.3", "--seeds", "1", "--threads", "1"]
    case "report --diff": return ["report", "--diff", fixture.report, fixture.report]
    case "bench --json":
      return ["bench", "--only", "sheet-64", "--quick", "--json"]
    default: return name.split(separator: " ").map(String.init)
    }
  }

  private func expectError(_ outcome: Command.Outcome, _ reason: String) {
    #expect(outcome.code == 73, "\(outcome.errors)")
    #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
    #expect(
      outcome.errors.hasPrefix("exitlens: cannot write: standard output: got \(reason)"),
      "\(outcome.errors)")
  }

  @Test(arguments: printing) func fullDisk(_ name: String) throws {
    let scratch = try Scratch()
    let command = Command(try Self.arguments(name), in: scratch.path)
    try expectError(command.printing("> /dev/full").run(), "the disk is full")
  }

  @Test(arguments: printing) func closed(_ name: String) throws {
    let scratch = try Scratch()
    let command = Command(try Self.arguments(name), in: scratch.path)
    try expectError(command.printing(">&-").run(), "it is closed")
  }

  /// `| head`: the reader has had what it wanted.
  @Test(arguments: printing) func goneReader(_ name: String) throws {
    let scratch = try Scratch()
    var command = Command(try Self.arguments(name), in: scratch.path)
    command.wrapper = [
      "/bin/bash", "-c",
      "trap - PIPE; timeout -s KILL 120 \"$@\" | true; exit ${PIPESTATUS[0]}", "bash",
    ]
    let outcome = try command.run()
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
  }

  /// The work is done all the same, and only then the lost lines are an error.
  @Test(arguments: [("> /dev/full", 73), (">&-", 0)])
  func workIsDone(_ place: String, code: Int32) throws {
    let fixture = try Fixture.shared()
    let scratch = try Scratch()
    let report = try Command(
      [
        "report", "--baseline", fixture.recording("baseline"), "--egt", fixture.recording("egt"),
        "--out", "report",
      ], in: scratch.path
    ).printing(place).run()
    #expect(report.code == code, "\(report.errors)")
    #expect(report.errorLines.count == (code == 0 ? 0 : 1), "\(report.errors)")
    try expectSame(fixture.scratch.contents(of: "report"), scratch.contents(of: "report"))

    let train = try Command(
      ["train", fixture.data, "--out", "run"] + BadInput.quick, in: scratch.path
    ).printing(place).run()
    #expect(train.code == code, "\(train.errors)")
    #expect(Files.exists(scratch("run/weights.safetensors")))
  }

  /// What a command has found out is not hidden by that.
  @Test func ownCodeStays() throws {
    let fixture = try Fixture.shared()
    let scratch = try Scratch()
    try scratch.copy(fixture.report, as: "report")
    try FileManager.default.removeItem(atPath: scratch("report/index.html"))
    let outcome = try Command(["verify", "report"], in: scratch.path).printing("> /dev/full").run()
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("index.html"))
    #expect(outcome.errors.contains("cannot write: standard output"))
  }
}
