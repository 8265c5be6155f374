import Analysis
import ArgumentParser
import CommandLineKit
import FileKit
import Foundation
import Recordings
import Rendering
import Report

struct FigureCommand: OutputCommand {
  static let configuration = CommandConfiguration(
    commandName: "figure",
    abstract: "Write a report's figures for a paper, at their final size.",
    discussion: """
      Text is 6 points or more, lines 0.5 or more, fonts are embedded. figures.tex holds a caption for each \
      figure that says what its intervals are. --list names the figures.
      """)

  @OptionGroup var recordings: RecordingOptions
  @Option(help: "The folder to write into; other files in it are left alone.")
  var out: String?
  @Option(
    help: .value(
      .venue,
      "ieee, neurips, icml, cvpr, nature (their column's width), or WIDTHxHEIGHT in inches, or with mm or pt behind it."
    ))
  var venue = VenueArgument(Venue.named[0])
  @Option(parsing: .upToNextOption, help: "Only these figures, by name.")
  var only: [FigureName] = []
  @Option(
    help: .value(
      .numbers, "Samples whose maps are drawn (default: those of a report's first page)."))
  var samples: SampleNumbers?
  @Option(parsing: .upToNextOption, help: ShownModels.help)
  var show: [String] = []
  @Option(parsing: .upToNextOption, help: "pdf, svg, png: one or more, with commas or spaces.")
  var format: [FigureFormat] = FigureFormat.allCases
  @Option(help: .value(.wholeNumber, "Pixels an inch of PNG files, 300 to 1200."))
  var ppi = 600
  @Option(
    parsing: .unconditional,
    help: .value(.fraction, "Confidence at which a sample leaves early, 0…1."))
  var threshold = 0.9
  @Option(help: "Colours of attention maps.")
  var colorMap: ColorMapName = .viridis
  @ArgumentParser.Flag(
    help: "Give each map a colour scale of its own: shows dim maps, hides how dim they are.")
  var ownScale = false
  @Option(help: "A TrueType file for figures (default: Debian's Liberation Sans).")
  var font: String?
  @ArgumentParser.Flag(help: "Name the figures and end.")
  var list = false

  @OptionGroup var output: OutputOptions

  var places: OutputPlaces {
    OutputPlaces(
      inputs: recordings.places + (font.map { [OutputPlaces.Item("--font", $0)] } ?? []),
      outputs: [], shared: (out.map { [OutputPlaces.Item("--out", $0)] } ?? []))
  }

  var afterStopping: String { Self.nothingWritten }

  mutating func validate() throws {
    if list { return }
    try OptionValue.check(fraction: threshold, of: "--threshold")
    try recordings.require(out: out)
    guard (300...1200).contains(ppi) else {
      throw ValidationError("--ppi takes 300 to 1200 pixels an inch, got '\(ppi)'")
    }
  }

  func run() throws {
    if list {
      let names = FigureName.known
      let width = names.map(\.name.count).max() ?? 0
      for entry in names {
        Console.answer(
          entry.name.padding(toLength: width + 2, withPad: " ", startingAt: 0) + entry.about)
      }
      return
    }
    let models = try recordings.read()
    let shown = try show.isEmpty ? nil : [0] + ShownModels.places(of: show, in: models)
    let result = try Auditor.audit(models, options: AuditOptions(threshold: threshold))
    for comparison in result.comparisons {
      if let premise = comparison.paired?.mapPremise {
        Console.line("maps are not compared: \(premise.reason)".singleLine)
      }
    }
    let written = try PaperFigures.write(
      FigureInput(result: result, recordings: models.map(\.recordings), shown: shown),
      options: PaperFigures.Options(
        venue: venue.venue, formats: format, pixelsPerInch: Double(ppi),
        names: only.isEmpty ? nil : only.map(\.name), samples: samples?.numbers,
        colorMap: colorMap.map, scaling: ownScale ? .ownMaximum : .shared, fontPath: font),
      to: out ?? "", force: output.force)
    written.moved.forEach(Console.note)
    for note in written.gaps.notes { Console.line("font: \(note)".singleLine) }
    for figure in written.figures {
      let size = [figure.width, figure.height].map { String(format: "%.2f", $0 / 72) }
      for file in figure.files { Console.line("\(size[0]) × \(size[1]) in: \(file)".singleLine) }
    }
    for name in Set(only.map(\.name)).subtracting(
      written.figures.map { $0.name.hasPrefix("maps-") ? "maps" : $0.name }
    ).sorted() {
      Console.line("nothing to show: \(name)")
    }
  }
}
