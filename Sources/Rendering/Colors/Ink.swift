/// What a colour means; the canvas knows which colour that is, so that a page can have two themes.
package enum Ink: String, Sendable, CaseIterable {
  case text
  /// Secondary text.
  case muted
  case axis
  case grid
  /// The band that chance alone reaches.
  case chance
  /// Of the models, in the order in which a chart shows them.
  case series0
  case series1
  case series2
  case series3
  case series4
  /// The page itself, inside hollow symbols.
  case paper
  /// Areas only. From nearly the page's colour to nearly the text's.
  case shade1, shade2, shade3, shade4, shade5, shade6, shade7, shade8
  /// Areas only. Below and above the middle of a scale, from faint to strong.
  case lower1, lower2, lower3, lower4
  case higher1, higher2, higher3, higher4

  static let shades: [Ink] = [
    .shade1, .shade2, .shade3, .shade4, .shade5, .shade6, .shade7, .shade8,
  ]
  static let lowers: [Ink] = [.lower1, .lower2, .lower3, .lower4]
  static let highers: [Ink] = [.higher1, .higher2, .higher3, .higher4]
  /// Inks that no line is drawn in.
  package static let areas = shades + lowers + highers
}
