import FileKit
import Foundation
import Testing

/// Runs and recordings that cannot be used, and reports that can only be made in part.
@Suite struct BadRunTests {
  private typealias Change = @Sendable (Scratch) throws -> Void

  /// `record` and `predict` on a copy of a run that the closure has changed.
  private static func run(
    _ description: String, _ code: Int32, _ words: String..., change: @escaping Change
  ) -> [BadInput] {
    let prepare: @Sendable (Scratch, Fixture) throws -> Void = {
      try $0.copy($1.run("egt"), as: "run")
      try change($0)
    }
    return [
      BadInput("record: \(description)", code, words) {
        try prepare($0, $1)
        return ["record", "run", $1.data, "--out", "recording"]
      },
      BadInput("predict: \(description)", code, words) {
        try prepare($0, $1)
        return ["predict", "run", "\($1.data)/ant/00.png"]
      },
    ]
  }

  private static let runs =
    run("another version", 65, "another version", "version 2", "got 1") {
      try $0.replace("\"formatVersion\" : 2", with: "\"formatVersion\" : 1", in: "run/run.json")
    }
    + run("no run.json", 66, "not a run", "run.json") {
      try FileManager.default.removeItem(atPath: $0("run/run.json"))
    }
    + run("run.json that is not JSON", 65, "unreadable run", "not JSON") {
      try $0.write("run/run.json", "{")
    }
    + run("run.json without a seed", 65, "configuration.seed is missing") {
      try $0.replace("\"seed\" : 1,", with: "", in: "run/run.json")
    }
    + run("unfinished", 65, "training has not finished", "2 epochs", "--resume") {
      try FileManager.default.removeItem(atPath: $0("run/weights.safetensors"))
    }
    + run("cut weights", 65, "weights.safetensors") {
      let bytes = try Files.read($0("run/weights.safetensors"))
      try $0.write("run/weights.safetensors", Array(bytes.dropLast(100)))
    }
    + run("weights of another network", 65, "weights.safetensors") {
      try $0.replace(
        "\"architecture\" : \"plain\"", with: "\"architecture\" : \"residual\"",
        in: "run/run.json")
    }
    + run("weights that are text", 65, "weights.safetensors") {
      try $0.write("run/weights.safetensors", "text")
    }

  @Test(arguments: runs) func runIsToldInOneLine(_ input: BadInput) throws { try input.check() }

  @Test(arguments: [
    BadInput("no such run", 66, ["no such file or folder: none"]) { _, fixture in
      ["record", "none", fixture.data, "--out", "recording"]
    },
    BadInput("a damaged state", 65, ["state.safetensors"]) { scratch, fixture in
      try scratch.copy(fixture.run("egt"), as: "run")
      try FileManager.default.removeItem(atPath: scratch("run/weights.safetensors"))
      try scratch.write("run/state.safetensors", "text")
      return ["train", fixture.data, "--out", "run", "--resume"] + Fixture.training
    },
  ]) func othersToldInOneLine(_ input: BadInput) throws { try input.check() }

  /// `report` with a copy of EGT's recording that the closure has changed.
  private static func recording(
    _ description: String, _ code: Int32, _ words: String..., change: @escaping Change
  ) -> BadInput {
    BadInput("report: \(description)", code, words) { scratch, fixture in
      try scratch.copy(fixture.recording("egt"), as: "egt")
      try change(scratch)
      return ["report", "--baseline", fixture.recording("baseline"), "--egt", "egt", "--out", "r"]
    }
  }

  @Test(arguments: [
    recording("another version", 65, "another format version", "formatVersion 1", "got 7") {
      try $0.replace(
        "\"formatVersion\" : 1", with: "\"formatVersion\" : 7", in: "egt/recording.json")
    },
    recording("no tensors", 65, "not a recording: egt") {
      try FileManager.default.removeItem(atPath: $0("egt/recording.safetensors"))
    },
    recording("no folder", 66, "no such file or folder: egt") {
      try FileManager.default.removeItem(atPath: $0("egt"))
    },
    recording("cut tensors", 65, "egt/recording.safetensors") {
      let bytes = try Files.read($0("egt/recording.safetensors"))
      try $0.write("egt/recording.safetensors", Array(bytes.dropLast(1)))
    },
    recording("an unknown key", 65, "unknown key", "fromatVersion") {
      try $0.replace(
        "\"formatVersion\" : 1", with: "\"formatVersion\" : 1, \"fromatVersion\" : 1",
        in: "egt/recording.json")
    },
  ]) func recordingIsToldInOneLine(_ input: BadInput) throws { try input.check() }

  /// Recordings of other samples: no pairing, a flag, and still a report.
  @Test func otherSamplesAreNotPaired() throws {
    let fixture = try Fixture.shared()
    let scratch = try Scratch()
    let record = try exitlens(
      "record", fixture.run("egt"), fixture.data, "--out", "egt", "--split", "training",
      in: scratch.path)
    #expect(record.code == 0, "\(record.errors)")
    let report = try exitlens(
      "report", "--baseline", fixture.recording("baseline"), "--egt", "egt", "--out", "report",
      "--figure-format", "none", in: scratch.path)
    #expect(report.code == 0, "\(report.errors)")
    let bytes = try Files.read(scratch("report/data/report.json"))
    let json = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    let comparison = (json?["comparisons"] as? [[String: Any]])?.first
    #expect((comparison?["exits"] as? [Any])?.isEmpty == true)
    #expect((comparison?["refusal"] as? String)?.contains("24 samples instead of 9") == true)
    let codes = (json?["flags"] as? [[String: Any]])?.compactMap { $0["code"] as? String } ?? []
    #expect(codes.contains { $0.contains("PAIR") || $0.contains("SAMPLES") }, "\(codes)")
  }

  /// A tiny audit raises flags (few seeds): code 2 with --strict, after the report is written.
  @Test func strictTurnsFlagsIntoCode2() throws {
    let fixture = try Fixture.shared()
    let scratch = try Scratch()
    let report = try exitlens(
      "report", "--baseline", fixture.recording("baseline"), "--egt", fixture.recording("egt"),
      "--out", "report", "--strict", in: scratch.path)
    #expect(report.code == 2)
    #expect(report.errors.isEmpty)
    #expect(report.output.contains("flag FEW-SEEDS"))
    try expectSame(fixture.scratch.contents(of: "report"), scratch.contents(of: "report"))
  }
}
