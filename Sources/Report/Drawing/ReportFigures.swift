import CairoKit
import FileKit
import ImageCodec
import Rendering
import TensorCore

/// The charts of a report, numbered in the order in which pages show them.
enum ReportFigures {
  /// A column of a two-column paper, in points; pictures at 300 pixels an inch.
  private static let columnWidth = 252.0
  private static let pixelsPerInch = 300.0

  /// In order of their numbers; a figure that has nothing to show leaves its number out.
  static func all(_ context: ReportContext) throws(ReportFault) -> [ReportFigure] {
    let input = FigureInput(
      result: context.result, recordings: context.recordings,
      policy: context.options.policy, shown: context.drawn)
    let chosen = FigureCatalogue.all.enumerated().compactMap { offset, kind in
      kind.make(input).map { (number: offset + 1, kind: kind, figure: $0) }
    }
    return try wrapping(ReportFault.drawing) { () throws(CairoFault) in
      let font = try Font(path: context.options.fontPath ?? Font.defaultPath)
      let drawn = ParallelLoop.map(chosen.count) { index in
        Result { () throws(CairoFault) in
          try make(
            chosen[index].figure, chosen[index].kind, number: chosen[index].number, font: font,
            models: input.names,
            formats: context.options.figureFormats)
        }
      }
      var result: [ReportFigure] = []
      for figure in drawn { result.append(try figure.get()) }
      return result
    }
  }

  private static func make(
    _ figure: any Figure, _ kind: FigureKind, number: Int, font: Font, models: [String],
    formats: Set<FigureFormat>
  ) throws(CairoFault) -> ReportFigure {
    let page = figure.page(width: columnWidth, font: font, models: models)
    var files: [(format: FigureFormat, bytes: [UInt8])] = []
    for format in [FigureFormat.svg, .pdf, .png] where formats.contains(format) {
      let bytes =
        switch format {
        case .svg: try figure.svg(page)
        case .pdf: try figure.pdf(page)
        case .png: PNGEncoder.encode(try figure.image(page, pixelsPerInch: pixelsPerInch))
        }
      files.append((format, bytes))
    }
    return ReportFigure(
      id: "figure-\(number)", name: figure.name, label: "Figure \(number)",
      table: kind.table, title: figure.title, caption: figure.caption,
      markup: figure.pageSVG(
        font: font, models: models, accessibility: .identified(prefix: "figure-\(number)")),
      files: files)
  }
}
