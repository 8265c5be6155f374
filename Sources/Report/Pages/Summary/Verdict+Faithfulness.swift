import Analysis

extension Verdict {
  /// Whether the early exits' maps show what the answers depend on, where that was recorded.
  var faithfulness: Fields? {
    let measured = result.models.compactMap(\.faithfulness)
    guard !measured.isEmpty else { return nil }
    let hasMasking = measured.contains { $0.meanAdvantage != nil }
    guard hasMasking || measured.contains(where: { $0.meanRoadGap != nil }) else { return nil }
    let question = Question(
      topic: "How much of what the answers depend on the early exits’ maps show",
      higher: "the early exits’ maps show more of what the answers depend on.",
      lower: "the early exits’ maps show less of what the answers depend on.",
      none:
        "No difference detected in how far the early exits’ maps show what the answers depend on.",
      unknown: "How far the early exits’ maps show what the answers depend on.", isAboutMaps: true
    ) { model in
      difference(model) { hasMasking ? $0.advantage : $0.roadGap }
    }
    let samples = measured.map(\.sampleCount).min() ?? 0
    let lead =
      hasMasking
      ? "Gain over random order by deletion and insertion, mean over the early exits" : "ROAD’s gap"
    return sentence(
      question, lead, { NumberFormat.signed($0) }, "\(FaithfulnessPage.file)#masking",
      "Faithfulness",
      note: (hasMasking ? road : "") + " Measured on \(NumberFormat.count(samples)) images."
    ) { model in
      let own = result.models[model].faithfulness
      return (hasMasking ? own?.meanAdvantage : own?.meanRoadGap).map(signed)
    }
  }

  /// Where the maps of a model may not be compared, what they show of an answer is no effect of the training either.
  private func difference(
    _ model: Int, _ path: (PairedFaithfulness) -> Estimate?
  ) -> Number? {
    guard let comparison = result.comparison(of: model), comparison.paired?.mapPremise == nil,
      let faithfulness = comparison.faithfulness, let estimate = path(faithfulness.mean)
    else { return nil }
    var number = Number(estimate)
    if faithfulness.areOverRuns {
      number.runs = RunsEstimate(
        values: [], deviation: nil, estimate: estimate, degreesOfFreedom: nil, nested: nil)
    }
    return number
  }

  /// The other test's numbers, behind those of the first.
  private var road: String {
    guard result.models.count <= ReportContext.drawnLimit else { return "" }
    let parts = context.models.compactMap { model -> String? in
      guard let own = result.models[model].faithfulness?.meanRoadGap else { return nil }
      let name = isAlone ? "" : "\(context.name(model)) "
      let difference = difference(difference(model, \.roadGap), model, unit: "") {
        NumberFormat.signed($0)
      }
      return name + signed(own) + difference
    }
    return parts.isEmpty ? "" : " ROAD’s gap: \(parts.joined(separator: "; "))."
  }

  private func signed(_ estimate: Estimate) -> String {
    NumberFormat.withInterval(estimate) { NumberFormat.signed($0) }
  }
}
