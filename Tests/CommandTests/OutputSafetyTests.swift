import FileKit
import Foundation
import Testing

/// Nobody's files are deleted: what a command cannot prove to have written, it neither replaces nor removes.
@Suite struct OutputSafetyTests {
  static let cases: [BadInput] = [
    BadInput("a user's file in a report", 73, ["will not overwrite", "notes.txt", "--force"]) {
      scratch, fixture in
      try scratch.copy(fixture.report, as: "report")
      try scratch.write("report/notes.txt", "mine")
      return Self.report(fixture, "report")
    },
    BadInput("a repository in a report", 73, [".git"]) { scratch, fixture in
      try scratch.copy(fixture.report, as: "report")
      try scratch.write("report/.git/config", "mine")
      return Self.report(fixture, "report")
    },
    BadInput("an edited page", 73, ["index.html", "was changed since"]) { scratch, fixture in
      try scratch.copy(fixture.report, as: "report")
      unlink(scratch("report/index.html"))
      try scratch.write("report/index.html", "mine")
      return Self.report(fixture, "report")
    },
    BadInput("an empty folder of the user's in a report", 73, ["data/mine"]) { scratch, fixture in
      try scratch.copy(fixture.report, as: "report")
      try Files.makeFolder(scratch("report/data/mine"))
      return Self.report(fixture, "report")
    },
    BadInput("a link in a report", 73, ["sheets/more", "is a link"]) { scratch, fixture in
      try scratch.copy(fixture.report, as: "report")
      try scratch.makeLink("report/sheets/more", to: "/etc")
      return Self.report(fixture, "report")
    },
    BadInput("an edited list", 73, ["MANIFEST.sha256", "not a list"]) { scratch, fixture in
      try scratch.copy(fixture.report, as: "report")
      let list = try Files.read(scratch("report/MANIFEST.sha256"))
      unlink(scratch("report/MANIFEST.sha256"))
      try scratch.write("report/MANIFEST.sha256", Array("# mine\n".utf8) + list)
      return Self.report(fixture, "report")
    },
    BadInput("a stranger's folder that looks like a report", 73, ["MANIFEST.sha256"]) {
      scratch, fixture in
      try scratch.write("mine/MANIFEST.sha256", "")
      try scratch.write("mine/data/report.json", "{}")
      return Self.report(fixture, "mine")
    },
    BadInput("a recording in the place of a report", 73, ["data/report.json"]) {
      scratch, fixture in
      try scratch.copy(fixture.recording("egt"), as: "other")
      return Self.report(fixture, "other")
    },
    BadInput("the recordings lie in --out", 73, ["--out X", "--baseline", "holds it"]) {
      scratch, fixture in
      for arm in ["baseline", "egt"] { try scratch.copy(fixture.recording(arm), as: "X/\(arm)") }
      return ["report", "--baseline", "X/baseline", "--egt", "X/egt", "--out", "X"]
    },
    BadInput("--out is a recording", 73, ["--egt", "is that"]) { scratch, fixture in
      for arm in ["baseline", "egt"] { try scratch.copy(fixture.recording(arm), as: "X/\(arm)") }
      return ["report", "--baseline", "X/baseline", "--egt", "X/egt", "--out", "./X/../X/egt/"]
    },
    BadInput("DATA lies in --out", 73, ["DATA (X/images)", "holds it"]) { scratch, fixture in
      try scratch.copy(fixture.data, as: "X/images")
      return ["audit", "X/images", "--out", "X"] + BadInput.quick
    },
    BadInput("a sweep lies in --out", 73, ["SWEEP (X/sweep)"]) { scratch, fixture in
      try scratch.write("X/sweep/plan.json", "{}")
      return ["report", "X/sweep", "--out", "X"]
    },
    BadInput("--runs leads into --out by a link to nowhere", 73, ["link"]) { scratch, fixture in
      try scratch.makeLink("shortcut", to: "report/runs")
      return ["audit", fixture.data, "--out", "report", "--runs", "shortcut"] + BadInput.quick
    },
    BadInput("--runs leads into --out by a link", 64, ["--runs", "--out (report)"]) {
      scratch, fixture in
      try Files.makeFolder(scratch("report"))
      try scratch.makeLink("shortcut", to: "report")
      return ["audit", fixture.data, "--out", "report", "--runs", "shortcut/runs"] + BadInput.quick
    },
    BadInput("the user's sources in an export", 73, ["will not overwrite", "exitlens_engine.c"]) {
      scratch, fixture in
      try scratch.write("edge/exitlens_model.h", "mine")
      try scratch.write("edge/exitlens_engine.c", "mine")
      return ["export", fixture.run("egt"), "--out", "edge"]
    },
    BadInput("an export over its own run", 73, ["RUN (X/run)", "holds it"]) { scratch, fixture in
      try scratch.copy(fixture.run("egt"), as: "X/run")
      return ["export", "X/run", "--out", "X"]
    },
    BadInput("a run in DATA", 73, ["--out data/run", "DATA (data)", "lies in it"]) {
      scratch, fixture in
      try scratch.copy(fixture.data, as: "data")
      return ["train", "data", "--out", "data/run"] + BadInput.quick
    },
    BadInput("a sweep in DATA", 73, ["DATA (data)"]) { scratch, fixture in
      try scratch.copy(fixture.data, as: "data")
      return ["sweep", "data", "--out", "data/sweep"] + BadInput.quick
    },
    BadInput("figures.tex of the user's", 73, ["figures.tex", "--force"]) { scratch, fixture in
      try scratch.write("paper/figures.tex", "mine")
      return Self.figure(fixture, "paper")
    },
    BadInput("a figure of the user's", 73, ["consistency.pdf"]) { scratch, fixture in
      try scratch.write("paper/consistency.pdf", "mine")
      return Self.figure(fixture, "paper")
    },
    BadInput("figures in a recording", 73, ["--egt", "lies in it"]) { scratch, fixture in
      try scratch.copy(fixture.recording("egt"), as: "egt")
      return [
        "figure", "--baseline", fixture.recording("baseline"), "--egt", "egt", "--out", "egt/f",
      ]
    },
    BadInput("a changed history in a run to go on with", 73, ["history.csv"]) { scratch, fixture in
      try scratch.copy(fixture.run("egt"), as: "run")
      unlink(scratch("run/weights.safetensors"))
      unlink(scratch("run/history.csv"))
      try scratch.write("run/history.csv", "mine")
      return ["train", fixture.data, "--out", "run", "--resume", "--seed", "1"] + Fixture.training
    },
    BadInput("the present folder", 73, ["the folder that you are in"]) { _, fixture in
      Self.report(fixture, ".")
    },
    BadInput("a link in the place of --out", 73, ["through a link", "mine"]) { scratch, fixture in
      try scratch.copy(fixture.report, as: "mine")
      try scratch.makeLink("latest", to: "mine")
      return Self.report(fixture, "latest")
    },
  ]

