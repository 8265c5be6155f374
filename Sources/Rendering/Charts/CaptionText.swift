import Analysis

/// Phrases that several captions and summaries share.
enum CaptionText {
  /// "1,364", or "1,360 to 1,364" where counts differ.
  static func range(_ counts: [Int]) -> String {
    guard let low = counts.min(), let high = counts.max() else { return "0" }
    let text = NumberText.grouped(low)
    return low == high ? text : text + " to " + NumberText.grouped(high)
  }

  /// "95 % CI 0.412 to 0.441", nil where there is none.
  static func interval(_ estimate: Estimate, decimals: Int, factor: Double = 1) -> String? {
    guard let low = estimate.low?.finite, let high = estimate.high?.finite else { return nil }
    let from = NumberText.fixed(factor * low, decimals: decimals)
    let to = NumberText.fixed(factor * high, decimals: decimals)
    return "95\u{A0}% CI \(from) to \(to)"
  }

  /// "τ = 0.9", with no-break spaces
  static func threshold(_ value: Double) -> String {
    "τ\u{A0}=\u{A0}" + (value.finite.map { NumberText.short($0, decimals: 3) } ?? "undefined")
  }
}

extension Double {
  /// nil for NaN and infinities, which have no place in a picture.
  var finite: Double? { isFinite ? self : nil }
}
