import FileKit
import Foundation
import Testing

/// Numbers in files that nothing can be computed with: one line with the key, what it may be, and what it is.
@Suite struct BadNumberTests {
  /// A value of run.json; `predict` refuses it.
  private static func run(_ key: String, _ value: String, _ words: String...) -> BadInput {
    BadInput("run.json, \(key) = \(value)", 65, ["run/run.json"] + words) {
      try $0.copy($1.run("egt"), as: "run")
      try $0.set(key, to: value, in: "run/run.json")
      return ["predict", "run", "\($1.data)/ant/00.png"]
    }
  }

  private static let big = "9223372036854775807"

  @Test(arguments: [
    run("configuration.epochs", "0", "configuration.epochs", "at least 1", "got 0"),
    run("configuration.epochs", big, "configuration.epochs", "at most 1000000000", "got \(big)"),
    run("configuration.batchSize", big, "configuration.batchSize", "at least 2", "got \(big)"),
    run("configuration.lambdaWarmup", big, "configuration.lambdaWarmup", "at most 1000000000"),
    run("configuration.schedule.every", "0", "configuration.schedule.every", "at least 1"),
    run("configuration.schedule.factor", "1e308", "configuration.schedule.factor", "at most 1"),
    run("configuration.loss.lambda", "1.7e308", "configuration.loss.lambda", "got 1.7e+308"),
    run("configuration.loss.exitWeights", "[1e308,1,1,1,1]", "loss.exitWeights", "5 weights"),
    run("configuration.data.size", big, "configuration.data.size", "16 to 4096"),
    run("configuration.data.testFraction", "-1", "configuration.data.testFraction", "0 to below 1"),
    run("configuration.widths", "[]", "configuration.widths", "2 to 13 blocks", "got 0"),
    run("configuration.widths", "[\((0..<70).map { _ in "8" }.joined(separator: ","))]", "got 70"),
    run("configuration.widths.4", big, "configuration.widths[4]", "1 to 8192", "got \(big)"),
    run("network.widths.0", "-1", "network.widths[0]", "1 to 8192", "got -1"),
    run("network.widths.0", "32", "network.widths", "as configuration.widths has it"),
    run(
      "network.input", "[4096,4096]", "network.input.height", "as configuration.data.size has it"),
    run("network.input", "[\(big),\(big)]", "network.input", "16×16", "4096×4096"),
    run("network.channels", "2", "network.channels", "1 (grey) or 3"),
    run("network.classes", big, "network.classes", "2 to 1000000"),
    run("classNames", "[]", "classNames", "3 names, one a class", "got 0"),
    run("normalization.mean", "[]", "normalization.mean", "1 numbers, one a channel", "got 0"),
    run("normalization.std", "[1,1,1]", "normalization.std", "1 numbers", "got 3"),
    run("normalization.std.0", "0", "normalization.std[0]", "1e-12 to 1000000", "got 0"),
    run("normalization.std.0", "-0.5", "normalization.std[0]", "got -0.5"),
    run("normalization.std.0", "1e-308", "normalization.std[0]", "got 1e-308"),
    run("data.counts.training.0", big, "data.counts.training[0]", "at least 0"),
    run("data.counts.training", "[]", "data.counts.training", "3 numbers, one a class"),
    run("machine.threads", "0", "machine.threads", "1 to 1024", "got 0"),
    run("machine.threads", "1000000000", "machine.threads", "got 1000000000"),
    run("machine.threads", "1e400", "not JSON"),
    run("seed", "1,\"seed\":2", "seed stands there twice"),
  ]) func runIsToldInOneLine(_ input: BadInput) throws { try input.check() }

