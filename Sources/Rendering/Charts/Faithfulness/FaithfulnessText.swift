import Analysis

/// What the figures of faithfulness share.
enum FaithfulnessText {
  /// "n = 200 of 1,364 samples."
  static func samples(_ result: AuditResult) -> String {
    let counts = result.models.compactMap { $0.faithfulness?.sampleCount }
    return
      "n\u{A0}=\u{A0}\(CaptionText.range(counts)) of \(NumberText.grouped(result.sampleCount)) samples."
  }

  /// What circles and lines are.
  static func means(_ result: AuditResult) -> String {
    let seeds = CaptionText.hasSeveralSeeds(result) ? ", the seeds held fixed" : ""
    return """
      Circles are means, lines 95\u{A0}% bootstrap intervals (BCa) over samples \
      (\(NumberText.grouped(result.bootstrapResamples)) resamples\(seeds)); \(samples(result))
      """
  }
}
