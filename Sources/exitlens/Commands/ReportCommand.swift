import ArgumentParser
import FileKit
import Recordings
import Report

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Turn recordings of a baseline and of an EGT network into a static HTML report.",
    usage: """
      exitlens report --baseline <baseline> ... --egt <egt> ... --out <out> [<options>]
      exitlens report --diff <report> <report>
      """,
    discussion: """
      Several recordings an arm are several seeds of the same training; all must show the same \
      images. Recordings may come from any framework.
      With --diff, two reports are compared and nothing is written: data and settings that differ, \
      alerts that came and went, numbers that changed, tables that differ. The policy that a report's \
      curves were drawn with (--policy) is on its page only and not compared.
      """)

  @OptionGroup var recordings: RecordingOptions
  @Option(help: "The report folder to write.")
  var out: String?
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Two reports' folders, the older one first: say what changed.", valueName: "report"))
  var diff: [String] = []
  @OptionGroup var reporting: ReportingOptions

  func validate() throws {
    guard diff.isEmpty else {
      guard diff.count == 2, recordings.isEmpty, out == nil else {
        throw ValidationError(
          "--diff takes two report folders and stands alone: exitlens report --diff A B")
      }
      return
    }
    try recordings.require(out: out)
  }

  func run() throws {
    guard diff.isEmpty else {
      for line in try AuditComparison.lines(diff[0], diff[1]) { Console.line(line) }
      return
    }
    let out = out!
    try ReportBuilder.check(reporting.options, folder: out)
    let arms = try recordings.read()
    try ReportJob(options: reporting, out: out).run(
      baseline: arms.baseline, egt: arms.egt, sweep: arms.sweep)
  }
}
