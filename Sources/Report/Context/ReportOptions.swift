import Analysis
import Rendering

/// What a report shows and how.
public struct ReportOptions: Sendable {
  /// How many samples the gallery shows.
  public enum GalleryLimit: Sendable, Equatable {
    case all
    /// At least the index page's six.
    case atMost(Int)
  }

  /// The report's title; nil for the recordings' data name.
  public var name: String?
  public var gallery: GalleryLimit
  /// How many of the gallery's samples have the difference and contour views too; `.atMost(0)` for none.
  public var views = GalleryLimit.atMost(200)
  public var colorMap: ColorMap
  /// A TrueType file for figures; nil for the renderer's own.
  public var fontPath: String?
  /// A folder like `templates/`; nil for the built-in one.
  public var templatesFolder: String?
  /// A line with the time, printed as it is; nil for none, so that two runs give the same bytes.
  public var stamp: String?
  /// The program and its version.
  public var generator: String
  /// The policy whose curves the efficiency page draws; its tables have all.
  public var policy: ExitPolicy = .confidence
  /// The models that sheets and charts show beside the reference, by their place in the list: as many as can be told
  /// apart (`FigureInput.limit` with the reference); empty for the first ones.
  public var show: [Int] = []
  /// What figures are written as beside the pages, which have them as SVG anyway.
  public var figureFormats = Set(FigureFormat.allCases)

  public init(
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
public struct ReportProgress: Sendable, Equatable {
  public enum Stage: String, Sendable {
    case figures, sheets, pages, data
  }

  public var stage: Stage
  public var done: Int
  public var total: Int

  public init(stage: Stage, done: Int, total: Int) {
    self.stage = stage
    self.done = done
    self.total = total
  }
}
