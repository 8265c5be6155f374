import FileKit
import Foundation
import Testing

/// Lists with commas, with spaces and with both; home folders; and words that only look like parts of a list.
@Suite struct ListArgumentTests {
  /// Each is told of the same mistake, so each was read as the same list.
  @Test(arguments: [
    ["--exit-weights", "1,1"], ["--exit-weights", "1", "1"], ["--exit-weights", "1,", "1"],
    ["--exit-weights=1", "1"], ["--exit-weights", "1 1"], ["--exit-weights", "1, 1"],
    ["--exit-weights", "1", ",1"],
  ]) func numbers(_ words: [String]) throws {
    let outcome = try Command(["train", "none", "--out", "run"] + words + ["--epochs", "1"]).run()
    #expect(outcome.code == 64 && outcome.errors.contains("5 weights"), "\(outcome.errors)")
    let before = try Command(["train", "--out", "run"] + words + ["none"]).run()
    #expect(before.errors == outcome.errors)
  }

  @Test(arguments: [
    ["--seeds", "1", "2", "1"], ["--seeds", "1,2", "1"], ["--seed", "1", "2", "1"],
    ["--seeds=1,2,1"],
  ]) func seedsThatAreNotDifferent(_ words: [String]) throws {
    let outcome = try Command(["audit", "none", "--out", "report"] + words).run()
    #expect(outcome.code == 64 && outcome.errors.contains("'1,2,1'"), "\(outcome.errors)")
  }

  /// A sweep's plan, from lists of every kind.
  @Test(arguments: [
    [
      "--lambdas", "0,0.3", "--seeds", "1,2", "--variants", "paper,stop-gradient", "--classes",
      "ant,bee",
    ],
    [
      "--lambdas", "0", "0.3", "--seeds", "1", "2", "--variants", "paper", "stop-gradient",
      "--classes", "ant", "bee",
    ],
    [
      "--classes", "ant,", "bee", "--lambdas", "0", "0.3", "--variants", "paper,", "stop-gradient",
      "--seeds", "1,", "2", "--architectures", "plain",
    ],
  ]) func sweep(_ words: [String]) throws {
    let (fixture, scratch) = (try Fixture.shared(), try Scratch())
    try scratch.copy(fixture.data, as: "data")
    let outcome = try Command(
      ["sweep", "data", "--out", "sweep", "--plan"] + words + BadInput.quick, in: scratch.path
    ).run()
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(outcome.output.split(separator: "\n").count == 6, "\(outcome.output)")
    let plan = String(decoding: try Files.read(scratch("sweep/plan.json")), as: UTF8.self)
    #expect(plan.contains("\"ant\"") && plan.contains("\"bee\""))
  }

  @Test func figures() throws {
    let (fixture, scratch) = (try Fixture.shared(), try Scratch())
    let outcome = try Command(
      ["figure", "--baseline", fixture.recording("baseline"), "--egt", fixture.recording("egt")]
        + ["--out", "paper", "--only", "maps,reliability", "--samples", "0", "2,", "--format"]
        + ["svg,pdf"], in: scratch.path
    ).run()
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(
      try scratch.contents(of: "paper").keys.sorted() == [
        "figures.sha256", "figures.tex", "maps-0.pdf", "maps-0.svg", "maps-2.pdf", "maps-2.svg",
        "reliability.pdf",
        "reliability.svg",
      ])
  }

  /// What the shell leaves of `--out=~/x` is no folder called "~".
  @Test(arguments: [["--out=~/paper"], ["--out", "~/paper"]]) func home(_ out: [String]) throws {
    let (fixture, scratch) = (try Fixture.shared(), try Scratch())
    var command = Command(
      ["figure", "--baseline", fixture.recording("baseline"), "--egt", fixture.recording("egt")]
        + ["--only", "reliability", "--format", "svg"] + out, in: scratch.path)
    command.environment = ["HOME": scratch("home")]
    let outcome = try command.run()
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["home"])
    #expect(Files.exists(scratch("home/paper/reliability.svg")))
  }

  /// A title is a person's words.
  @Test func titlesKeepTheirTilde() throws {
    let (fixture, scratch) = (try Fixture.shared(), try Scratch())
    for title in [["--title=~/x"], ["--title", "~/x"]] {
      let outcome = try Command(
        ["report", "--baseline", fixture.recording("baseline"), "--egt", fixture.recording("egt")]
          + ["--figure-format", "none", "--out", "report"] + title, in: scratch.path
      ).run()
      #expect(outcome.code == 0, "\(outcome.errors)")
      let page = String(decoding: try Files.read(scratch("report/index.html")), as: UTF8.self)
      #expect(page.contains("~/x"))
    }
  }
}
