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
    case .megaMacs: NumberFormat.megaMacs(value)
    case .p:
      (value.map { $0 < 0.001 } ?? false) ? "<\u{A0}0.001" : NumberFormat.fixed(value)
    case .text: NumberFormat.exact(value) ?? NumberFormat.missing
    }
  }

  /// A bound of an interval: "+0.0004" where "0.000" would hide on which side of 0 an interval lies that excludes it.
  package func bound(_ value: Double?, of estimate: Estimate?) -> String {
    var style = self
    if isSigned, let value, value != 0, estimate?.excludesZero == true {
      for _ in 0..<6 where !style.text(value).contains(where: { ("1"..."9").contains($0) }) {
        style = style.finer
      }
    }
    return style.text(value)
  }

  private var isSigned: Bool {
    switch self {
    case .signed, .points: true
    default: false
    }
  }

  /// With one decimal more.
  private var finer: NumberStyle {
    switch self {
    case .signed(let decimals): .signed(decimals + 1)
    case .points(let decimals): .points(decimals + 1)
    default: self
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
