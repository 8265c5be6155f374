/// A picture of plain values with the words that belong to it; drawn at any size, on any canvas.
package protocol Figure: PaperFigure {
  /// The numbers in words, for those who do not see the picture; plain text.
  var summary: String { get }

  func draw<C: Canvas>(on canvas: inout C, width: Double, height: Double, style: FigureStyle)
}

extension Figure {
  /// To stand inside a page, coloured by `ChartTheme.css`; CSS pixels.
  /// - Parameter models: the names of those that charts show (`FigureInput.names`).
  package func pageSVG(
    width: Double = 640, font: any TextMeasure, models: [String],
    accessibility: SVGCanvas.Accessibility = .named
  ) -> String {
    var style = FigureStyle.page(font: font)
    style.models = models
    let height = height(width: width, style: style)
    var canvas = SVGCanvas(
      width: width, height: height, title: title, description: summary,
      accessibility: accessibility)
    draw(on: &canvas, width: width, height: height, style: style)
    return canvas.svg
  }

  /// The same marks as on any canvas, and no images, so that nothing throws.
  package func paint(
    on canvas: inout CairoCanvas, width: Double, height: Double, style: FigureStyle
  ) {
    draw(on: &canvas, width: width, height: height, style: style)
  }
}
