/// A picture of plain values with the words that belong to it; drawn at any size, on any canvas.
public protocol Figure: PaperFigure {
  /// The numbers in words, for those who do not see the picture; plain text.
  var summary: String { get }

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

  public func paint(
    on canvas: inout CairoCanvas, width: Double, height: Double, style: FigureStyle
  ) {
    draw(on: &canvas, width: width, height: height, style: style)
  }
}
