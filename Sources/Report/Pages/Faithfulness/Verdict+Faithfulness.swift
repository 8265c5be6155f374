import Analysis

extension Verdict {
  /// Whether the early exits' maps show what answers hang on, where that was recorded.
  var faithfulness: Fields? {
    guard let faithfulness = result.faithfulness else { return nil }
    let arms = [("EGT", faithfulness.egt), ("baseline", faithfulness.baseline)]
    let scope = RunWords.scope(isOverRuns: faithfulness.arePairedOverRuns, result)
    func numbers(
      _ name: String, _ path: (ModelFaithfulness) -> Estimate?, _ delta: Estimate?
    ) -> String? {
      let parts = arms.compactMap { arm, faithfulness in
        faithfulness.flatMap(path).map { "\(arm) \(signed($0))" }
      }
      guard !parts.isEmpty else { return nil }
      return
        "\(name): \(parts.joined(separator: ", "))\(difference(delta, over: scope, unit: "") { NumberFormat.signed($0) })."
    }
    // What other kinds or grids of maps show of an answer is no effect of the training either.
    let premise = result.paired?.mapPremise
    let delta = premise == nil ? faithfulness.pairedMean : nil
    let sentences = [
      numbers(
        "Gain over random order by deletion and insertion, mean over the early exits",
        { $0.meanAdvantage }, delta?.advantage),
      numbers("ROAD’s gap", { $0.meanRoadGap }, delta?.roadGap),
    ].compactMap { $0 }
    guard !sentences.isEmpty else { return nil }
    let samples = arms.compactMap { $0.1?.sampleCount }.min() ?? 0
    return sentence(
      claim(
        (delta?.advantage ?? delta?.roadGap).map { PairedNumber(delta: $0, p: nil) },
        higher: "With EGT, the early exits’ maps show more of what answers hang on.",
        lower: "With EGT, the early exits’ maps show less of what answers hang on.",
        none: "No difference detected in how far the early exits’ maps show what answers hang on.",
        unknown: "How far the early exits’ maps show what answers hang on."),
      sentences.joined(separator: " ") + " Measured on \(NumberFormat.count(samples)) images."
        + (premise.map { " Not compared: \(DisplayText.text($0.reason, limit: 300))." } ?? ""),
      "\(FaithfulnessPage.file)#masking", "Faithfulness")
  }

  private func signed(_ estimate: Estimate) -> String {
    NumberFormat.withInterval(estimate) { NumberFormat.signed($0) }
  }
}
