import FileKit
import Foundation
import TensorCore
import Testing

/// Weights that come from PyTorch: read as they are where that is right, else with a hint that leads to the same answers.
@Suite struct WeightHintTests {
  /// The run's weights under other names, with others beside them.
  private static func rewrite(
    _ scratch: Scratch, naming rename: (String) -> String?, counters: Bool = false
  ) throws {
    let path = scratch("run/weights.safetensors")
    let reader = try SafetensorsReader(path: path)
    var writer = SafetensorsWriter()
    for name in reader.names.sorted() where !name.hasSuffix("num_batches_tracked") {
      guard let new = rename(name) else { continue }
      writer.add(new, try reader.floats(named: name), shape: try reader.tensor(named: name).shape)
      if counters, name.hasSuffix("running_mean") {
        let counter = new.replacingOccurrences(of: "running_mean", with: "num_batches_tracked")
        writer.add(counter, [Int64(7)], shape: [])
      }
    }
    try writer.write(to: path)
  }

  private static func predict(_ scratch: Scratch, _ fixture: Fixture) throws -> Command.Outcome {
    try exitlens("predict", "run", "\(fixture.data)/ant/00.png", "--json", in: scratch.path)
  }

  /// A whole `state_dict()`: BatchNorm2d's counters have no part in any answer.
  @Test func countersOfPyTorchAreTaken() throws {
    let (fixture, scratch) = (try Fixture.shared(), try Scratch())
    try scratch.copy(fixture.run("egt"), as: "run")
    let expected = try Self.predict(scratch, fixture)
    try Self.rewrite(scratch, naming: { $0 }, counters: true)
    let outcome = try Self.predict(scratch, fixture)
    #expect(outcome.code == 0 && outcome.output == expected.output, "\(outcome.errors)")
    // One beside no batch norm is somebody's mistake.
    try Self.rewrite(
      scratch,
      naming: {
        $0.hasSuffix("head.bias")
          ? $0.replacingOccurrences(of: "bias", with: "num_batches_tracked") : $0
      })
    #expect(try Self.predict(scratch, fixture).code == 65)
  }

  /// Each hint, followed to the letter.
  @Test func hintsLeadToTheSameAnswers() throws {
    let (fixture, scratch) = (try Fixture.shared(), try Scratch())
    try scratch.copy(fixture.run("egt"), as: "run")
    let expected = try Self.predict(scratch, fixture)

    try Self.rewrite(scratch, naming: { "module.\($0)" })
    let prefixed = try Self.predict(scratch, fixture)
    #expect(prefixed.code == 65 && prefixed.errorLines.count == 1)
    #expect(
      prefixed.errors.contains("take the first word off every name: {k.split('.', 1)[1]: v"),
      "\(prefixed.errors)")
    try Self.rewrite(scratch, naming: { String($0.drop { $0 != "." }.dropFirst()) })
    #expect(try Self.predict(scratch, fixture).output == expected.output)

    let path = scratch("run/weights.safetensors")
    let reader = try SafetensorsReader(path: path)
    var writer = SafetensorsWriter()
    for name in reader.names {
      writer.add(name, try reader.floats(named: name), shape: try reader.tensor(named: name).shape)
    }
    writer.add("ema.decay", [Float(0.9)], shape: [1])
    try writer.write(to: path)
    let surplus = try Self.predict(scratch, fixture)
    #expect(surplus.code == 65)
    #expect(
      surplus.errors.contains(
        "got ema.decay; leave it out: {k: v for k, v in state.items() if k != 'ema.decay'}"),
      "\(surplus.errors)")
    try Self.rewrite(scratch, naming: { $0 == "ema.decay" ? nil : $0 })
    #expect(try Self.predict(scratch, fixture).output == expected.output)
  }

  /// What is said of a damaged or unfinished run, done: the answers are those of the whole one.
  @Test func runHintsLeadToTheSameAnswers() throws {
    let (fixture, scratch) = (try Fixture.shared(), try Scratch())
    let expected = try exitlens(
      "predict", fixture.run("egt"), "\(fixture.data)/ant/00.png", "--json")
    func answer(_ run: String) throws -> Command.Outcome {
      try exitlens("predict", run, "\(fixture.data)/ant/00.png", "--json", in: scratch.path)
    }
    func train(_ words: String...) throws {
      let outcome = try Command(
        ["train", fixture.data, "--lambda", "0.3"] + Fixture.training + words, in: scratch.path
      ).run()
      #expect(outcome.code == 0, "\(outcome.errors)")
    }
    try scratch.copy(fixture.run("egt"), as: "run")
    for (file, words) in [
      ("run.json", "unreadable run"), ("weights.safetensors", "weights.safetensors"),
    ] {
      let whole = try Files.read(scratch("run/\(file)"))
      try Files.write(Array(whole.prefix(whole.count / 2)), to: scratch("run/\(file)"))
      let cut = try answer("run")
      #expect(cut.code == 65 && cut.errors.contains(words), "\(cut.errors)")
      // "restore the file", "fetch it again"
      #expect(cut.errors.contains("restore the file") || cut.errors.contains("fetch it again"))
      try Files.write(whole, to: scratch("run/\(file)"))
      #expect(try answer("run").output == expected.output)
    }
    // "train again into another folder"
    try train("--out", "another")
    #expect(try answer("another").output == expected.output)
    // "repeat the training command with --resume"
    try FileManager.default.removeItem(atPath: scratch("another/weights.safetensors"))
    let unfinished = try answer("another")
    #expect(unfinished.code == 65 && unfinished.errors.contains("with --resume"))
    try train("--out", "another", "--resume")
    #expect(try answer("another").output == expected.output)
  }
}
