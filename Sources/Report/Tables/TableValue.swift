import Analysis

/// What a row has in a column. Each writer shows it in its own way; `nil` is a value that is missing, which pages mark
/// with a dash.
package indirect enum TableValue: Sendable {
  /// A number whose column has bounds.
  case measured(Measured)
  case number(Double?)
  case integer(Int?)
  /// A seed may need all 64 bits.
  case unsigned(UInt64?)
  case flag(Bool?)
  /// From outside, or this program's own: pages and papers show it as `DisplayText` does, data files whole.
  case text(String?)
  /// Several values in one cell; JSON has them as a list.
  case list([TableValue])
  /// The column does not apply to this row: an empty cell, where a missing value would be a dash.
  case blank

  package static func estimate(
    _ estimate: Estimate?, deviation: Double? = nil, note: String? = nil
  ) -> TableValue {
    .measured(Measured(estimate: estimate, deviation: deviation, note: note))
  }

  /// A model's number: mean ± standard deviation over training runs where there are several, else with its interval.
  static func own(_ number: Number?) -> TableValue {
    .measured(
      Measured(estimate: number?.estimate, deviation: number?.runs?.deviation, number: number))
  }

  /// A difference with the interval and the test that sentences rest on; bold where those find one.
  static func difference(_ number: Number?) -> TableValue {
    let finding = number?.finding
    return .measured(
      Measured(
        estimate: number?.widest, note: number?.widestP.map(NumberFormat.p), number: number,
        isDifference: true, isClear: finding == .higher || finding == .lower))
  }

  /// A difference, printed with its sign.
  /// - Parameter isClear: whether it is set in bold; by default where its interval excludes 0.
  package static func difference(
    _ estimate: Estimate?, isClear: Bool? = nil, note: String? = nil
  ) -> TableValue {
    .measured(
      Measured(
        estimate: estimate, note: note, isDifference: true,
        isClear: isClear ?? (estimate?.excludesZero == true)))
  }

  var isBlank: Bool {
    if case .blank = self { return true }
    return false
  }
}

/// A number with what a page or a paper sets around it.
package struct Measured: Sendable {
  package var estimate: Estimate?
  /// Standard deviation over training runs, where there are several. Pages and papers then leave out the interval.
  package var deviation: Double?
  /// A quiet line below, on pages only: "p = 0.012".
  package var note: String?
  /// All that is known of it, which JSON has.
  var number: Number?
  /// Whether it has a sign and is set in the style of differences.
  package var isDifference = false
  /// Bold: a difference that the data tell apart from 0.
  package var isClear = false
}
