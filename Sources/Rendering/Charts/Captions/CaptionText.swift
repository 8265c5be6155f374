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

  /// "n = 1,364 samples", and what to know where the models saw different ones.
  static func samples(_ result: AuditResult) -> String {
    let text = "n\u{A0}=\u{A0}\(NumberText.grouped(result.sampleCount)) samples"
    let others = result.comparisons.filter { $0.refusal != nil }.map {
      result.models[$0.model].name
    }
    return others.isEmpty
      ? text
      : text + " (of \(result.reference.name); \(others.joined(separator: ", ")) saw others)"
  }

  /// What the whiskers of an accuracy are.
  static func accuracyIntervals(_ result: AuditResult) -> String {
    "95\u{A0}% Wilson intervals over samples"
      + (hasSeveralSeeds(result) ? ", the seeds held fixed" : "")
  }

  /// What a curve of several recordings is.
  static func meanOfRuns(_ result: AuditResult) -> String {
    hasSeveralSeeds(result) ? "Each line is the mean over a model’s runs." : "One run a model."
  }

  static func hasSeveralSeeds(_ result: AuditResult) -> Bool {
    result.models.contains { $0.seeds.count > 1 }
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
