import FileKit
import Foundation
import Testing

/// What `report` refuses of an arm, which alerts end it with code 2, and what it says of them on a terminal.
@Suite struct PremiseTests {
  /// Two recordings of EGT in one arm, the second changed.
  private static func arm(
    _ description: String, _ words: String..., change: @escaping @Sendable (Scratch) throws -> Void
  ) -> BadInput {
    BadInput("report: \(description)", 65, words + ["one", "two", "of EGT"]) { scratch, fixture in
      try scratch.copy(fixture.recording("egt"), as: "one")
      // Another run's answers, told as EGT's.
      try scratch.copy(fixture.recording("baseline"), as: "two")
      try scratch.replace(
        "\"lambda\" : 0,\n    \"producer", with: "\"lambda\" : 0.3,\n    \"producer",
        in: "two/recording.json")
      try scratch.replace("\"seed\" : 1", with: "\"seed\" : 2", in: "two/recording.json")
      func history(_ name: String) throws -> String {
        let text = String(decoding: try Files.read(scratch(name)), as: UTF8.self)
        return String(try #require(text.firstMatch(of: /"history" : \[[\s\S]*?\n {4}\]/)).output)
      }
      let own = try history("two/recording.json")
      try scratch.replace(own, with: try history("one/recording.json"), in: "two/recording.json")
      try change(scratch)
      return [
        "report", "--baseline", fixture.recording("baseline"), "--egt", "one", "two", "--out", "r",
      ]
    }
  }

  @Test(arguments: [
    arm("other λ in one arm", "the same lambda", "got 0.3 and 0.5") {
      try $0.replace(
        "\"lambda\" : 0.3,\n    \"producer", with: "\"lambda\" : 0.5,\n    \"producer",
        in: "two/recording.json")
    },
    arm("other epochs in one arm", "the same epochs", "got 2 and 3") {
      try $0.replace(
        "\"key\" : \"epochs\",\n        \"value\" : \"2\"",
        with: "\"key\" : \"epochs\",\n        \"value\" : \"3\"",
        in: "two/recording.json")
    },
    arm("other history in one arm", "the same learning rate in epoch 1 of the history") {
      let text = String(decoding: try Files.read($0("two/recording.json")), as: UTF8.self)
      let rate = try #require(text.firstMatch(of: /"learningRate" : ([0-9.e-]+)/))
      try $0.replace(
        String(rate.output.0), with: "\"learningRate\" : 0.75", in: "two/recording.json")
    },
    arm("one seed twice", "one seed twice in a model", "seed 1 in both") {
      try $0.replace("\"seed\" : 2", with: "\"seed\" : 1", in: "two/recording.json")
    },
    BadInput("report: one recording twice", 65, ["one recording twice in a model"]) { _, fixture in
      let egt = fixture.recording("egt")
      return [
        "report", "--baseline", fixture.recording("baseline"), "--egt", egt, egt, "--out", "r",
      ]
    },
  ]) func armIsRefused(_ input: BadInput) throws { try input.check() }

  /// `--strict` alone counts every alert, with a value those that it names; other options may follow either.
  @Test(
    arguments: [
      (["--strict"], 2), (["--strict", "--views", "none"], 2), (["--strict=all"], 2),
      (["--strict", "FEW-SEEDS"], 2), (["--strict", "few-seeds"], 2),
      (["--strict", "limits,SMALL-CLASS"], 2),
      (["--strict", "BLANK-IMAGES, FEW-SEEDS"], 2), (["--strict", "NO-SUCH"], 64),
      (["--strict=few-seeds"], 2),
      (["--strict", "BLANK-IMAGES"], 0), (["--strict", "BLANK-IMAGES", "FEW-SEEDS"], 2),
      (["--strict", "BLANK-IMAGES,PROBABILITIES", "--views", "none"], 0),
      (["--strict", "NO-SUCH-CODE"], 64), ([], 0),
    ] as [([String], Int32)]) func strictCountsWhatItNames(_ options: [String], _ code: Int32)
    throws
  {
    let (fixture, scratch) = (try Fixture.shared(), try Scratch())
    let outcome = try Command(
      ["report", "--baseline", fixture.recording("baseline"), "--egt", fixture.recording("egt")]
        + ["--out", "report", "--figure-format", "none"] + options, in: scratch.path
    ).run()
    #expect(outcome.code == code, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty == (code != 64))
  }

  /// Limits are what makes a number doubtful, not what makes it reach less far.
  @Test func strictLimits() throws {
    let (fixture, scratch) = (try Fixture.shared(), try Scratch())
    try scratch.copy(fixture.recording("egt"), as: "egt")
    func code(_ options: String...) throws -> Int32 {
      try Command(
        ["report", "--baseline", fixture.recording("baseline"), "--egt", "egt", "--out", "report"]
          + ["--figure-format", "none"] + options, in: scratch.path
      ).run().code
    }
    try scratch.replace(
      "\"mapKind\" : \"attention\"", with: "\"mapKind\" : \"rollout\"",
      in: "egt/recording.json")
    #expect(try code("--strict", "limits") == 2)
    #expect(try code("--strict", "OTHER-MAPS") == 2)
  }

  /// One line of a dozen words a code and model; the numbers are on the first page.
  @Test func alertsAreShortOnATerminal() throws {
    let lines = try Fixture.shared().output.split(separator: "\n").filter { $0.hasPrefix("flag ") }
    #expect(
      lines.contains(
        "flag FEW-SEEDS (all): fewer than three training runs: another seed may give other numbers")
    )
    for line in lines { #expect(line.count <= 110, "\(line)") }
    let heads = lines.map { $0.prefix { $0 != "," && $0 != ")" } }
    #expect(Set(heads).count == heads.count)
  }
}
