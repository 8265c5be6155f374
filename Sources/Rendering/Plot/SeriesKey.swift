/// One key for all models above plots that are too small for labels at every line.
enum SeriesKey {
  static func height(_ style: FigureStyle) -> Double { 1.4 * style.lineHeight }

  /// Less where the key would be wider than the figure: names are shortened, never left out.
  private static func names(_ style: FigureStyle) -> [String] {
    SeriesStyle.all(style).map { ShortName.text($0.name, style: style) }
  }

  /// - Parameter reference: what hollow diamonds in the muted ink are, where there are any.
  static func draw<C: Canvas>(
    on canvas: inout C, reference: String? = nil, style: FigureStyle
  ) {
    var x = 0.0
    let y = 0.5 * style.lineHeight
    for (series, name) in zip(SeriesStyle.all(style), names(style)) {
      let length = 13 * style.line
      canvas.draw(
        .line(
          [Point(x, y), Point(x + length, y)],
          Stroke(series.ink, width: style.line, dash: series.dash)))
      canvas.draw(
        .symbol(
          series.symbol, at: Point(x + length + style.radius, y), radius: style.radius,
          ink: series.ink, lineWidth: 1.5 * style.thin))
      x += length + 2 * style.radius + style.gap
      canvas.text(name, x: x, middle: y, size: style.text, style: style)
      x += style.width(of: name, size: style.text) + 3 * style.gap
    }
    guard let reference else { return }
    canvas.draw(
      .symbol(
        .hollowDiamond, at: Point(x + style.radius, y), radius: 1.3 * style.radius, ink: .muted,
        lineWidth: 1.5 * style.thin))
    canvas.text(
      reference, x: x + 2 * style.radius + style.gap, middle: y, size: style.text, style: style)
  }
}
