import Analysis
import Foundation

/// Numbers as a page prints them: the same on every machine and in every locale.
///
/// Minus is U+2212, a missing or non-finite number is an em dash, −0 is 0.
enum NumberFormat {
  /// What stands where there is no number.
  static let missing = "—"

  /// A fixed number of decimals: "0.744".
  static func fixed(_ value: Double?, _ decimals: Int = 3) -> String {
    guard let value, value.isFinite else { return missing }
    return FixedDecimal.text(value, decimals: decimals)
  }

  /// A difference: always with a sign, except for zero.
  static func signed(_ value: Double?, _ decimals: Int = 3) -> String {
    guard let value, value.isFinite else { return missing }
    let text = FixedDecimal.text(value, decimals: decimals)
    if text.hasPrefix("−") { return text }
    return text.contains(where: { $0 != "0" && $0 != "." }) ? "+" + text : text
  }

  /// A share 0…1 in per cent, without the sign: "87.5".
  static func percent(_ share: Double?, _ decimals: Int = 1) -> String {
    fixed(share.map { $0 * 100 }, decimals)
  }

  /// A difference of shares in percentage points: "+1.2".
  static func points(_ share: Double?, _ decimals: Int = 1) -> String {
    signed(share.map { $0 * 100 }, decimals)
  }

  /// "[0.721, 0.766]"; nil where a bound is missing.
  static func interval(_ estimate: Estimate?, _ format: (Double?) -> String) -> String? {
    guard let low = estimate?.low, let high = estimate?.high, low.isFinite, high.isFinite else {
      return nil
    }
    return "[\(format(low)), \(format(high))]"
  }

  /// "0.744 [0.721, 0.766]", the number alone where a bound is missing.
  /// - Parameter unit: behind the number, with its space.
  static func withInterval(
    _ estimate: Estimate, unit: String = "", _ format: (Double?) -> String
  ) -> String {
    format(estimate.value) + unit + (interval(estimate, format).map { " \($0)" } ?? "")
  }

  /// A p-value: "p = 0.012", "p < 0.001".
  static func p(_ value: Double) -> String {
    value < 0.001 ? "p < 0.001" : "p = \(fixed(value))"
  }

  /// Digits in groups of three: "1,364".
  static func count(_ value: Int) -> String { FixedDecimal.grouped(value) }

  /// "1 image", "1,364 images".
  static func counted(_ value: Int, _ singular: String, _ plural: String) -> String {
    "\(count(value)) \(value == 1 ? singular : plural)"
  }

  /// "150", or "140 to 150" where counts differ.
  static func range(_ counts: [Int]) -> String {
    guard let low = counts.min(), let high = counts.max() else { return missing }
    return low == high ? count(low) : "\(count(low)) to \(count(high))"
  }

  /// Multiply–accumulates in millions: "543.2"; 0 means unknown.
  static func megaMacs(_ value: Double?) -> String {
    guard let value, value > 0 else { return missing }
    return fixed(value / 1e6, value < 1e7 ? 2 : 1)
  }

  /// The end of a colour scale, above 0 or 0: about three digits, whatever its size: "180.9", "1.95", "0.00412".
  static func scaleEnd(_ value: Float) -> String {
    guard value > 0 else { return "0" }
    let magnitude = Int(log10(Double(value)).rounded(.down))
    return fixed(Double(value), min(12, max(1, 2 - magnitude)))
  }

  /// For data files: the shortest text that reads back as the same number; nil where not finite.
  static func exact(_ value: Double?) -> String? {
    guard let value, value.isFinite else { return nil }
    return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
  }
}
