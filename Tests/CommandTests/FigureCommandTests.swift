import FileKit
import Foundation
import Testing

@Suite struct FigureCommandTests {
  private func figure(_ fixture: Fixture, _ arguments: [String], in scratch: Scratch) throws
    -> Command.Outcome
  {
    try Command(
      [
        "figure", "--baseline", fixture.recording("baseline"), "--egt", fixture.recording("egt"),
        "--out", "paper",
      ] + arguments, in: scratch.path
    ).run()
  }

  @Test func writesEveryFigureAtItsSize() throws {
    let (fixture, scratch) = (try Fixture.shared(), try Scratch())
    try scratch.write("paper/mine.txt", "kept")
    let outcome = try figure(
      fixture, ["--venue", "nature", "--format", "pdf", "svg", "png"], in: scratch)
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let files = try FileManager.default.contentsOfDirectory(atPath: scratch("paper")).sorted()
    for name in ["consistency", "accuracy-cost", "exit-shares", "training", "reliability"] {
      for kind in ["pdf", "svg", "png"] { #expect(files.contains("\(name).\(kind)")) }
    }
    #expect(files.contains { $0.hasPrefix("maps-") } && files.contains("mine.txt"))
    #expect(outcome.output.contains("3.50 × "))
    let tex = String(decoding: try Files.read(scratch("paper/figures.tex")), as: UTF8.self)
    #expect(
      tex.contains("\\includegraphics{consistency}") && tex.contains("\\label{fig:reliability}"))
    #expect(tex.unicodeScalars.allSatisfy { $0.isASCII })
    // poppler's opinion of one of them: the size, and TrueType alone.
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/pdffonts") else { return }
    let fonts = try output(of: "/usr/bin/pdffonts", scratch("paper/reliability.pdf"))
    #expect(fonts.contains("TrueType") && !fonts.contains("Type 3") && !fonts.contains("Type 1"))
    let info = try output(of: "/usr/bin/pdfinfo", scratch("paper/reliability.pdf"))
    #expect(info.contains("252.283 x") && info.contains("Pages:           1"))
  }

  @Test func onlyWhatIsAskedFor() throws {
    let (fixture, scratch) = (try Fixture.shared(), try Scratch())
    let outcome = try figure(
      fixture,
      ["--only", "reliability", "maps", "--samples", "0", "--format", "pdf", "--venue", "4x4in"],
      in: scratch)
    #expect(outcome.code == 64, "the maps' tiles have one shape")
    #expect(outcome.errorLines.count == 1 && outcome.errors.contains("maps-0"))
    #expect(!Files.exists(scratch("paper")))
    let fine = try figure(
      fixture, ["--only", "reliability", "--format", "pdf", "--venue", "4x4in"], in: scratch)
    #expect(fine.code == 0 && fine.output == "4.00 × 4.00 in: paper/reliability.pdf\n")
    let files = try FileManager.default.contentsOfDirectory(atPath: scratch("paper")).sorted()
    #expect(files == ["figures.sha256", "figures.tex", "reliability.pdf"])
  }

  /// Class names in other scripts: what the font lacks is drawn with a font that is named, or told; never with boxes and
  /// without a word.
  @Test func scriptsThatTheFontLacksAreTold() throws {
    let (fixture, scratch) = (try Fixture.shared(), try Scratch())
    for arm in ["baseline", "egt"] {
      try scratch.copy(fixture.recording(arm), as: arm)
      try scratch.replace("\"ant\"", with: "\"ant ☃\"", in: "\(arm)/recording.json")
      try scratch.replace("\"bee\"", with: "\"نحلة\"", in: "\(arm)/recording.json")
    }
    let outcome = try Command(
      ["figure", "--baseline", "baseline", "--egt", "egt", "--out", "paper", "--only", "maps"]
        + ["--samples", "0", "--format", "svg"], in: scratch.path
    ).run()
    #expect(outcome.code == 0, "\(outcome.errors)")
    let notes = outcome.output.split(separator: "\n").filter { $0.hasPrefix("font: ") }
    #expect(notes.contains { $0.contains("☃") })
    #expect(notes.contains { $0.hasPrefix("font: warning: ") && $0.contains("ح") })
    let tex = String(decoding: try Files.read(scratch("paper/figures.tex")), as: UTF8.self)
    #expect(tex.contains("% warning: ") && tex.contains("U+2603"))
    // Other figures hold no class name.
    let other = try Command(
      ["figure", "--baseline", "baseline", "--egt", "egt", "--out", "other", "--only"]
        + ["consistency", "--format", "svg"], in: scratch.path
    ).run()
    #expect(other.code == 0 && !other.output.contains("font: "))
  }

  /// Of six models a picture shows the reference and those that are named; a name that nobody has is one line.
  @Test func showNamesTheModelsOfAPicture() throws {
    let (fixture, scratch) = (try Fixture.shared(), try Scratch())
    let models = (0..<6).flatMap { model in
      ["--model", "M\(model)=" + fixture.recording(model % 2 == 0 ? "baseline" : "egt")]
    }
    func draw(_ show: [String]) throws -> Command.Outcome {
      let arguments =
        ["figure"] + models + ["--only", "exit-shares", "--format", "svg", "--force", "--out", "p"]
        + (show.isEmpty ? [] : ["--show"] + show)
      return try Command(arguments, in: scratch.path).run()
    }
    /// The models whose accuracies the caption lists.
    func shown() throws -> [Int] {
      let tex = String(decoding: try Files.read(scratch("p/figures.tex")), as: UTF8.self)
      return (0..<6).filter { tex.contains("M\($0) ") }
    }
    for (show, expected) in [
      ([], [0, 1, 2, 3, 4]), (["M5"], [0, 5]), (["M0", "M2", "M2", "M5"], [0, 2, 5]),
    ] {
      let outcome = try draw(show)
      #expect(outcome.code == 0, "\(outcome.errors)")
      #expect(try shown() == expected, "\(show)")
    }
    let unknown = try draw(["M1", "M9"])
    #expect(unknown.code == 64 && unknown.errorLines.count == 1)
    #expect(unknown.errors.contains("no model is called 'M9'; there are 'M0', 'M1'"))
    let many = try draw((1..<6).map { "M\($0)" })
    #expect(many.code == 64 && many.errors.contains("4 models at most beside the reference, got 5"))
  }

  @Test func listNeedsNothing() throws {
    let outcome = try exitlens("figure", "--list")
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    let names = outcome.output.split(separator: "\n").compactMap { $0.split(separator: " ").first }
    #expect(names.first == "consistency" && names.last == "maps" && names.contains("reliability"))
  }

  private func output(of tool: String, _ file: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: tool)
    process.arguments = [file]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
