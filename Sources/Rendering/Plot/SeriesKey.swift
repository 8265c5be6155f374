/// Names both models once, for charts whose panels are too small for labels at every line.
enum SeriesKey {
  static func draw<C: Canvas>(on canvas: inout C, y: Double, style: FigureStyle) {
    var x = 0.0
    for series in SeriesStyle.pair(style) {
      let length = 13 * style.line
      canvas.draw(
        .line(
          [Point(x, y), Point(x + length, y)],
          Stroke(series.ink, width: style.line, dash: series.dash)))
      canvas.draw(
        .symbol(
          series.circle, at: Point(x + length + style.radius, y), radius: style.radius,
          ink: series.ink, lineWidth: 1.5 * style.thin))
      x += length + 2 * style.radius + style.gap
      canvas.text(series.name, x: x, middle: y, size: style.text, style: style)
      x += style.width(of: series.name, size: style.text) + 3 * style.gap
    }
  }
}
