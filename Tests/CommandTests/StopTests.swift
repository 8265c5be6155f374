import FileKit
import Foundation
import Testing

/// What somebody reads who stops a command, and what is left of it.
@Suite struct StopTests {
  /// Starts a command, waits until something is there, sends a signal; what it said on standard error.
  private func stop(
    _ command: Command, by signal: Int32, in scratch: Scratch, when isReady: () throws -> Bool
  ) throws -> String {
    try scratch.write("errors", "")
    let errors = try #require(FileHandle(forWritingAtPath: scratch("errors")))
    var command = command
    // `swift test` ignores these signals, and so would what it starts.
    command.wrapper = ["/usr/bin/env", "--default-signal=INT,TERM"]
    let process = command.process(output: FileHandle.nullDevice, errors: errors)
    try process.run()
    while process.isRunning, try !isReady() { usleep(200) }
    Foundation.kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal, "it was done before the signal came")
    #expect(process.terminationStatus == signal)
    return String(decoding: try Files.read(scratch("errors")), as: UTF8.self)
  }

  private func temporaryFolders(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter {
      $0.hasPrefix(".exitlens-")
    }
  }

  @Test func trainingSaysHowItGoesOn() throws {
    let scratch = try Scratch()
    try TinyImages.write(scratch)
    let train = Command(
      ["train", "data", "--out", "run", "--size", "16", "--epochs", "60", "--threads", "1"],
      in: scratch.path)
    let errors = try stop(train, by: SIGTERM, in: scratch) {
      Files.exists(scratch("run/state.safetensors"))
    }
    #expect(
      errors == "exitlens: stopped by SIGTERM; with --resume the same command goes on with the "
        + "epoch that was not finished\n")
    #expect(try temporaryFolders(in: scratch("run")).isEmpty)
  }

  @Test func reportTakesItsTemporaryFolderWithIt() throws {
    let fixture = try Fixture.shared()
    let scratch = try Scratch()
    let report = Command(
      ["report", "--baseline", fixture.recording("baseline"), "--egt", fixture.recording("egt")]
        + ["--out", "report"], in: scratch.path)
    let errors = try stop(report, by: SIGINT, in: scratch) {
      try temporaryFolders(in: scratch.path).contains { Files.exists(scratch("\($0)/new/sheets")) }
    }
    #expect(
      errors == "exitlens: stopped by SIGINT; nothing was changed; the same command starts again\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["errors"])
  }

  /// A job of `nohup`, or in the background of a shell, is not stopped by what its user ignores.
  @Test func ignoredSignalsStayIgnored() throws {
    let scratch = try Scratch()
    try TinyImages.write(scratch)
    var command = Command(["train", "data", "--out", "run"] + BadInput.quick, in: scratch.path)
    command.wrapper = [
      "/bin/bash", "-c", "trap '' HUP; \"$@\" & sleep 0.05; kill -HUP $!; wait $!", "bash",
    ]
    #expect(try command.run().code == 0)
    #expect(Files.exists(scratch("run/weights.safetensors")))
  }

  /// A run that was killed before its first file says of itself what one that was left alone says.
  @Test func resumeIsNoPartOfTheCommand() throws {
    let scratch = try Scratch()
    try TinyImages.write(scratch)
    for options in [["--seed", "1"], ["--resume"], ["--force"]] {
      let train = ["train", "data", "--out", "run"] + BadInput.quick + options
      #expect(try Command(train, in: scratch.path).run().code == 0)
      try FileManager.default.moveItem(
        atPath: scratch("run"), toPath: scratch("run" + options.joined()))
    }
    func command(_ name: String) throws -> String {
      let text = String(decoding: try Files.read(scratch("\(name)/run.json")), as: UTF8.self)
      return String(try #require(text.split(separator: "\n").first { $0.contains("\"command\"") }))
    }
    let first = try scratch.contents(of: "run--resume")
    try expectSame(first, scratch.contents(of: "run--force"))
    #expect(try command("run--resume") != command("run--seed1"))
    #expect(try command("run--resume").contains("exitlens train data --out run --size"))
  }

  /// No file may grow beyond 1 MB, as on a disk that is full: the contract's code, not "1 of 1 failed".
  @Test func sweepOnAFullDisk() throws {
    let scratch = try Scratch()
    try TinyImages.write(scratch)
    var command = Command(
      ["sweep", "data", "--out", "sweep", "--lambdas", "0", "--seeds", "1"] + BadInput.quick,
      in: scratch.path)
    command.wrapper = [
      "/bin/bash", "-c", "trap '' XFSZ; ulimit -f 1024; exec \"$@\"", "bash",
    ]
    let outcome = try command.run()
    #expect(outcome.code == 73, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.errors.contains("1 of 1 runs failed"))
    #expect(outcome.errors.contains("cannot write"))
    #expect(try temporaryFolders(in: scratch("sweep/runs/\(runs(scratch)[0])")).isEmpty)
  }

  private func runs(_ scratch: Scratch) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: scratch("sweep/runs"))
  }
}
