import FileKit
import Foundation
import Testing

/// A machine that gives out: the work is done with what there is, or one line says what is missing. Never a hang, never a
/// trap.
@Suite struct ScarceMachineTests {
  /// A thread's stack would be larger than all address space: none starts.
  private static let noThreads = "ulimit -s 2000000; ulimit -v 1500000"

  private func report(_ scratch: Scratch) throws -> Command {
    let fixture = try Fixture.shared()
    return Command(
      [
        "report", "--baseline", fixture.recording("baseline"), "--egt", fixture.recording("egt"),
        "--out", "report",
      ], in: scratch.path)
  }

  @Test func reportWithoutThreads() throws {
    let scratch = try Scratch()
    let outcome = try report(scratch).after(Self.noThreads).run()
    #expect(outcome.code == 0, "\(outcome.errors)")
    try expectSame(Fixture.shared().scratch.contents(of: "report"), scratch.contents(of: "report"))
  }

  /// Four lanes on one thread give the bytes of four threads.
  @Test func lanesWithoutThreads() throws {
    let scratch = try Scratch()
    let data = try Fixture.shared().data
    let train = ["train", data, "--size", "32", "--epochs", "2", "--threads", "4", "--out"]
    let usual = try Command(train + ["usual"], in: scratch.path).run()
    let scarce = try Command(train + ["scarce"], in: scratch.path).after(Self.noThreads).run()
    #expect(usual.code == 0 && scarce.code == 0, "\(usual.errors)\(scarce.errors)")
    #expect(
      try Files.read(scratch("usual/weights.safetensors"))
        == Files.read(scratch("scarce/weights.safetensors")))
  }

  /// `report` and `train` on all there is, from too little to enough.
  @Test(arguments: [200_000, 250_000, 300_000, 350_000, 400_000, 500_000, 600_000])
  func littleAddressSpace(kilobytes: Int) throws {
    let scratch = try Scratch()
    let data = try Fixture.shared().data
    let commands = [
      try report(scratch),
      Command(["train", data, "--out", "run", "--size", "16", "--epochs", "1"], in: scratch.path),
      Command(
        ["audit", data, "--out", "audit", "--size", "16", "--epochs", "1"], in: scratch.path),
    ]
    for command in commands {
      let outcome = try command.after("ulimit -v \(kilobytes)").run()
      guard outcome.code != 0 else { continue }
      #expect(outcome.code == 1, "\(command.arguments[0]): \(outcome.errors)")
      #expect(outcome.errorLines.count == 1, "\(command.arguments[0]): \(outcome.errors)")
      #expect(outcome.errors.hasPrefix("exitlens: out of memory"), "\(outcome.errors)")
    }
  }

  /// OpenBLAS would ask for its buffer again and again.
  @Test func noRoomForOpenBLAS() throws {
    let scratch = try Scratch()
    let outcome = try Command(
      ["train", try Fixture.shared().data, "--out", "run"] + BadInput.quick, in: scratch.path
    ).after("ulimit -v 200000").run()
    #expect(outcome.code == 1)
    #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
    #expect(outcome.errors.contains("out of memory: opening OpenBLAS"), "\(outcome.errors)")
    #expect(outcome.errors.contains("`ulimit -v`"), "\(outcome.errors)")
    #expect(!Files.exists(scratch("run")))
  }

  /// What training takes is known, and asked for, before anything is written.
  @Test(arguments: ["train", "audit", "sweep"]) func networkTooLarge(command: String) throws {
    let scratch = try Scratch()
    let outcome = try Command(
      [command, try Fixture.shared().data, "--out", "out", "--size", "512", "--epochs", "1"]
        + (command == "sweep" ? ["--lambdas", "0", "--seeds", "1"] : []), in: scratch.path
    ).after("ulimit -v 900000").run()
    #expect(outcome.code == 1)
    let text = outcome.errors + outcome.output
    #expect(text.contains("out of memory: training on 512×512 images in batches of 32"), "\(text)")
    #expect(text.contains("`ulimit -v` is 900000"), "\(text)")
    #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
    #expect(!Files.exists(scratch("out/weights.safetensors")))
  }

  /// A recording's file stays open while the next is read.
  @Test func tooFewOpenFiles() throws {
    let fixture = try Fixture.shared()
    let outcome = try Command(
      ["bench", "--baseline", fixture.recording("baseline"), "--egt", fixture.recording("egt")]
    ).after("ulimit -n 4").run()
    #expect(outcome.code == 1)
    #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("exitlens: cannot read: "), "\(outcome.errors)")
    #expect(
      outcome.errors.contains(
        "got too many open files: `ulimit -n` is 4; raise it, as in `ulimit -n 4096`"),
      "\(outcome.errors)")
  }

  /// An image that could not be opened for want of a file is no bad image.
  @Test(.enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1))
  func imagesAreNotBlamed() throws {
    let scratch = try Scratch()
    try TinyImages.write(scratch)
    // Long enough to read that two are open at a time, and PNG files by their first bytes, as others are not read.
    for index in 0..<8 {
      try scratch.write(
        "data/ant/0-\(index).png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
      try #require(truncate(scratch("data/ant/0-\(index).png"), 64 << 20) == 0)
    }
    let outcome = try Command(
      ["train", "data", "--out", "run"] + BadInput.quick, in: scratch.path
    ).after("ulimit -n 4").run()
    #expect(outcome.code == 1, "\(outcome.errors)")
    #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("exitlens: cannot read: data/ant/"), "\(outcome.errors)")
    #expect(outcome.errors.contains("`ulimit -n` is 4"), "\(outcome.errors)")
  }

  /// Files are synced as many at a time as may be open.
  @Test func reportWithFewOpenFiles() throws {
    let scratch = try Scratch()
    let outcome = try report(scratch).after("ulimit -n 12").run()
    #expect(outcome.code == 0, "\(outcome.errors)")
    try expectSame(Fixture.shared().scratch.contents(of: "report"), scratch.contents(of: "report"))
  }
}
