import CairoKit
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
    let figures: [(any Figure)?] = [
      ConsistencyDotPlot(context.result), AccuracyCostCurve(context.result),
      ExitShares(context.result),
      TrainingCurves(baseline: context.baseline[0], egt: context.egt[0]),
      ReliabilityDiagram(context.result),
    ]
    let chosen = figures.enumerated().compactMap { offset, figure in
      figure.map { (number: offset + 1, figure: $0) }
    }
    do throws(CairoFault) {
      let font = try Font(path: context.options.fontPath ?? Font.defaultPath)
      let drawn = ParallelLoop.map(chosen.count) { index in
        Result { () throws(CairoFault) in
          try make(chosen[index].figure, number: chosen[index].number, font: font)
        }
      }
      var result: [ReportFigure] = []
      for figure in drawn { result.append(try figure.get()) }
      return result
    } catch {
      throw .drawing(error)
    }
  }

  private static func make(
    _ figure: any Figure, number: Int, font: Font
  ) throws(CairoFault) -> ReportFigure {
    let image = try figure.image(width: columnWidth, pixelsPerInch: pixelsPerInch, font: font)
    return ReportFigure(
      id: "figure-\(number)", name: figure.name, label: "Figure \(number)",
      title: figure.title, caption: figure.caption,
      markup: figure.pageSVG(font: font, accessibility: .identified(prefix: "figure-\(number)")),
      files: [
        ("svg", try figure.paperSVG(width: columnWidth, font: font)),
        ("pdf", try figure.pdf(width: columnWidth, font: font)),
        ("png", PNGEncoder.encode(image)),
      ])
  }
}
