import Analysis

/// Numbers as text, the same under any locale.
package enum NumberText {
  /// Rounded half away from zero to so many decimals: "−0.50" with a true minus sign; no "−0".
  package static func fixed(_ value: Double, decimals: Int) -> String {
    digits(value, decimals: decimals, minus: "−")
  }

  /// A share as per cent: 0.279 → "27.9 %", with a no-break space.
  package static func percent(_ share: Double, decimals: Int = 1) -> String {
    fixed(100 * share, decimals: decimals) + "\u{A0}%"
  }

  /// 1364 → "1,364".
  package static func grouped(_ count: Int) -> String { FixedDecimal.grouped(count) }

  /// For SVG attributes: at most two decimals, no trailing zeros.
  static func coordinate(_ value: Double) -> String {
    trimmed(digits(value, decimals: 2, minus: "-"))
  }

  /// At most so many decimals, no trailing zeros: 0.9 → "0.9".
  package static func short(_ value: Double, decimals: Int) -> String {
    trimmed(fixed(value, decimals: decimals))
  }

  private static func trimmed(_ text: String) -> String {
    guard text.contains("."), !text.contains("e") else { return text }
    var text = text
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  private static func digits(_ value: Double, decimals: Int, minus: String) -> String {
    let sign = value < 0 ? minus : ""
    guard value.isFinite else { return value.isNaN ? "undefined" : sign + "∞" }
    precondition(decimals >= 0, "at least 0 decimals, got \(decimals)")
    var unit = 1.0
    for _ in 0..<min(decimals, 9) { unit *= 10 }
    let scaled = (value.magnitude * unit).rounded(.toNearestOrAwayFromZero)
    // Beyond these limits a number has more digits than a double.
    guard decimals <= 9, scaled < 0x1p63 else {
      return value == 0 ? "0" : sign + FixedDecimal.scientific(value.magnitude)
    }
    let whole = UInt64(scaled)
    var text = String(whole)
    if decimals > 0 {
      text = String(repeating: "0", count: max(0, decimals + 1 - text.count)) + text
      text.insert(".", at: text.index(text.endIndex, offsetBy: -decimals))
    }
    return whole > 0 ? sign + text : text
  }
}
