import CairoKit

/// Sizes of text, lines and symbols, and the font that text is measured with.
package struct FigureStyle: Sendable {
  /// Axis titles and direct labels.
  package var text: Double
  /// Tick labels and remarks.
  package var small: Double
  /// Data lines.
  package var line: Double
  /// Axes, grid, whiskers.
  package var thin: Double
  /// Symbols.
  package var radius: Double
  /// What labels are laid out by; a Cairo canvas has to draw with the same font.
  package var font: any TextMeasure
  /// The models that charts show, in their order; at most five.
  package var models: [String] = []
  /// How much room rows and plots take up and down, over what they usually do; one of `stretches`.
  package var stretch = 1.0

  /// From as tight as labels allow to as airy as a reader may want.
  static let stretches = (0.8, 2.5)

  /// For pages: CSS pixels.
  package static func page(font: any TextMeasure) -> FigureStyle {
    FigureStyle(text: 13, small: 12, line: 2, thin: 1, radius: 4, font: font)
  }

  /// For papers, in points at final size: text ≥ 6, lines ≥ 0.5.
  package static func paper(font: any TextMeasure) -> FigureStyle {
    FigureStyle(text: 7, small: 6, line: 1, thin: 0.5, radius: 2, font: font)
  }

  func width(of text: String, size: Double) -> Double {
    font.advance(of: PrintableText.clean(text)) * size
  }

  /// The text, or as much of it as fits: long names differ at their ends, so the middle is left out.
  func fitting(_ text: String, width: Double, size: Double) -> String {
    guard self.width(of: text, size: size) > width else { return text }
    var (start, end) = (text.prefix((text.count + 1) / 2), text.suffix(text.count / 2))
    while !start.isEmpty, self.width(of: "\(start)…\(end)", size: size) > width {
      if start.count > end.count { start.removeLast() } else { end.removeFirst() }
    }
    return "\(start)…\(end)"
  }

  /// From one line of text to the next.
  var lineHeight: Double { 1.35 * text }
  /// Between things that belong together.
  var gap: Double { 0.45 * text }
}

/// How one model is told from the others: colour, dash and symbol; its name always stands beside it.
package struct SeriesStyle {
  package var name: String
  package var ink: Ink
  package var dash: [Double]
  /// For a number.
  package var symbol: Symbol
  /// For another number of the same model, beside it.
  var diamond: Symbol

  /// Colours, dashes and symbols for so many.
  package static let limit = 5

  /// - Parameter number: the place among the models shown, from 0.
  init(_ number: Int, name: String, _ style: FigureStyle) {
    self.name = name
    let line = style.line
    switch number {
    case 0:
      (ink, dash) = (.series0, [3 * line, 2 * line])
      (symbol, diamond) = (.hollowCircle, .hollowDiamond)
    case 1:
      (ink, dash) = (.series1, [])
      (symbol, diamond) = (.solidCircle, .solidDiamond)
    case 2:
      (ink, dash) = (.series2, [line, 1.5 * line])
      (symbol, diamond) = (.hollowSquare, .hollowDiamond)
    case 3:
      (ink, dash) = (.series3, [6 * line, 2 * line])
      (symbol, diamond) = (.solidTriangle, .solidDiamond)
    default:
      (ink, dash) = (.series4, [6 * line, 1.5 * line, line, 1.5 * line])
      (symbol, diamond) = (.hollowTriangle, .hollowDiamond)
    }
  }

  /// Of the models shown.
  package static func all(_ style: FigureStyle) -> [SeriesStyle] {
    style.models.prefix(limit).enumerated().map { SeriesStyle($0, name: $1, style) }
  }
}
