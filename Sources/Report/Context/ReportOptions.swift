import Analysis
import Rendering

/// What a report shows and how.
package struct ReportOptions: Sendable {
  /// How many samples the gallery shows.
  package enum GalleryLimit: Sendable, Equatable {
    case all
    /// At least the index page's six.
    case atMost(Int)
  }

  /// The report's title; nil for the recordings' data name.
  package var name: String?
  /// Samples with sheets and a gallery entry; the index page's six are always among them.
  package var gallery: GalleryLimit
  /// How many of the gallery's samples have the difference and contour views too; `.atMost(0)` for none.
  package var views = GalleryLimit.atMost(200)
  /// Of overlay sheets; difference sheets have a map of their own.
  package var colorMap: ColorMap
  /// A TrueType file for figures; nil for the renderer's own.
  package var fontPath: String?
  /// A folder like `templates/`; nil for the built-in one.
  package var templatesFolder: String?
  /// A line with the time, printed as it is; nil for none, so that two runs give the same bytes.
  package var stamp: String?
  /// The program and its version.
  package var generator: String
  /// The policy whose curves the efficiency page draws; its tables have all.
  package var policy: ExitPolicy = .confidence
  /// The models that sheets and charts show beside the reference, by their place in the list: as many as can be told
  /// apart (`FigureInput.limit` with the reference); empty for the first ones.
  package var show: [Int] = []
  /// What figures are written as beside the pages, which have them as SVG anyway.
  package var figureFormats = Set(FigureFormat.allCases)

  /// `views`, `policy`, `show` and `figureFormats` keep their defaults until they are set.
  package init(
    name: String? = nil, gallery: GalleryLimit = .atMost(200), colorMap: ColorMap = .viridis,
    fontPath: String? = nil, templatesFolder: String? = nil, stamp: String? = nil,
    generator: String = "exitlens"
  ) {
    self.name = name
    self.gallery = gallery
    self.colorMap = colorMap
    self.fontPath = fontPath
    self.templatesFolder = templatesFolder
    self.stamp = stamp
    self.generator = generator
  }
}

/// How far a report is.
package struct ReportProgress: Sendable, Equatable {
  /// In the order in which they run; without samples to show there are no sheets.
  package enum Stage: String, Sendable {
    case figures, sheets, pages, data
  }

  /// The stage that `done` and `total` count in.
  package var stage: Stage
  /// Figures, samples or pages so far; data is reported once, when the report is in place.
  package var done: Int
  /// Figures with something to show, samples, pages, or data tables and one.
  package var total: Int

  /// `done` is 1…`total`: a stage is not reported before something is written.
  package init(stage: Stage, done: Int, total: Int) {
    self.stage = stage
    self.done = done
    self.total = total
  }
}
