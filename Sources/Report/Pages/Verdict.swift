import Analysis

/// The summary in sentences: each with its numbers, their 95 % interval, and a link to the place that
/// shows them. It says what was measured on these images, and no more.
struct Verdict {
  private let context: ReportContext
  var result: AuditResult { context.result }

  init(_ context: ReportContext) { self.context = context }

  /// Fields `claim`, `numbers`, `href` and `link` each.
  var sentences: [Fields] {
    guard result.sampleCount > 0 else {
      return [
        sentence("There is nothing to compare.", "The recordings hold no sample.", "#t1", "Table 1")
      ]
    }
    let maps = withheld.map { [$0] } ?? [cosine, excess, centred].compactMap { $0 }
    return [refusal].compactMap { $0 } + maps
      + [faithfulness, accuracy, earlyExit, scope].compactMap { $0 }
  }

  private var refusal: Fields? {
    guard result.paired == nil else { return nil }
    let why = DisplayText.text(result.pairingRefusal ?? "the two models saw different samples")
    return sentence(
      "No paired comparison was made.", "Reason: \(why). No difference is stated below.",
      "provenance.html#arms", "Provenance")
  }

  /// In place of what the maps' numbers would say, where their premise fails; nil where it holds.
  private var withheld: Fields? {
    guard let premise = result.paired?.mapPremise else { return nil }
    let numbers = [("EGT", result.egt), ("baseline", result.baseline)].map { name, arm in
      let consistency = arm.mean.consistency
      return "\(name) \(NumberFormat.fixed(consistency?.cosine.value)) against a null of "
        + NumberFormat.fixed(consistency?.null)
    }
    return sentence(
      "How far the two models’ maps agree is not compared.",
      """
      Reason: \(DisplayText.text(premise.reason, limit: 300)). Each model’s own mean cosine with the final exit’s map over the \
      early exits: \(numbers.joined(separator: "; ")). Their difference would be that of the maps’ kind, grid or hook as \
      much as of the training.
      """, "#t1", "Table 1")
  }

  private var cosine: Fields? {
    guard let baseline = result.baseline.mean.consistency, let egt = result.egt.mean.consistency
    else {
      return sentence(
        "Consistency between exits is undefined.",
        "For at least one model no early exit has a defined attention map.", "#t1", "Table 1")
    }
    let delta = result.paired?.mean.cosine
    return sentence(
      claim(
        delta, higher: "With EGT, the early exits’ maps agree more with the final exit’s.",
        lower: "With EGT, the early exits’ maps agree less with the final exit’s.",
        none:
          "No difference detected in how far the early exits’ maps agree with the final exit’s.",
        unknown: "How far the early exits’ maps agree with the final exit’s."),
      """
      Mean cosine with the final exit’s map over the early exits: \
      EGT \(value(egt.cosine, .egt, .cosine)) against a null of \(NumberFormat.fixed(egt.null)), \
      baseline \(value(baseline.cosine, .baseline, .cosine)) against a null of \
      \(NumberFormat.fixed(baseline.null))\
      \(difference(delta) { NumberFormat.signed($0) }).
      """, "#t1", "Table 1")
  }

