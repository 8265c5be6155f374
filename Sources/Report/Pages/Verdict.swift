import Analysis

/// The summary in sentences: each with its numbers, their 95 % interval, and a link to the place that
/// shows them. It says what was measured on these images, and no more.
struct Verdict {
  private let context: ReportContext
  private var result: AuditResult { context.result }

  init(_ context: ReportContext) { self.context = context }

  /// Fields `claim`, `numbers`, `href` and `link` each.
  var sentences: [Fields] {
    guard result.sampleCount > 0 else {
      return [
        sentence("There is nothing to compare.", "The recordings hold no sample.", "#t1", "Table 1")
      ]
    }
    return [refusal, cosine, excess, centred, accuracy, earlyExit, scope].compactMap { $0 }
  }

  private var refusal: Fields? {
    guard result.paired == nil else { return nil }
    let why = DisplayText.text(result.pairingRefusal ?? "the two models saw different samples")
    return sentence(
      "No paired comparison was made.", "Reason: \(why). No difference is stated below.",
      "provenance.html#arms", "Provenance")
  }

  private var cosine: Fields? {
    guard let baseline = result.baseline.mean.consistency, let egt = result.egt.mean.consistency
    else {
      return sentence(
        "Consistency between exits is undefined.",
        "For at least one model no early exit has a defined attention map.", "#t1", "Table 1")
    }
    let delta = result.paired?.mean.deltaCosine
    return sentence(
      claim(
        delta, higher: "With EGT, the early exits’ maps agree more with the final exit’s.",
        lower: "With EGT, the early exits’ maps agree less with the final exit’s.",
        none:
          "No difference detected in how far the early exits’ maps agree with the final exit’s.",
        unknown: "How far the early exits’ maps agree with the final exit’s."),
      """
      Mean cosine with the final exit’s map over the early exits: \
      EGT \(value(egt.cosine)) against a null of \(NumberFormat.fixed(egt.null)), \
      baseline \(value(baseline.cosine)) against a null of \(NumberFormat.fixed(baseline.null))\
      \(difference(delta) { NumberFormat.signed($0) }).
      """, "#t1", "Table 1")
  }

  private var excess: Fields? {
    guard let baseline = result.baseline.mean.consistency?.excess,
      let egt = result.egt.mean.consistency?.excess
    else { return nil }
    func beyond(_ estimate: Estimate) -> Bool { (estimate.low ?? -.infinity) > 0 }
    let claim =
      switch (beyond(baseline), beyond(egt)) {
      case (true, true): "Both models’ exits agree beyond what maps of other images would."
      case (false, true): "Agreement beyond the null was detected for EGT only."
      case (true, false): "Agreement beyond the null was detected for the baseline only."
      case (false, false): "No agreement beyond the null was detected for either model."
      }
    return sentence(
      claim,
      """
      Cosine minus null (the final map of another image): \
      EGT \(value(egt, NumberFormat.signed)), baseline \(value(baseline, NumberFormat.signed)).\
      \(decomposition)
      """, "#t1", "Table 1")
  }

  /// How much of the difference flatter or more alike maps would give anyway.
  private var decomposition: String {
    guard let baseline = result.baseline.mean.consistency, let egt = result.egt.mean.consistency,
      let nullBefore = baseline.null, let nullAfter = egt.null,
      let before = baseline.excess?.value, let after = egt.excess?.value
    else { return "" }
    return """
       From baseline to EGT the null moves by \(NumberFormat.signed(nullAfter - nullBefore)), \
      the excess by \(NumberFormat.signed(after - before)).
      """
  }

  private var centred: Fields? {
    guard let baseline = result.baseline.mean.consistency, let egt = result.egt.mean.consistency
    else { return nil }
    let delta = result.paired?.mean.deltaCentred
    return sentence(
      claim(
        delta, higher: "With each map’s mean taken out, agreement is higher with EGT.",
        lower: "With each map’s mean taken out, agreement is lower with EGT.",
        none: "With each map’s mean taken out: no difference detected.",
        unknown: "Agreement with each map’s mean taken out."),
      """
      Mean centred correlation r: EGT \(value(egt.centred)) against a null of \
      \(NumberFormat.fixed(egt.centredNull)), baseline \(value(baseline.centred)) against a null of \
      \(NumberFormat.fixed(baseline.centredNull))\(difference(delta) { NumberFormat.signed($0) }).
      """, "#t1", "Table 1")
  }

