/// How one model of a chart is told from the others: colour, dash and symbol; its name always stands beside it.
package struct SeriesStyle {
  package var name: String
  package var ink: Ink
  /// Of lines; empty for a solid one.
  package var dash: [Double]
  package var symbol: Symbol
  /// Where symbols tell something else than the model, which is then named otherwise.
  var circle: Symbol { symbol.isHollow ? .hollowCircle : .solidCircle }
  var diamond: Symbol { symbol.isHollow ? .hollowDiamond : .solidDiamond }
  /// Inside bars.
  var fill: Ink { symbol.isHollow ? .paper : ink }

  /// So many models can be told apart.
  package static let limit = Ink.series.count

  private static let symbols: [Symbol] = [
    .hollowCircle, .solidCircle, .solidTriangle, .hollowSquare, .hollowTriangle,
  ]
  /// In line widths.
  private static let dashes: [[Double]] = [[3, 2], [], [1, 1.2], [5, 1.5, 1, 1.5], [8, 2]]

  /// One a name, `limit` at most.
  package static func all(_ names: [String], _ style: FigureStyle) -> [SeriesStyle] {
    precondition(names.count <= limit, "a chart shows \(limit) models at most, got \(names.count)")
    return names.enumerated().map { place, name in
      SeriesStyle(
        name: name, ink: Ink.series[place], dash: dashes[place].map { $0 * style.line },
        symbol: symbols[place])
    }
  }
}

extension SeriesStyle {
  static func baseline(_ style: FigureStyle) -> SeriesStyle { pair(style)[0] }
  static func egt(_ style: FigureStyle) -> SeriesStyle { pair(style)[1] }
  static func pair(_ style: FigureStyle) -> [SeriesStyle] { all(["baseline", "EGT"], style) }
}
