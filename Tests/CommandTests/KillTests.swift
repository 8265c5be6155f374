import FileKit
import Foundation
import Testing

/// A run that is killed and resumed ends with the bytes of one that was left alone.
@Suite struct KillTests {
  private static let train =
    ["train", "data", "--out", "run", "--size", "16", "--epochs", "6", "--threads", "1"]
    + ["--step-size", "2", "--lambda-warmup", "2"]

  /// Starts training and ends it with SIGKILL some time after a line about an epoch has come.
  private func kill(afterEpoch epoch: Int, microseconds: UInt32, in folder: String) throws {
    let pipe = Pipe()
    let process = Command(Self.train + ["--resume"], in: folder)
      .process(output: pipe, errors: FileHandle.nullDevice)
    try process.run()
    var text = ""
    while !text.contains("epoch \(epoch)/6") {
      let data = pipe.fileHandleForReading.availableData
      if data.isEmpty { break }
      text += String(decoding: data, as: UTF8.self)
    }
    usleep(microseconds)
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL)
  }

  @Test func resumedRunHasTheSameBytes() throws {
    let whole = try Scratch()
    let killed = try Scratch()
    for scratch in [whole, killed] { try TinyImages.write(scratch) }
    let command = Self.train + ["--resume"]
    #expect(try Command(command, in: whole.path).run().code == 0)

    try kill(afterEpoch: 1, microseconds: 0, in: killed.path)
    #expect(!FileManager.default.fileExists(atPath: killed("run/weights.safetensors")))
    // Again within an epoch, or while its state is written.
    try kill(afterEpoch: 3, microseconds: 60_000, in: killed.path)
    // What a kill in the middle of a file leaves is gone afterwards.
    try abandonTemporaryFolder(in: killed("run"))
    let outcome = try Command(command, in: killed.path).run()
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("of 6 epochs were done before"))
    #expect(!outcome.output.contains("epoch 3/6"))
    try expectSame(whole.contents(of: "run"), killed.contents(of: "run"))
  }

  /// Leaves what a process leaves that is killed while it writes.
  private func abandonTemporaryFolder(in folder: String) throws {
    let scratch = try Scratch()
    let files = try AtomicFolder(at: scratch("x"), kind: .init(name: "a test", markers: []))
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: scratch.path).first)
    try FileManager.default.copyItem(
      atPath: scratch(name), toPath: "\(folder)/.exitlens-4194305-0.tmp")
    _ = consume files
  }

  /// Two processes would write over each other.
  @Test func oneProcessARun() throws {
    let scratch = try Scratch()
    try TinyImages.write(scratch)
    let pipe = Pipe()
    let first = Command(Self.train + ["--epochs", "60"], in: scratch.path)
      .process(output: pipe, errors: FileHandle.nullDevice)
    try first.run()
    defer {
      Foundation.kill(first.processIdentifier, SIGKILL)
      first.waitUntilExit()
    }
    var text = ""
    while !text.contains("epoch 1/60") {
      let data = pipe.fileHandleForReading.availableData
      if data.isEmpty { break }
      text += String(decoding: data, as: UTF8.self)
    }
    let second = try Command(Self.train + ["--epochs", "60", "--resume"], in: scratch.path).run()
    #expect(second.code == 73)
    #expect(second.errorLines.count == 1)
    #expect(second.errors.contains("another exitlens is training here: run"))
  }

  /// `exitlens train … | head -1`: the reader goes, the work goes on.
  @Test func closedPipeDoesNotEndTheWork() throws {
    let scratch = try Scratch()
    try TinyImages.write(scratch)
    let pipe = Pipe()
    var command = Command(["train", "data", "--out", "run"] + BadInput.quick, in: scratch.path)
    // Tests may run where the signal is ignored already.
    command.wrapper = ["/usr/bin/env", "--default-signal=PIPE"]
    let process = command.process(output: pipe, errors: FileHandle.nullDevice)
    try process.run()
    try pipe.fileHandleForWriting.close()
    try pipe.fileHandleForReading.close()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 0)
    #expect(FileManager.default.fileExists(atPath: scratch("run/weights.safetensors")))
  }
}
