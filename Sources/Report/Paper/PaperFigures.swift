import Analysis
import CairoKit
import FileKit
import ImageCodec
import Rendering
import TensorCore

/// A report's figures as files for a paper, at their final size.
package enum PaperFigures {
  /// Which figures to draw, how large, and as which files.
  package struct Options: Sendable {
    /// Sets every figure's size; `write` throws for one that cannot be as high as it asks.
    package var venue: Venue
    /// One file a figure for each; with none, only `figures.tex` and the list are written.
    package var formats: [FigureFormat]
    /// Of PNG files.
    package var pixelsPerInch: Double
    /// Names of `FigureCatalogue`, or "maps"; nil for all.
    package var names: [String]?
    /// Samples whose maps are drawn, by index; nil for those on a report's first page.
    package var samples: [Int]?
    /// Of the maps of single samples; charts have colours of their own.
    package var colorMap: ColorMap
    /// One colour scale over all maps of a figure, or one a map.
    package var scaling: SheetScaling
    /// A TrueType file; nil for the renderer's own.
    package var fontPath: String?

    /// All charts and maps as PDF, SVG and PNG unless told otherwise.
    package init(
      venue: Venue, formats: [FigureFormat] = FigureFormat.allCases, pixelsPerInch: Double = 600,
      names: [String]? = nil, samples: [Int]? = nil, colorMap: ColorMap = .viridis,
      scaling: SheetScaling = .shared, fontPath: String? = nil
    ) {
      self.venue = venue
      self.formats = formats
      self.pixelsPerInch = pixelsPerInch
      self.names = names
      self.samples = samples
      self.colorMap = colorMap
      self.scaling = scaling
      self.fontPath = fontPath
    }
  }

  /// What the maps of single samples are called among the figures' names.
  package static let maps = (name: "maps", about: "one sample's input and the maps of every exit")

  /// A figure that was written.
  package struct Written: Sendable {
    /// The stem of its files: "consistency", "maps-17".
    package var name: String
    /// Points.
    package var width: Double
    /// Points: the venue's, or what the contents need.
    package var height: Double
    /// Paths.
    package var files: [String]
  }

  /// What `write` did.
  package struct Outcome: Sendable {
    /// Those written: charts in the catalogue's order, then one a sample's maps.
    package var figures: [Written]
    /// Which characters of the class names the font does not have.
    package var gaps: FontGaps
    /// Files that were in the way.
    package var moved: [MovedAside]
  }

  /// The list of the files that ExitLens wrote into a folder of figures.
  package static let listName = "figures.sha256"

  /// Draws figures into a folder, which may hold other files, and `figures.tex` with an environment and caption for
  /// each. A file is replaced only where it is as ExitLens wrote it.
  /// - Parameter force: whether others of these names move aside instead of being an error.
  /// - Returns: nothing for a figure that has nothing to show.
  package static func write(
    _ input: FigureInput, options: Options, to folder: String, force: Bool = false
  ) throws(ReportFault) -> Outcome {
    let figures = try figures(input, options)
    let files = OwnedFiles(folder, list: listName)
    try ReportFault.files { () throws(FileFault) in
      _ = try OutputPlace(folder)
      if !force { try files.check(fileNames(of: figures, options)) }
    }
    let hasNames = figures.contains { $0 is AttentionMaps }
    let font = try font(options, covering: hasNames ? input.result.classNames.joined() : "")
    let drawn = try draw(figures, options, font, input.names)
    var written: [Written] = []
    var contents: [OwnedFiles.File] = []
    for (figure, drawing) in zip(figures, drawn) {
      var entry = Written(
        name: figure.name, width: drawing.width, height: drawing.height, files: [])
      for (format, bytes) in drawing.files {
        let name = "\(figure.name).\(format.rawValue)"
        contents.append((name, .bytes(bytes)))
        entry.files.append("\(folder)/\(name)")
      }
      written.append(entry)
    }
    contents.append((texName, .bytes(Array(TeXFigures.document(figures, gaps: font.gaps).utf8))))
    return try ReportFault.files { () throws(FileFault) in
      try Files.makeFolder(folder)
      let moved = try files.write(contents, force: force)
      try files.settle()
      return Outcome(figures: written, gaps: font.gaps, moved: moved)
    }
  }

  /// - Parameter text: what figures hold beyond their own words.
  private static func font(_ options: Options, covering text: String) throws(ReportFault) -> Font {
    return try wrapping(ReportFault.drawing) { () throws(CairoFault) in
      try Font(path: options.fontPath ?? Font.defaultPath, covering: text)
    }
  }

  private static let texName = "figures.tex"

  private static func fileNames(of figures: [any PaperFigure], _ options: Options) -> [String] {
    figures.flatMap { figure in options.formats.map { "\(figure.name).\($0.rawValue)" } }
      + [texName]
  }

  private static func figures(
    _ input: FigureInput, _ options: Options
  ) throws(ReportFault) -> [any PaperFigure] {
    func isWanted(_ name: String) -> Bool { options.names?.contains(name) ?? true }
    var figures: [any PaperFigure] = FigureCatalogue.all.filter { isWanted($0.name) }
      .compactMap { $0.make(input) }
    let result = input.result
    let chosen =
      options.samples
      ?? SampleSelection(result, limit: .atMost(1)).featured.map { result.samples[$0.sample].index }
    // Models of other samples have no rows beside the others'.
    let places = input.shown.filter { result.samples.first?.models[$0] != nil }
    guard isWanted(maps.name), !places.isEmpty, !chosen.isEmpty else { return figures }
    let recordings = places.map { input.recordings[$0][0] }
    let photographs = PhotographSource(recordings)
    let words = Set(recordings.map(\.manifest.mapWord))
    try wrapping(ReportFault.rendering) { () throws(RenderingFault) in
      let sheet = OverlaySheet(
        try SheetSource(models: recordings), colorMap: options.colorMap, scaling: options.scaling)
      for index in chosen {
        guard let sample = result.samples.first(where: { $0.index == index }) else {
          throw .noSuchSample(index, counts: recordings.map(\.sampleCount))
        }
        figures.append(
          try AttentionMaps(
            of: sample, sheet: sheet,
            models: places.map { (result.models[$0].name, $0) },
            mapWord: words.count == 1 ? words.first! : "map",
            image: photographs.image(of: index), classNames: result.classNames))
      }
    }
    return figures
  }

  private struct Drawing: Sendable {
    var width: Double
    var height: Double
    var files: [(format: FigureFormat, bytes: [UInt8])]
  }

  private static func draw(
    _ figures: [any PaperFigure], _ options: Options, _ font: Font, _ models: [String]
  ) throws(ReportFault) -> [Drawing] {
    let drawn = ParallelLoop.map(figures.count) { index in
      Result { () throws(ReportFault) in try draw(figures[index], options, font, models) }
    }
    var drawings: [Drawing] = []
    for drawing in drawn { drawings.append(try drawing.get()) }
    return drawings
  }

  private static func draw(
    _ figure: any PaperFigure, _ options: Options, _ font: Font, _ models: [String]
  ) throws(ReportFault) -> Drawing {
    let page: PaperPage
    page = try wrapping(ReportFault.rendering) { () throws(RenderingFault) in
      try figure.page(for: options.venue, font: font, models: models)
    }
    return try wrapping(ReportFault.drawing) { () throws(CairoFault) in
      var files: [(FigureFormat, [UInt8])] = []
      for format in options.formats {
        let bytes =
          switch format {
          case .pdf: try figure.pdf(page)
          case .svg: try figure.svg(page)
          case .png:
            PNGEncoder.encode(
              try figure.image(page, pixelsPerInch: options.pixelsPerInch), effort: .small)
          }
        files.append((format, bytes))
      }
      return Drawing(width: page.width, height: page.height, files: files)
    }
  }
}
