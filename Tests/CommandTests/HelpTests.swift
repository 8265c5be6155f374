import FileKit
import Testing

@Suite struct HelpTests {
  @Test(arguments: [
    [], ["audit"], ["train"], ["record"], ["report"], ["figure"], ["predict"], ["sweep"],
    ["export"], ["verify"],
    ["doctor"],
    ["bench"],
  ]) func helpGoesToStandardOutput(_ command: [String]) throws {
    for flag in ["--help", "-h"] {
      let outcome = try Command(command + [flag]).run()
      #expect(outcome.code == 0 && outcome.errors.isEmpty)
      #expect(outcome.output.hasPrefix("OVERVIEW: "))
      #expect(outcome.output.contains("USAGE: \((["exitlens"] + command).joined(separator: " "))"))
    }
  }

  @Test func version() throws {
    let outcome = try exitlens("--version")
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    #expect(outcome.output == Release.version + "\n")
  }

  /// Option defaults are the paper's protocol.
  @Test func defaultsAreShown() throws {
    let help = try exitlens("train", "--help").output.split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    for (option, text) in [
      ("--epochs <whole-number>", "(default: 50)"), ("--lambda <number>", "(default: 0.3)"),
      ("--batch-size <whole-number>", "(default: 32)"), ("--gamma <number>", "(default: 0.5)"),
      ("--learning-rate <number>", "(default: 0.001)"),
      ("--step-size <whole-number>", "(default: 15)"),
      ("--attention <attention>", "default: softmax)"),
    ] {
      let start = try #require(help.range(of: option + " "), "\(option)")
      let end = help[start.upperBound...].range(of: " --")?.lowerBound ?? help.endIndex
      #expect(help[start.upperBound..<end].contains(text), "\(option)")
    }
  }
}