  private var excess: Fields? {
    guard let baseline = result.baseline.mean.consistency?.excess,
      let egt = result.egt.mean.consistency?.excess
    else { return nil }
    func beyond(_ arm: ModelResult, _ estimate: Estimate) -> Bool {
      let overRuns = arm.runs.number(.excess, .mean)?.estimate
      return (overRuns?.low ?? estimate.low ?? -.infinity) > 0
    }
    let claim =
      switch (beyond(result.baseline, baseline), beyond(result.egt, egt)) {
      case (true, true): "Both models’ exits agree beyond what maps of other images would."
      case (false, true): "Agreement beyond the null was detected for EGT only."
      case (true, false): "Agreement beyond the null was detected for the baseline only."
      case (false, false): "No agreement beyond the null was detected for either model."
      }
    return sentence(
      claim,
      """
      Cosine minus null (the final map of another image): \
      EGT \(value(egt, .egt, .excess, NumberFormat.signed)), \
      baseline \(value(baseline, .baseline, .excess, NumberFormat.signed))\
      \(difference(result.paired?.mean.excess) { NumberFormat.signed($0) }).\(decomposition)
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
    let delta = result.paired?.mean.centred
    return sentence(
      claim(
        delta, higher: "With each map’s mean taken out, agreement is higher with EGT.",
        lower: "With each map’s mean taken out, agreement is lower with EGT.",
        none: "With each map’s mean taken out: no difference detected.",
        unknown: "Agreement with each map’s mean taken out."),
      """
      Mean centred correlation r: EGT \(value(egt.centred, .egt, .centred)) against a null of \
      \(NumberFormat.fixed(egt.centredNull)), \
      baseline \(value(baseline.centred, .baseline, .centred)) against a null of \
      \(NumberFormat.fixed(baseline.centredNull))\(difference(delta) { NumberFormat.signed($0) }).
      """, "#t1", "Table 1")
  }

  private var accuracy: Fields? {
    guard let baseline = result.baseline.exits.last, let egt = result.egt.exits.last else {
      return nil
    }
    let delta = result.paired?.exits.last?.accuracy
    return sentence(
      claim(
        delta, higher: "The final exit is right more often with EGT.",
        lower: "The final exit is right less often with EGT.",
        none: "No difference detected in final accuracy.",
        unknown: "Accuracy at the final exit."),
      """
      Accuracy at exit \(egt.exit): EGT \(percent(egt.accuracy, .egt, .exit(egt.exit))), \
      baseline \(percent(baseline.accuracy, .baseline, .exit(baseline.exit)))\
      \(difference(delta, unit: " points") { NumberFormat.points($0) }).
      """, "#t1", "Table 1")
  }

  private var earlyExit: Fields? {
    if let reason = AnswerNotices(context).confidences {
      return sentence(
        "What stopping early costs and brings is not compared.", reason,
        "\(EfficiencyPage.file)#shares", "Efficiency")
    }
    let baseline = result.baseline.earlyExit
    let egt = result.egt.earlyExit
    func arm(_ name: String, _ side: Side, _ early: EarlyExitResult) -> String {
      let cost =
        early.meanMacs.map { " at \(NumberFormat.megaMacs($0)) million MACs an image" } ?? ""
      let leaving = 1 - (early.shares.last ?? 1)
      return "\(name) \(percent(early.accuracy, side, .earlyExit))\(cost), "
        + "with \(NumberFormat.percent(leaving))\u{A0}% of images leaving early"
    }
    let difference = difference(result.paired?.earlyExit, unit: " points") {
      NumberFormat.points($0)
    }
    return sentence(
      "Stopping early is simulated at confidence \(NumberFormat.fixed(result.threshold, 2)).",
      "Accuracy: \(arm("EGT", .egt, egt)); \(arm("baseline", .baseline, baseline))\(difference).",
      "\(EfficiencyPage.file)#shares", "Efficiency")
  }

  private var scope: Fields? {
    let counts = (result.baseline.seeds.count, result.egt.seeds.count)
    let isSingle = counts.0 < 2 || counts.1 < 2
    let rows = result.baseline.runs + result.egt.runs
    let several = !rows.isEmpty
    let own =
      if rows.allSatisfy({ $0.number.estimate.low != nil }) {
        " and its training runs"
      } else if rows.contains(where: { $0.number.estimate.low != nil }) {
        " and, with three training runs or more, over those"
      } else {
        ", its training runs held fixed"
      }
    let ownRuns = several ? "\(own) (± is the standard deviation over runs)" : ""
    let differences = RunWords.scope(result, context.sampleCountText)
    let least = "With fewer than three runs in each arm"
    let caution =
      if isSingle {
        "With one run an arm, another seed may turn a difference around. "
      } else if counts.0 < 3 || counts.1 < 3 {
        "\(least), another seed may turn a difference around. "
      } else {
        ""
      }
    return sentence(
      caution.isEmpty ? "What the intervals cover." : "How far this reaches is unknown.",
      """
      All intervals are 95\u{A0}%: a model’s own over \(context.sampleCountText)\(ownRuns)\
      \(result.paired == nil ? "" : "; of differences \(differences)"). \
      There are \(counts.0) baseline and \(counts.1) EGT training runs. \(caution)\
      Agreement between maps is not evidence that a map shows why a network answered as it did.
      """, several ? "\(RunsPage.file)#runs" : "provenance.html#limits",
      several ? "Runs" : "Known limits")
  }

  private enum Side { case baseline, egt }

  private func runs(_ side: Side) -> [RunsRow] {
    side == .baseline ? result.baseline.runs : result.egt.runs
  }

  /// The wording that the interval allows. Where runs differ too much for a claim about the training, what holds for
  /// the networks at hand is said as that.
  func claim(
    _ delta: PairedNumber?, higher: String, lower: String, none: String, unknown: String
  ) -> String {
    switch delta?.finding {
    case .higher: return higher
    case .lower: return lower
    case .notDetected:
      guard let delta, delta.isOverRuns, let networks = delta.imageFinding, networks != .notDetected
      else { return none }
      return none + " These \(result.baseline.seeds.count + result.egt.seeds.count) networks "
        + "differ, but their runs scatter too much for more."
    case nil: return unknown
    }
  }

  func difference(
    _ delta: PairedNumber?, unit: String = "", _ format: (Double?) -> String
  ) -> String {
    difference(
      delta?.interval, over: RunWords.scope(isOverRuns: delta?.isOverRuns == true, result),
      unit: unit, format)
  }

  func difference(
    _ delta: Estimate?, over scope: String, unit: String, _ format: (Double?) -> String
  ) -> String {
    guard let delta else { return "" }
    let interval = NumberFormat.interval(delta, format).map { " \($0) \(scope)" } ?? ""
    return "; difference \(format(delta.value))\(unit)\(interval)"
  }

  private func value(
    _ estimate: Estimate, _ side: Side, _ measure: AuditMeasure,
    _ format: (Double?, Int) -> String = NumberFormat.fixed
  ) -> String {
    let number = runs(side).number(measure, .mean)
    let interval = interval(estimate, number) { format($0, 3) }
    return format(estimate.value, 3) + plusMinus((number?.deviation).map { NumberFormat.fixed($0) })
      + interval
  }

  private func percent(_ estimate: Estimate, _ side: Side, _ place: AuditPlace) -> String {
    let number = runs(side).number(.accuracy, place)
    let interval = interval(estimate, number) { NumberFormat.percent($0) }
    return NumberFormat.percent(estimate.value)
      + plusMinus((number?.deviation).map { NumberFormat.percent($0) }) + "\u{A0}%" + interval
  }

  /// Over images and runs where there is that interval, as sentences rest on it; else over images.
  private func interval(
    _ estimate: Estimate, _ number: RunsEstimate?, _ format: (Double?) -> String
  ) -> String {
    let widest = number?.estimate.low == nil ? estimate : number!.estimate
    return NumberFormat.interval(widest, format).map { " \($0)" } ?? ""
  }

  /// " ± 0.010"; nothing with a single run.
  private func plusMinus(_ deviation: String?) -> String {
    deviation.map { "\u{A0}±\u{A0}\($0)" } ?? ""
  }

  func sentence(
    _ claim: String, _ numbers: String, _ href: String, _ link: String
  ) -> Fields {
    [
      "claim": .text(claim), "numbers": .text(numbers), "href": .text(href), "link": .text(link),
    ]
  }
}