  private static func report(_ fixture: Fixture, _ out: String) -> [String] {
    ["report", "--baseline", fixture.recording("baseline"), "--egt", fixture.recording("egt")]
      + ["--out", out]
  }

  private static func figure(_ fixture: Fixture, _ out: String) -> [String] {
    ["figure", "--baseline", fixture.recording("baseline"), "--egt", fixture.recording("egt")]
      + ["--only", "consistency", "--format", "pdf", "--out", out]
  }

  @Test(arguments: cases) func isRefused(_ input: BadInput) throws { try input.check() }

  @Test(arguments: ["audit", "train", "record", "report", "figure", "export", "sweep"])
  func anEmptyPathIsNoPath(_ name: String) throws {
    try BadInput("\(name) --out ''", 64, ["empty path"]) { _, fixture in
      switch name {
      case "record": ["record", fixture.run("egt"), fixture.data, "--out", ""]
      case "report": Self.report(fixture, "")
      case "figure": Self.figure(fixture, "")
      case "export": ["export", fixture.run("egt"), "--out", ""]
      default: [name, fixture.data, "--out", ""] + BadInput.quick
      }
    }.check()
  }

  @Test func emptyRuns() throws {
    try BadInput("--runs ''", 64, ["empty path"]) { _, fixture in
      ["audit", fixture.data, "--out", "report", "--runs", ""] + BadInput.quick
    }.check()
  }

  /// What is in the way moves aside whole, and the next time to another name.
  @Test func forceMovesAside() throws {
    let fixture = try Fixture.shared()
    let scratch = try Scratch()
    for number in 1...2 {
      try scratch.write("report/mine.txt", "holiday \(number)")
      let outcome = try Command(Self.report(fixture, "report") + ["--force"], in: scratch.path)
        .run()
      #expect(outcome.code == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("report.old-\(number)"))
      let kept = try scratch.contents(of: "report.old-\(number)")
      #expect(kept["mine.txt"] == Array("holiday \(number)".utf8))
      #expect(kept.count == 1 || kept["index.html"] != nil)
      #expect(try exitlens("verify", "report", in: scratch.path).code == 0)
    }
    try scratch.write("paper/figures.tex", "mine")
    let figures = try Command(Self.figure(fixture, "paper") + ["--force"], in: scratch.path).run()
    #expect(figures.code == 0, "\(figures.errors)")
    #expect(try Files.read(scratch("paper/figures.tex.old-1")) == Array("mine".utf8))
    // The second time they are ExitLens's own.
    #expect(try Command(Self.figure(fixture, "paper"), in: scratch.path).run().code == 0)
    #expect(!Files.exists(scratch("paper/figures.tex.old-2")))
  }

  /// A run that is there, and a place that holds something else.
  @Test func forceMakesRoomForARun() throws {
    let fixture = try Fixture.shared()
    let scratch = try Scratch()
    try scratch.write("run/thesis.tex", "mine")
    let train = ["train", fixture.data, "--out", "run", "--force"] + BadInput.quick
    for number in 1...2 {
      let outcome = try Command(train, in: scratch.path).run()
      #expect(outcome.code == 0, "\(outcome.errors)")
      #expect(Files.exists(scratch("run.old-\(number)")))
    }
    #expect(try Files.read(scratch("run.old-1/thesis.tex")) == Array("mine".utf8))
    #expect(try scratch.contents(of: "run.old-2") == scratch.contents(of: "run"))
    let list = String(decoding: try Files.read(scratch("run/MANIFEST.sha256")), as: UTF8.self)
    for name in ["history.csv", "run.json", "state.safetensors", "weights.safetensors"] {
      #expect(list.split(separator: "\n").count { $0.hasSuffix("  \(name)") } == 1)
    }
  }

  /// Another command's inputs are not moved out of its way either.
  @Test func forceDoesNotMoveInputs() throws {
    try BadInput("--force with DATA in --out", 73, ["holds it"]) { scratch, fixture in
      try scratch.copy(fixture.data, as: "X/images")
      return ["audit", "X/images", "--out", "X", "--force"] + BadInput.quick
    }.check()
  }
}

extension Scratch {
  /// Makes a symbolic link.
  func makeLink(_ name: String, to destination: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: self(name), withDestinationPath: destination)
  }
}
