import FileKit
import Foundation
import ImageCodec
import Testing

/// Bundles for devices, built by the system's C compiler and run: they answer as the network does.
@Suite struct ExportTests {
  /// A run of one epoch on colour images, with class names that mean something to C.
  private func train(_ scratch: Scratch, _ options: String...) throws {
    for label in 0..<3 {
      for index in 0..<6 {
        var pixels = [UInt8](repeating: 40, count: 18 * 17 * 3)
        for place in 0..<pixels.count where place % 3 == label {
          pixels[place] = UInt8(truncatingIfNeeded: 150 + place % 18 * 5 + index * 7)
        }
        try scratch.write(
          "data/\(["a\"b\\n", "ünï??'", "%s"][label])/\(index).png",
          PNGEncoder.encode(PixelImage(width: 18, height: 17, channels: 3, pixels: pixels)))
      }
    }
    let outcome = try Command(
      ["train", "data", "--out", "run", "--size", "18", "--epochs", "1"] + options,
      in: scratch.path
    ).run()
    try #require(outcome.code == 0, "\(outcome.errors)")
  }

  /// Runs a program; its exit status and what it wrote on both outputs.
  private func shell(_ words: [String], in folder: String) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
  }

  @Test(arguments: ["plain", "residual", "separable"], ["softmax", "sigmoid"])
  func answersAsTheNetworkDoes(architecture: String, attention: String) throws {
    let scratch = try Scratch()
    try train(scratch, "--architecture", architecture, "--attention", attention)
    for precision in attention == "softmax" ? ["float32", "float16"] : ["float32"] {
      let export = try exitlens(
        "export", "run", "--weights", precision, "--out", precision, in: scratch.path)
      #expect(export.code == 0, "\(export.errors)")
      #expect(export.output.hasPrefix("bundle: \(precision), \(precision) weights of "))
      // The slow compiler's best code for one, the checking compiler's for the other.
      let flags =
        precision == "float32"
        ? ["CFLAGS=-O1 -Werror"]
        : ["CFLAGS=-O1 -fsanitize=address,undefined -fno-sanitize-recover=all", "LDFLAGS="]
      let made = try shell(["make"] + flags, in: scratch(precision))
      try #require(made.status == 0, "\(made.text)")
      let check = try shell(["./exitlens-edge", "--check", "check.bin"], in: scratch(precision))
      #expect(check.status == 0 && check.text.hasSuffix("same class 40 of 40: good\n"), "\(check)")
    }
    guard architecture == "plain", attention == "softmax" else { return }
    try answersImages(scratch)
    try refusesOthers(scratch)
  }

  /// A PPM gets the answer that `predict` gives to the same picture, stopping at the same exit.
  private func answersImages(_ scratch: Scratch) throws {
    let count = 18 * 18 * 3
    let pixels: [UInt8] = (0..<count).map { UInt8($0 * 31 % 251) }
    let image = PixelImage(width: 18, height: 18, channels: 3, pixels: pixels)
    try scratch.write("float32/x.png", PNGEncoder.encode(image))
    try scratch.write("float32/x.ppm", Array("P6\n# a comment\n18 18 255\n".utf8) + pixels)
    for threshold in ["0", "0.5", "1"] {
      let ours = try exitlens(
        "predict", "../run", "x.png", "--threshold", threshold, in: scratch("float32"))
      let theirs = try shell(
        ["./exitlens-edge", "--threshold", threshold, "x.ppm"], in: scratch("float32"))
      #expect(theirs.status == 0)
      #expect(theirs.text.replacing("x.ppm", with: "x.png") == ours.output)
    }
    let bench = try shell(["./exitlens-edge", "--bench", "check.bin"], in: scratch("float32"))
    #expect(bench.status == 0 && bench.text.contains("exit 5: "), "\(bench.text)")
    #expect(bench.text.contains("early stop at 0.90: "))
  }

  private func refusesOthers(_ scratch: Scratch) throws {
    let place = scratch("float32")
    try scratch.write("float32/small.ppm", "P6 2 2 255\n123456789012")
    try scratch.write("float32/grey.pgm", "P5 18 18 255\n")
    for file in ["small.ppm", "grey.pgm", "nosuch.ppm", "Makefile"] {
      let outcome = try shell(["./exitlens-edge", file], in: place)
      #expect(outcome.status == 65 && outcome.text.contains(file), "\(outcome.text)")
    }
    for options in [[], ["--nosuch"], ["--threshold", "2", "x.ppm"], ["--check"]] {
      #expect(try shell(["./exitlens-edge"] + options, in: place).status == 64)
    }
    // A device with other arithmetic is noticed: a logit of the check is another.
    var bytes = try Files.read(scratch("float32/check.bin"))
    bytes[bytes.count - 1] ^= 0x40
    try scratch.write("float32/check.bin", bytes)
    let check = try shell(["./exitlens-edge", "--check", "check.bin"], in: place)
    #expect(check.status == 1 && check.text.contains("FAILED"), "\(check.text)")
    try scratch.write("float32/check.bin", Array(bytes.dropLast()))
    #expect(try shell(["./exitlens-edge", "--check", "check.bin"], in: place).status == 1)
  }

  /// The check's images come from a recording where one is named, and the same call writes the same bytes.
  @Test func checksWithRecordedImages() throws {
    let fixture = try Fixture.shared()
    let scratch = try Scratch()
    for out in ["a", "b"] {
      let outcome = try exitlens(
        "export", fixture.run("egt"), "--recording", fixture.recording("egt"), "--samples", "4",
        "--out", out, in: scratch.path)
      #expect(outcome.code == 0, "\(outcome.errors)")
    }
    let files = try scratch.contents(of: "a")
    try expectSame(files, scratch.contents(of: "b"))
    let start = Array(try #require(files["check.bin"])[..<8])
    #expect(start == Array("XLCK".utf8) + [4, 0, 0, 0])
    try scratch.write("mine/photo.jpg", "a photograph")
    let kept = try exitlens("export", fixture.run("egt"), "--out", "mine", in: scratch.path)
    #expect(kept.code == 73 && kept.errorLines.count == 1, "\(kept.errors)")
    #expect(Files.exists(scratch("mine/photo.jpg")))
    let missing = try exitlens("export", "nosuch", "--out", "c", in: scratch.path)
    #expect(missing.code == 66 && missing.errorLines.count == 1, "\(missing.errors)")
  }

  @Test func refusesARecordingOfOtherImages() throws {
    let fixture = try Fixture.shared()
    let scratch = try Scratch()
    try train(scratch)
    let outcome = try exitlens(
      "export", "run", "--recording", fixture.recording("egt"), "--out", "a", in: scratch.path)
    #expect(outcome.code == 65 && outcome.errorLines.count == 1, "\(outcome.errors)")
    #expect(outcome.errors.contains("images of another size"))
    #expect(!Files.exists(scratch("a")))
  }
}
