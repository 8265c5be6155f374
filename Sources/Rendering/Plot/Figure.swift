import CairoKit
import ImageCodec

/// A picture of plain values with the words that belong to it; drawn at any size, on any canvas.
public protocol Figure: Sendable {
  /// For file names: "consistency".
  var name: String { get }
  /// A short name, plain text.
  var title: String { get }
  /// How to read it, n, and what the intervals are; plain text.
  var caption: String { get }
  /// The numbers in words, for those who do not see the picture; plain text.
  var summary: String { get }

  /// The height that the contents need at a width.
  func height(width: Double, style: FigureStyle) -> Double
  func draw<C: Canvas>(on canvas: inout C, width: Double, height: Double, style: FigureStyle)
}

extension Figure {
  /// To stand inside a page, coloured by `ChartTheme.css`; CSS pixels.
  public func pageSVG(
    width: Double = 640, font: any TextMeasure, accessibility: SVGCanvas.Accessibility = .named
  ) -> String {
    let style = FigureStyle.page(font: font)
    let height = height(width: width, style: style)
    var canvas = SVGCanvas(
      width: width, height: height, title: title, description: summary,
      accessibility: accessibility)
    draw(on: &canvas, width: width, height: height, style: style)
    return canvas.svg
  }

  /// One page, fonts embedded, the same bytes each time. Width in points (252 is a column of IEEE).
  public func pdf(width: Double, font: Font) throws(CairoFault) -> [UInt8] {
    let (height, style) = paper(width: width, font: font)
    let surface = try PDFSurface(width: width, height: height, title: PrintableText.clean(title))
    try paint(on: surface, scale: 1, width: width, height: height, style: style, font: font)
    return try surface.finish()
  }

  /// For papers: text as outlines. Width in points.
  public func paperSVG(width: Double, font: Font) throws(CairoFault) -> [UInt8] {
    let (height, style) = paper(width: width, font: font)
    let surface = try SVGSurface(width: width, height: height)
    try paint(on: surface, scale: 1, width: width, height: height, style: style, font: font)
    return try surface.finish()
  }

  /// Width in points, resolution in pixels an inch.
  public func image(
    width: Double, pixelsPerInch: Double, font: Font
  ) throws(CairoFault) -> PixelImage {
    let (height, style) = paper(width: width, font: font)
    let scale = pixelsPerInch / 72
    let surface = try ImageSurface(
      width: Int((width * scale).rounded(.up)), height: Int((height * scale).rounded(.up)))
    try paint(on: surface, scale: scale, width: width, height: height, style: style, font: font)
    return try surface.pixelImage()
  }

  private func paper(width: Double, font: Font) -> (height: Double, style: FigureStyle) {
    let style = FigureStyle.paper(font: font)
    return (height(width: width, style: style), style)
  }

  private func paint(
    on surface: Surface, scale: Double, width: Double, height: Double, style: FigureStyle,
    font: Font
  ) throws(CairoFault) {
    let context = try Context(surface)
    context.scale(by: scale)
    var canvas = CairoCanvas(context: context, font: font)
    draw(on: &canvas, width: width, height: height, style: style)
    try context.checkStatus("drawing \(name)")
  }
}
