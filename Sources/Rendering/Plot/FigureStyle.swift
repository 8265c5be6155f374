import CairoKit

/// Sizes of text, lines and symbols, and the font that text is measured with.
public struct FigureStyle: Sendable {
  /// Axis titles and direct labels.
  public var text: Double
  /// Tick labels and remarks.
  public var small: Double
  /// Data lines.
  public var line: Double
  /// Axes, grid, whiskers.
  public var thin: Double
  /// Symbols.
  public var radius: Double
  public var font: any TextMeasure
  /// How much room rows and plots take up and down, over what they usually do; one of `stretches`.
  public var stretch = 1.0

  /// From as tight as labels allow to as airy as a reader may want.
  static let stretches = (0.8, 2.5)

  /// For pages: CSS pixels.
  public static func page(font: any TextMeasure) -> FigureStyle {
    FigureStyle(text: 13, small: 12, line: 2, thin: 1, radius: 4, font: font)
  }

  /// For papers, in points at final size: text ≥ 6, lines ≥ 0.5.
  public static func paper(font: any TextMeasure) -> FigureStyle {
    FigureStyle(text: 7, small: 6, line: 1, thin: 0.5, radius: 2, font: font)
  }

  func width(of text: String, size: Double) -> Double {
    font.advance(of: PrintableText.clean(text)) * size
  }

  /// From one line of text to the next.
  var lineHeight: Double { 1.35 * text }
  /// Between things that belong together.
  var gap: Double { 0.45 * text }
}
