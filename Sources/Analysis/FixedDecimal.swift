import Foundation

/// Finite numbers in sentences: the same in every locale, with a true minus (U+2212), and none before a zero.
public enum FixedDecimal {
  public static func text(_ value: Double, decimals: Int) -> String {
    let digits = String(format: "%.\(decimals)f", value.magnitude)
    let isZero = !digits.contains { $0 != "0" && $0 != "." }
    return value < 0 && !isZero ? "−" + digits : digits
  }
}
