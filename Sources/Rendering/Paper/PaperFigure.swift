import CairoKit
import ImageCodec

/// A picture for print: drawn by Cairo, so that it may hold images. Every `Figure` is one.
package protocol PaperFigure: Sendable {
  /// For file names: "consistency".
  var name: String { get }
  /// A short name, plain text.
  var title: String { get }
  /// How to read it, n, and what the intervals are; plain text.
  var caption: String { get }

  /// The height that the contents need at a width.
  func height(width: Double, style: FigureStyle) -> Double
  func paint(
    on canvas: inout CairoCanvas, width: Double, height: Double, style: FigureStyle
  ) throws(CairoFault)
}

/// A figure's size on paper, in points, and its text and lines.
package struct PaperPage: Sendable {
  /// Of the page, in points.
  package let width: Double
  /// Of the page, in points: the venue's, else what the contents need.
  package let height: Double
  /// Sizes in points, the models' names, and the stretch that fits the contents to `height`.
  package let style: FigureStyle
  let font: Font
}

extension PaperFigure {
  /// A page as wide as a column, as high as the contents need.
  /// - Parameter models: the names of those that charts show (`FigureInput.names`).
  package func page(width: Double, font: Font, models: [String]) -> PaperPage {
    var style = FigureStyle.paper(font: font)
    style.models = models
    return PaperPage(
      width: width, height: height(width: width, style: style), style: style, font: font)
  }

  /// The page that a venue asks for. Where it asks for a height, rows and plots are stretched to it.
  package func page(
    for venue: Venue, font: Font, models: [String]
  ) throws(RenderingFault) -> PaperPage {
    var style = venue.style(font: font)
    style.models = models
    guard let wanted = venue.height else {
      return PaperPage(
        width: venue.width, height: height(width: venue.width, style: style), style: style,
        font: font)
    }
    func needed(_ stretch: Double) -> Double {
      style.stretch = stretch
      return height(width: venue.width, style: style)
    }
    var (low, high) = FigureStyle.stretches
    let (least, most) = (needed(low), needed(high))
    guard wanted >= least - 0.01, wanted <= most + 0.01 else {
      throw .noSuchHeight(
        figure: name, width: venue.width / 72, height: wanted / 72, least: least / 72,
        most: most / 72)
    }
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if needed(middle) < wanted { low = middle } else { high = middle }
    }
    style.stretch = low
    return PaperPage(width: venue.width, height: wanted, style: style, font: font)
  }

  /// One page, fonts embedded, the same bytes each time.
  package func pdf(_ page: PaperPage) throws(CairoFault) -> [UInt8] {
    let surface = try PDFSurface(
      width: page.width, height: page.height, title: PrintableText.clean(title))
    try paint(page, on: surface, scale: 1)
    return try surface.finish()
  }

  /// Text as outlines.
  package func svg(_ page: PaperPage) throws(CairoFault) -> [UInt8] {
    let surface = try SVGSurface(width: page.width, height: page.height)
    try paint(page, on: surface, scale: 1)
    return try surface.finish()
  }

  /// RGB on white; both sides are rounded up to whole pixels.
  /// - Throws: `CairoFault.failed` where Cairo refuses the image's size or a mark.
  package func image(_ page: PaperPage, pixelsPerInch: Double) throws(CairoFault) -> PixelImage {
    let scale = pixelsPerInch / 72
    let surface = try ImageSurface(
      width: Int((page.width * scale).rounded(.up)),
      height: Int((page.height * scale).rounded(.up)))
    try paint(page, on: surface, scale: scale)
    return try surface.pixelImage()
  }

  private func paint(
    _ page: PaperPage, on surface: Surface, scale: Double
  ) throws(CairoFault) {
    let context = try Context(surface)
    context.scale(by: scale)
    var canvas = CairoCanvas(context: context, font: page.font)
    try paint(on: &canvas, width: page.width, height: page.height, style: page.style)
    try context.checkStatus("drawing \(name)")
  }
}
