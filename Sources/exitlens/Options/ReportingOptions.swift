import ArgumentParser
import CommandLineKit
import FileKit
import Foundation
import Rendering
import Report

import enum Analysis.ExitPolicy

/// What a report shows, and when a flag is a failure.
struct ReportingOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: .value(.fraction, "Confidence at which a sample leaves early, 0…1."))
  var threshold = 0.9
  @Option(
    help: ArgumentHelp(
      "When a sample leaves early, in the efficiency page's curves; its tables have every policy.",
      valueName: "policy"))
  var policy: ExitPolicy = .confidence
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The accuracy that settings are chosen for on the validation answers: 0…1, or below the final exit's: final-0.01.",
      valueName: "accuracy"))
  var targetAccuracy = AccuracyTarget(.belowFinal(0.01))
  @Option(
    parsing: .unconditional,
    help: .value(
      .fraction, "The mean cost that settings are chosen for, as a share of the final exit's, 0…1.")
  )
  var targetBudget = 0.5
  @Option(
    parsing: .unconditional,
    help: .value(.gallerySize, "Samples in the gallery: a number or `all`."))
  var gallery: GallerySize = .init(.atMost(200))
  @Option(
    parsing: .unconditional,
    help: .value(
      .viewCount,
      "Samples of the gallery that get difference and contour views too: a number, `all` or `none`."
    )
  )
  var views: ViewCount = .init(.atMost(200))
  @Option(parsing: .upToNextOption, help: ShownModels.help)
  var show: [String] = []
  @Option(help: "Colours of attention maps.")
  var colorMap: ColorMapName = .viridis
  @Option(
    parsing: .upToNextOption,
    help:
      "pdf, svg, png, with commas or spaces: what figures are also written as, beside the pages; or none, for a small report."
  )
  var figureFormat: [FigureFormatChoice] = [.pdf, .svg, .png]
  @Option(help: "The report's title (default: the data's name).")
  var title: String?
  @Option(help: "A TrueType file for figures (default: Debian's Liberation Sans).")
  var font: String?
  @Option(help: "A folder of page templates instead of the built-in one.")
  var templates: String?
  @Flag(help: "Print the date and time in the report; two reports then differ.")
  var stamp = false
  @Option(
    help: .value(
      .alerts,
      "Exit with code 2 when the report raises a flag; with a value, `limits` or codes (FLATTENED,SAME-MAP), when it raises one of those."
    ))
  var strict: StrictAlerts?

  mutating func validate() throws {
    try OptionValue.check(fraction: threshold, of: "--threshold")
    try OptionValue.check(fraction: targetBudget, of: "--target-budget")
    guard !figureFormat.contains(.none) || figureFormat.count == 1 else {
      throw ValidationError("--figure-format none stands alone: give none, or formats.")
    }
  }

  /// Files and folders that a report is made from, besides recordings.
  var inputs: [OutputPlaces.Item] {
    [("--templates", templates), ("--font", font)].compactMap { name, path in
      path.map { OutputPlaces.Item(name, $0) }
    }
  }

  var options: ReportOptions {
    var options = ReportOptions(
      name: title, gallery: gallery.limit, colorMap: colorMap.map, fontPath: font,
      templatesFolder: templates, stamp: stamp ? Self.now : nil, generator: Release.producer)
    options.views = views.limit
    options.policy = policy
    options.figureFormats = Set(figureFormat.compactMap(\.format))
    return options
  }

  /// The present time in UTC, the same format in every locale.
  private static var now: String {
    Date.now.formatted(.iso8601)
  }
}

extension FigureFormat: ExpressibleByArgument {}

/// A format, or `none` of them.
enum FigureFormatChoice: String, CaseIterable, ExpressibleByArgument {
  case pdf, svg, png, none

  var format: FigureFormat? { FigureFormat(rawValue: rawValue) }
}

/// `all` or a number.
struct GallerySize: ExpressibleByArgument {
  let limit: ReportOptions.GalleryLimit

  init(_ limit: ReportOptions.GalleryLimit) { self.limit = limit }

  init?(argument: String) {
    if argument == "all" {
      limit = .all
    } else if let count = Int(argument), count >= 1 {
      limit = .atMost(count)
    } else {
      return nil
    }
  }

  var defaultValueDescription: String {
    switch limit {
    case .all: "all"
    case .atMost(let count): "\(count)"
    }
  }
}

/// `all`, `none` or a number.
struct ViewCount: ExpressibleByArgument {
  let limit: ReportOptions.GalleryLimit

  init(_ limit: ReportOptions.GalleryLimit) { self.limit = limit }

  init?(argument: String) {
    switch argument {
    case "none": limit = .atMost(0)
    default:
      guard let size = GallerySize(argument: argument) else { return nil }
      limit = size.limit
    }
  }

  var defaultValueDescription: String { GallerySize(limit).defaultValueDescription }
}

enum ColorMapName: String, CaseIterable, ExpressibleByArgument {
  case viridis
  case cividis
  case greys

  var map: ColorMap {
    switch self {
    case .viridis: .viridis
    case .cividis: .cividis
    case .greys: .greys
    }
  }
}