  private var accuracy: Fields? {
    guard let baseline = result.baseline.exits.last, let egt = result.egt.exits.last else {
      return nil
    }
    let delta = result.paired?.exits.last?.deltaAccuracy
    return sentence(
      claim(
        delta, higher: "The final exit is right more often with EGT.",
        lower: "The final exit is right less often with EGT.",
        none: "No difference detected in final accuracy.",
        unknown: "Accuracy at the final exit."),
      """
      Accuracy at exit \(egt.exit): EGT \(percent(egt.accuracy)), \
      baseline \(percent(baseline.accuracy))\
      \(difference(delta, unit: " points") { NumberFormat.points($0) }).
      """, "#t1", "Table 1")
  }

  private var earlyExit: Fields? {
    let baseline = result.baseline.earlyExit
    let egt = result.egt.earlyExit
    func arm(_ name: String, _ early: EarlyExitResult) -> String {
      let cost =
        early.meanMacs.map { " at \(NumberFormat.megaMacs($0)) million MACs an image" } ?? ""
      let leaving = 1 - (early.shares.last ?? 1)
      return "\(name) \(percent(early.accuracy))\(cost), "
        + "with \(NumberFormat.percent(leaving))\u{A0}% of images leaving early"
    }
    return sentence(
      "Stopping early is simulated at confidence \(NumberFormat.fixed(result.threshold, 2)).",
      "Accuracy: \(arm("EGT", egt)); \(arm("baseline", baseline)).",
      "\(EfficiencyPage.file)#shares", "Efficiency")
  }

  private var scope: Fields? {
    let runs = "\(result.baseline.seeds.count) baseline and \(result.egt.seeds.count) EGT"
    let single = result.baseline.seeds.count < 2 || result.egt.seeds.count < 2
    return sentence(
      single ? "How far this reaches is unknown." : "What the intervals cover.",
      """
      All intervals are 95\u{A0}% and over \(context.sampleCountText); there are \(runs) training \
      run\(result.baseline.seeds.count + result.egt.seeds.count == 1 ? "" : "s"). \
      \(single ? "With one run an arm, another seed may turn a difference around. " : "")\
      Agreement between maps is not evidence that a map shows why a network answered as it did.
      """, "provenance.html#limits", "Known limits")
  }

  /// The wording that the interval allows.
  private func claim(
    _ delta: Estimate?, higher: String, lower: String, none: String, unknown: String
  ) -> String {
    guard let delta, let low = delta.low, let high = delta.high else { return unknown }
    if low > 0 { return higher }
    return high < 0 ? lower : none
  }

  private func difference(
    _ delta: Estimate?, unit: String = "", _ format: (Double?) -> String
  ) -> String {
    guard let delta else { return "" }
    let interval = NumberFormat.interval(delta, format).map { " \($0)" } ?? ""
    return "; difference \(format(delta.value))\(unit)\(interval)"
  }

  private func value(
    _ estimate: Estimate, _ format: (Double?, Int) -> String = NumberFormat.fixed
  ) -> String {
    let interval = NumberFormat.interval(estimate) { format($0, 3) }.map { " \($0)" } ?? ""
    return format(estimate.value, 3) + interval
  }

  private func percent(_ estimate: Estimate) -> String {
    let interval =
      NumberFormat.interval(estimate) { NumberFormat.percent($0) }.map { " \($0)" } ?? ""
    return NumberFormat.percent(estimate.value) + "\u{A0}%" + interval
  }

  private func sentence(
    _ claim: String, _ numbers: String, _ href: String, _ link: String
  ) -> Fields {
    [
      "claim": .text(claim), "numbers": .text(numbers), "href": .text(href), "link": .text(link),
    ]
  }
}
