import ArgumentParser
import CommandLineKit
import FileKit
import Network
import Recordings
import Report
import Training

struct ReportCommand: OutputCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Turn recordings of one model or of many into a static HTML report.",
    usage: """
      exitlens report --model NAME=<recording>[,<recording>…] … --out <out> [<options>]
      exitlens report --baseline <recording> ... --egt <recording> ... --out <out> [<options>]
      exitlens report <sweep> --out <out> [<options>]
      exitlens report --diff <report> <report>
      """,
    discussion: """
      The first model is the reference that the others are compared with. Several recordings of a model are \
      several runs of one training that differ in the seed. Recordings may come from any framework.
      Of a sweep's folder, every λ and form of guided training is a model; sheets and charts show the baseline \
      and one of them (--lambda, --variant).
      With --diff, two reports are compared and nothing is written: data and settings that differ, \
      alerts that came and went, numbers that changed, tables that differ. The policy that a report's \
      curves were drawn with (--policy) is on its page only and not compared.
      """)

  @Argument(help: "A folder that `exitlens sweep` has written.")
  var sweepFolder: String?
  @OptionGroup var recordings: RecordingOptions
  @Option(
    parsing: .unconditional,
    help: .value(
      .number,
      "Of a sweep: the λ that is shown beside the baseline (default: 0.3, else the least)."))
  var lambda: Double?
  @Option(
    help: "Of a sweep: the form that is shown beside the baseline (default: the plan's first).")
  var variant: SweepVariant?
  @Option(help: "Of a sweep: the architecture that is shown (default: the plan's first).")
  var architecture: Architecture?
  @Option(help: "The report folder to write.")
  var out: String?
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Two reports' folders, the older one first: say what changed.", valueName: "report"))
  var diff: [String] = []
  @OptionGroup var reporting: ReportingOptions
  @OptionGroup var output: OutputOptions

  var places: OutputPlaces {
    OutputPlaces(
      inputs: (sweepFolder.map { [OutputPlaces.Item("SWEEP", $0)] } ?? []) + recordings.places
        + reporting.inputs,
      outputs: (out.map { [OutputPlaces.Item("--out", $0)] } ?? []))
  }

  var afterStopping: String { Self.nothingWritten }

  func validate() throws {
    guard diff.isEmpty else {
      guard diff.count == 2, recordings.isEmpty, out == nil, sweepFolder == nil else {
        throw ValidationError(
          "--diff takes two report folders and stands alone: exitlens report --diff A B")
      }
      return
    }
    guard sweepFolder != nil else {
      if lambda != nil || variant != nil || architecture != nil {
        throw ValidationError(
          "--lambda, --variant and --architecture are for a sweep's folder")
      }
      return try recordings.require(out: out)
    }
    guard recordings.isEmpty else {
      throw ValidationError("--model, --baseline and --egt do not go with a sweep's folder")
    }
    if out == nil { throw ValidationError("Missing expected argument '--out'") }
  }

  func run() throws {
    guard diff.isEmpty else {
      for line in try AuditComparison.lines(diff[0], diff[1]) { Console.answer(line) }
      return
    }
    let out = out!
    try ReportBuilder.check(reporting.options, folder: out, force: output.force)
    if let sweepFolder {
      let sweep = try SweepRecordings(
        SweepFolder(sweepFolder),
        showing: .init(architecture: architecture, variant: variant, lambda: lambda))
      return try ReportJob(options: reporting, out: out, force: output.force).run(sweep)
    }
    try ReportJob(options: reporting, out: out, force: output.force).run(recordings.read())
  }
}