  /// A value of a state; going on with the run is refused.
  private static func state(
    _ description: String, _ words: String..., metadata: [String: String] = [:],
    tensors: [String: Float] = [:]
  ) -> BadInput {
    BadInput("state: \(description)", 65, ["run/state.safetensors"] + words) { scratch, fixture in
      try scratch.copy(fixture.run("egt"), as: "run")
      try FileManager.default.removeItem(atPath: scratch("run/weights.safetensors"))
      try scratch.edit("run/state.safetensors", metadata: metadata, tensors: tensors)
      // The run's list of files agrees, or the state would count as somebody else's.
      let digest = SHA256.of(try Files.read(scratch("run/state.safetensors")))
      let list = String(decoding: try Files.read(scratch("run/MANIFEST.sha256")), as: UTF8.self)
      let lines = list.split(separator: "\n").map { line in
        line.hasSuffix("  state.safetensors") ? "\(digest)  state.safetensors" : String(line)
      }
      try scratch.write("run/MANIFEST.sha256", lines.joined(separator: "\n") + "\n")
      return ["train", fixture.data, "--out", "run", "--resume"] + Fixture.training
    }
  }

  @Test(arguments: [
    state("a step too far", "step", "as the history has it", "got 5", metadata: ["step": "5"]),
    state("a huge step", "step", "got \(big)", metadata: ["step": big]),
    state("no step", "no history in its metadata", metadata: ["step": "x"]),
    state("no rows", "a history in which rows is missing", metadata: ["history": "{}"]),
    state(
      "a loss beyond numbers", "a history", metadata: ["history": #"{"rows":[{"loss":1e999}]}"#]),
    state(
      "a negative variance", "-1.0, which is below 0, in blocks.0.norm.running_var",
      tensors: ["blocks.0.norm.running_var": -1]),
    state(
      "a negative moment", "below 0, in second_moment.exits.0.head.bias",
      tensors: ["second_moment.exits.0.head.bias": -1e-9]),
    state("an infinite weight", "not finite", tensors: ["exits.0.head.bias": .infinity]),
  ]) func stateIsToldInOneLine(_ input: BadInput) throws { try input.check() }

  @Test func negativeVarianceOfWeightsIsRefused() throws {
    let (fixture, scratch) = (try Fixture.shared(), try Scratch())
    try scratch.copy(fixture.run("egt"), as: "run")
    try scratch.edit("run/weights.safetensors", tensors: ["blocks.1.norm.running_var": -0.5])
    let outcome = try exitlens("predict", "run", "\(fixture.data)/ant/00.png", in: scratch.path)
    #expect(outcome.code == 65 && outcome.errorLines.count == 1, "\(outcome.errors)")
    #expect(outcome.errors.contains("-0.5, which is below 0, in blocks.1.norm.running_var"))
  }

  /// Finite weights whose answers are not.
  @Test(arguments: ["predict", "record", "export"]) func answersThatOverflow(command: String) throws
  {
    let (fixture, scratch) = (try Fixture.shared(), try Scratch())
    try scratch.copy(fixture.run("egt"), as: "run")
    try scratch.edit(
      "run/weights.safetensors",
      tensors: ["blocks.0.norm.weight": 3e38, "blocks.0.norm.bias": 3e38])
    let arguments = [
      "predict": ["run", "\(fixture.data)/ant/00.png", "\(fixture.data)/ant/01.png"],
      "record": ["run", fixture.data, "--out", "recording", "--faithfulness"],
      "export": ["run", "--out", "edge"],
    ]
    let outcome = try Command([command] + arguments[command]!, in: scratch.path).run()
    #expect(
      outcome.code == 65 && outcome.errorLines.count == 1, "\(outcome.code) \(outcome.errors)")
  }

  /// A value of plan.json; `sweep` and `report` refuse it.
  private static func plan(_ key: String, _ value: String, _ words: String...) -> [BadInput] {
    [["sweep", "--out", "s"], ["report", "s", "--out", "report"]].map { arguments in
      BadInput("\(arguments[0]): plan.json, \(key) = \(value)", 65, ["s/plan.json"] + words) {
        scratch, fixture in
        let plan = [
          "sweep", fixture.data, "--out", "s", "--lambdas", "0,1", "--seeds", "1", "--plan",
        ]
        try #require(try Command(plan + Fixture.training, in: scratch.path).run().code == 0)
        try scratch.set(key, to: value, in: "s/plan.json")
        return arguments
      }
    }
  }

  @Test(
    arguments: [
      plan("threads", "0", "threads", "1 to 1024", "got 0"),
      plan("threads", "-1", "threads", "got -1"),
      plan("threads", "1000000000", "threads", "got 1000000000"),
      plan("runs", "[]", "runs", "one run at least"),
      plan("runs.1.name", "\"lambda-0-seed-1\"", "runs[1].name", "a name of its own"),
      plan("runs.0.name", "\"../x\"", "runs[0].name", "got '../x'"),
      plan("runs.1.configuration.widths", "[1,\(big)]", "runs[1].configuration.widths[1]"),
      plan("runs.0.configuration.data.size", "1", "runs[0].configuration.data.size", "16 to 4096"),
      plan("runs.0.configuration.loss.lambda", "1e308", "runs[0].configuration.loss.lambda"),
      plan("threads", "1,\"threads\":2", "threads stands there twice"),
    ].flatMap { $0 }) func planIsToldInOneLine(_ input: BadInput) throws
  { try input.check() }

  /// A value of recording.json; `report` refuses it.
  private static func recording(_ key: String, _ value: String, _ words: String...) -> BadInput {
    BadInput("recording.json, \(key) = \(value)", 65, ["egt/recording.json"] + words) {
      try $0.copy($1.recording("egt"), as: "egt")
      try $0.set(key, to: value, in: "egt/recording.json")
      return ["report", "--baseline", $1.recording("baseline"), "--egt", "egt", "--out", "report"]
    }
  }

  @Test(arguments: [
    recording(
      "exits.4.macs", "1e300", "exits[4].macs", "0 (where it is unknown) to 1e+18", "got 1e+300"),
    recording("exits.4.macs", "\"inf\"", "exits[4].macs", "got inf"),
    recording("exits.4.parameters", big, "exits[4].parameters", "got \(big)"),
    recording("exits", "[]", "exits", "an early exit and a final one", "got 0"),
    recording("exits.0.grid", "[\(big),\(big)]", "exits[0].grid[0]", "1 to 8192"),
    recording("input", "[100000,1]", "input[0]", "1 to 8192", "got 100000"),
    recording(
      "provenance.data.counts.test", "[\(big),\(big),\(big)]", "provenance.data.counts.test[0]",
      "at most 1000000000"),
    recording("provenance.lambda", "\"nan\"", "provenance.lambda", "got nan"),
    recording("provenance.history.0.epoch", big, "provenance.history[0].epoch", "got \(big)"),
    recording(
      "provenance.history.0.trainingAccuracy.0", "1e19", "history[0].trainingAccuracy[0]", "0 to 1"),
    recording("split", "\"test\",\"split\":\"x\"", "split", "the key twice"),
    recording("paths", "[\"/dev/zero\"]", "paths"),
  ]) func recordingIsToldInOneLine(_ input: BadInput) throws { try input.check() }

  /// What a diverged training leaves is reported, as far as it goes.
  @Test(arguments: ["1e19", "1.7e308", "\"inf\"", "\"nan\""]) func anyLossIsReported(_ loss: String)
    throws
  {
    let (fixture, scratch) = (try Fixture.shared(), try Scratch())
    try scratch.copy(fixture.recording("egt"), as: "egt")
    for key in ["loss", "consistencyLoss", "crossEntropy.0"] {
      try scratch.set("provenance.history.1.\(key)", to: loss, in: "egt/recording.json")
    }
    let outcome = try exitlens(
      "report", "--baseline", fixture.recording("baseline"), "--egt", "egt", "--out", "report",
      "--figure-format", "none", in: scratch.path)
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
  }
}
