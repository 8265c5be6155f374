import Analysis

/// How a person reads the numbers of a column; files for machines hold every digit, whatever the style.
package enum NumberStyle: Sendable, Equatable {
  /// So many decimals: "0.744".
  case fixed(Int)
  /// The same with a sign, as differences have: "+0.021".
  case signed(Int)
  /// A share 0…1 in per cent, without the sign: "87.5".
  case percent(Int)
  /// A difference of shares in percentage points: "+1.2".
  case points(Int)
  /// Digits in groups of three: "1,364".
  case count
  /// Thousands with one decimal: "77.8".
  case thousands
  /// Multiply–accumulates in millions; 0 means unknown.
  case megaMacs
  /// A p-value: "0.012", "< 0.001".
  case p
  /// Words, aligned left.
  case text

  package static let fixed = NumberStyle.fixed(3)
  package static let signed = NumberStyle.signed(3)
  package static let percent = NumberStyle.percent(1)
  package static let points = NumberStyle.points(1)

  /// The style of a difference of two such numbers.
  package var ofDifference: NumberStyle {
    switch self {
    case .fixed(let decimals): .signed(decimals)
    case .percent(let decimals): .points(decimals)
    case .count: .signed(0)
    default: self
    }
  }

  /// Without a sign, as a standard deviation or the null of an excess has none.
  package var unsigned: NumberStyle {
    switch self {
    case .signed(let decimals): .fixed(decimals)
    case .points(let decimals): .percent(decimals)
    default: self
    }
  }

  /// A number as a page prints it.
  package func text(_ value: Double?) -> String {
    switch self {
    case .fixed(let decimals): NumberFormat.fixed(value, decimals)
    case .signed(let decimals): NumberFormat.signed(value, decimals)
    case .percent(let decimals): NumberFormat.percent(value, decimals)
    case .points(let decimals): NumberFormat.points(value, decimals)
    case .count: NumberFormat.fixed(value, 0)
    case .thousands: NumberFormat.fixed(value.map { $0 / 1e3 }, 1)
    case .megaMacs: NumberFormat.megaMacs(value)
    case .p:
      (value.map { $0 < 0.001 } ?? false) ? "<\u{A0}0.001" : NumberFormat.fixed(value)
    case .text: NumberFormat.exact(value) ?? NumberFormat.missing
    }
  }

  /// A whole number as a page prints it.
  package func text(_ value: Int?) -> String {
    guard let value else { return NumberFormat.missing }
    return switch self {
    case .count: NumberFormat.count(value)
    case .text: String(value)
    default: text(Double(value))
    }
  }
}
