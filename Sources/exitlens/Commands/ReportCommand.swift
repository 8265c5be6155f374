import ArgumentParser
import FileKit
import Recordings
import Report

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Turn recordings of a baseline and of an EGT network into a static HTML report.",
    discussion: """
      Several recordings an arm are several seeds of the same training; all must show the same \
      images. Recordings may come from any framework.
      """)

  @Option(parsing: .upToNextOption, help: "Recording folders of the baseline, one a seed.")
  var baseline: [String]
  @Option(parsing: .upToNextOption, help: "Recording folders of the EGT network, one a seed.")
  var egt: [String]
  @Option(help: "The report folder to write.")
  var out: String
  @OptionGroup var reporting: ReportingOptions

  func run() throws {
    try ReportBuilder.check(reporting.options, folder: out)
    func read(_ folders: [String]) throws -> [Recording] {
      try folders.map { try RecordingReader.read($0) }
    }
    try ReportJob(options: reporting, out: out).run(
      baseline: try read(baseline), egt: try read(egt))
  }
}
