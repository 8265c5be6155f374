/// One key for all models above plots that are too small for labels at every line; on several lines where the width is
/// short.
struct SeriesKey: Sendable {
  /// What stands in it beside the models.
  enum Extra: Sendable {
    /// Hollow diamonds in the muted ink.
    case diamond(String)
    /// Short upright strokes.
    case stroke(String)
  }

  var extra: Extra?

  private func markWidth(_ style: FigureStyle) -> Double {
    13 * style.line + 2 * style.radius + style.gap
  }

  private func names(_ width: Double, _ style: FigureStyle) -> [String] {
    SeriesStyle.all(style).map {
      style.fitting($0.name, width: width - markWidth(style), size: style.text)
    }
  }

  private func lines(_ width: Double, _ style: FigureStyle) -> [Range<Int>] {
    var widths = names(width, style).map {
      markWidth(style) + style.width(of: $0, size: style.text)
    }
    switch extra {
    case .diamond(let text):
      widths.append(2 * style.radius + style.gap + style.width(of: text, size: style.text))
    case .stroke(let text): widths.append(style.gap + style.width(of: text, size: style.text))
    case nil: break
    }
    return Self.lines(of: widths, gap: 3 * style.gap, within: width)
  }

  /// Which items stand on which line.
  static func lines(of widths: [Double], gap: Double, within width: Double) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var (start, used) = (0, 0.0)
    for (index, item) in widths.enumerated() {
      if index > start, used + item > width {
        lines.append(start..<index)
        (start, used) = (index, 0)
      }
      used += item + gap
    }
    return lines + [start..<widths.count]
  }

  func height(width: Double, style: FigureStyle) -> Double {
    Double(lines(width, style).count) * 1.4 * style.lineHeight
  }

  func draw<C: Canvas>(on canvas: inout C, width: Double, style: FigureStyle) {
    let (all, names) = (SeriesStyle.all(style), names(width, style))
    for (line, range) in lines(width, style).enumerated() {
      var x = 0.0
      let y = (Double(line) * 1.4 + 0.5) * style.lineHeight
      for index in range {
        guard index < all.count else {
          drawExtra(on: &canvas, x: x, y: y, style: style)
          continue
        }
        let (series, length) = (all[index], 13 * style.line)
        canvas.draw(
          .line(
            [Point(x, y), Point(x + length, y)],
            Stroke(series.ink, width: style.line, dash: series.dash)))
        canvas.draw(
          .symbol(
            series.symbol, at: Point(x + length + style.radius, y), radius: style.radius,
            ink: series.ink, lineWidth: 1.5 * style.thin))
        x += markWidth(style)
        canvas.text(names[index], x: x, middle: y, size: style.text, style: style)
        x += style.width(of: names[index], size: style.text) + 3 * style.gap
      }
    }
  }

  private func drawExtra<C: Canvas>(
    on canvas: inout C, x: Double, y: Double, style: FigureStyle
  ) {
    switch extra {
    case .diamond(let text):
      canvas.draw(
        .symbol(
          .hollowDiamond, at: Point(x + style.radius, y), radius: 1.3 * style.radius, ink: .muted,
          lineWidth: 1.5 * style.thin))
      canvas.text(
        text, x: x + 2 * style.radius + style.gap, middle: y, size: style.text, style: style)
    case .stroke(let text):
      canvas.line(
        Point(x, y - 0.4 * style.text), Point(x, y + 0.4 * style.text), .axis,
        width: 1.5 * style.thin)
      canvas.text(text, x: x + style.gap, middle: y, size: style.text, style: style)
    case nil: break
    }
  }
}
