import Foundation

/// Finite numbers in sentences: the same in every locale, with a true minus (U+2212), and none before a zero.
public enum FixedDecimal {
  /// From here on a double has no decimals, and fixed digits would only be long.
  private static let largest = 1e16

  /// With so many decimals; from 1e16 on three digits and a power of ten.
  public static func text(_ value: Double, decimals: Int) -> String {
    guard value.magnitude < largest else {
      return (value < 0 ? "−" : "") + scientific(value.magnitude)
    }
    let digits = String(format: "%.\(decimals)f", value.magnitude)
    let isZero = !digits.contains { $0 != "0" && $0 != "." }
    return value < 0 && !isZero ? "−" + digits : digits
  }

  /// Three digits and a power of ten: "1.25e19".
  public static func scientific(_ magnitude: Double) -> String {
    String(format: "%.2e", magnitude).replacingOccurrences(of: "e+", with: "e")
  }

  /// A whole number, digits in groups of three: "1,364".
  package static func grouped(_ count: Int) -> String {
    let digits = Array(String(count.magnitude))
    var text = ""
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.count - position) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return count < 0 ? "−" + text : text
  }
}
