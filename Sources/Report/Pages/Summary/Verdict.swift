import Analysis

/// The summary in sentences: each with its numbers, their 95 % interval, and a link to the place that
/// shows them. It says what was measured on these images, and no more.
///
/// One model is spoken of alone; two are compared in a sentence; of more, each sentence groups the models by what was
/// found, and a list has their numbers.
struct Verdict {
  let context: ReportContext
  var result: AuditResult { context.result }
  var numbers: Numbers { context.numbers }
  var isAlone: Bool { result.models.count == 1 }
  var isPair: Bool { result.models.count == 2 }

  init(_ context: ReportContext) { self.context = context }

  /// Fields `claim`, `numbers`, `items`, `href` and `link` each.
  var sentences: [Fields] {
    guard result.sampleCount > 0 else {
      return [
        sentence(
          "There is nothing to report.", "The recordings hold no image.", "#t1", "Table 1")
      ]
    }
    let maps = isPair && withheld != nil ? [] : [cosine, excess, centred, concentration]
    let all = [refusal, withheld] + maps + [faithfulness, accuracy, earlyExit, scope]
    return all.compactMap { $0 }
  }

  private var refusal: Fields? {
    let refused = result.comparisons.filter { $0.paired == nil }
    guard !refused.isEmpty else { return nil }
    let reasons = refused.map {
      DisplayText.text($0.refusal ?? "\(context.name($0.model)) saw other images")
    }
    return sentence(
      refused.count == result.comparisons.count
        ? "No paired comparison was made."
        : "\(names(refused.map(\.model))) \(refused.count == 1 ? "is" : "are") not compared with \(reference).",
      """
      Reason\(reasons.count == 1 ? "" : "s"): \(reasons.joined(separator: "; ")). \
      No difference \(isPair ? "" : "from \(reference) ")is stated below.
      """,
      "provenance.html#models", "Provenance")
  }

  /// Where the premise of comparing maps fails; nil where it holds.
  private var withheld: Fields? {
    let failing = context.compared.filter { $0.paired?.mapPremise != nil }
    guard !failing.isEmpty else { return nil }
    let reasons = failing.map {
      DisplayText.text($0.paired?.mapPremise?.reason ?? "", limit: 300)
    }
    let cause =
      "Their difference would be that of the maps’ kind, grid or hook as much as of the training."
    guard isPair else {
      return sentence(
        "How far the maps of \(names(failing.map(\.model))) agree is not compared with \(reference)’s.",
        "Reason\(reasons.count == 1 ? "" : "s"): \(reasons.joined(separator: "; ")). \(cause)",
        "#t1", "Table 1")
    }
    let own = context.models.map { model in
      let cosine = numbers[.cosine, .early, model: model]
      return "\(context.name(model)) \(NumberFormat.fixed(cosine?.value)) against a null of "
        + NumberFormat.fixed(cosine?.null)
    }
    return sentence(
      "How far the two models’ maps agree is not compared.",
      """
      Reason: \(reasons[0]). Each model’s own mean cosine with the final exit’s map over the \
      early exits: \(own.joined(separator: "; ")). \(cause)
      """, "#t1", "Table 1")
  }

  private var cosine: Fields? {
    guard context.models.contains(where: { numbers[.cosine, .early, model: $0] != nil }) else {
      return sentence(
        "Consistency between exits is undefined.",
        "No early exit has a defined map \(isAlone ? "" : "in any model").", "#t1", "Table 1")
    }
    // The only sentence that says whose maps agree; a model alone is judged by its excess.
    if isAlone { return nil }
    let question = Question(
      topic: "Agreement with the final exit’s map",
      higher: "the early exits’ maps agree more with the final exit’s.",
      lower: "the early exits’ maps agree less with the final exit’s.",
      none: "No difference detected in how far the early exits’ maps agree with the final exit’s.",
      unknown: "How far the early exits’ maps agree with the final exit’s.", isAboutMaps: true
    ) { numbers[.cosine, .early, difference: $0] }
    return sentence(
      question, "Mean cosine with the final exit’s map over the early exits",
      { NumberFormat.signed($0) }, "#t1", "Table 1"
    ) { model in
      numbers[.cosine, .early, model: model].map { number in
        value(number) + " against a null of \(NumberFormat.fixed(number.null))"
      }
    }
  }

  private var excess: Fields? {
    let measured = context.models.filter { numbers[.excess, .early, model: $0] != nil }
    guard !measured.isEmpty else { return nil }
    let beyond = measured.filter { (numbers[.excess, .early, model: $0]?.widest.low ?? -1) > 0 }
    let isAll = beyond.count == result.models.count
    if isAlone {
      let cosine = numbers[.cosine, .early, model: 0]
      return sentence(
        isAll
          ? "The early exits’ maps agree with the final exit’s beyond what maps of other images would."
          : "No agreement of the early exits’ maps with the final exit’s beyond the null was detected.",
        """
        Mean cosine over the early exits: \(cosine.map { value($0) } ?? NumberFormat.missing) against a null of \
        \(NumberFormat.fixed(cosine?.null)) (the final map of another image). Excess, the cosine minus the null: \
        \(numbers[.excess, .early, model: 0].map { value($0, NumberFormat.signed) } ?? NumberFormat.missing).
        """, "#t1", "Table 1")
    }
    let claim =
      isAll
      ? "\(isPair ? "Both" : "All") models’ exits agree beyond what maps of other images would."
      : beyond.isEmpty
        ? "No agreement beyond the null was detected for \(isPair ? "either" : "any") model."
        : "Agreement beyond the null was detected for \(names(beyond)) only."
    return sentence(
      claim, "Cosine minus null (the final map of another image)",
      { numbers[.excess, .early, difference: $0] }, { NumberFormat.signed($0) }, "#t1", "Table 1",
      note: decomposition
    ) { model in
      numbers[.excess, .early, model: model].map { value($0, NumberFormat.signed) }
    }
  }

  /// How much of the difference flatter or more alike maps would give anyway.
  private var decomposition: String {
    guard isPair, let nullBefore = numbers[.cosine, .early, model: 0]?.null,
      let nullAfter = numbers[.cosine, .early, model: 1]?.null,
      let before = numbers[.excess, .early, model: 0]?.value,
      let after = numbers[.excess, .early, model: 1]?.value
    else { return "" }
    return """
       From \(context.name(0)) to \(context.name(1)) the null moves by \
      \(NumberFormat.signed(nullAfter - nullBefore)), the excess by \(NumberFormat.signed(after - before)).
      """
  }

  private var centred: Fields? {
    guard context.models.contains(where: { numbers[.centred, .early, model: $0] != nil }) else {
      return nil
    }
    let question = Question(
      topic: "Agreement once each map’s mean is taken out",
      higher: "agreement is higher once each map’s mean is taken out.",
      lower: "agreement is lower once each map’s mean is taken out.",
      none: "No difference detected once each map’s mean is taken out.",
      unknown: "Agreement once each map’s mean is taken out.", isAboutMaps: true
    ) { numbers[.centred, .early, difference: $0] }
    return sentence(
      question, "Mean centred correlation r", { NumberFormat.signed($0) }, "#t1", "Table 1"
    ) { model in
      numbers[.centred, .early, model: model].map { number in
        value(number) + " against a null of \(NumberFormat.fixed(number.null))"
      }
    }
  }

  /// Of a model alone: Table 1 has it beside the others' where there are some.
  private var concentration: Fields? {
    guard isAlone, let final = result.models[0].exits.last?.exit,
      let spread = numbers[.spread, .exit(final), model: 0]
    else { return nil }
    let early = numbers[.spread, .early, model: 0].map {
      ", over the early exits on average \(NumberFormat.fixed($0.value, 2))"
    }
    return sentence(
      "How concentrated the maps are.",
      """
      Spread (standard deviation over mean; 0 is a flat map): at exit \(final), the final one, \
      \(NumberFormat.fixed(spread.value, 2))\(early ?? "").
      """, "consistency.html#concentration", "Consistency")
  }

  private var accuracy: Fields? {
    func place(_ model: Int) -> Place { .exit(result.models[model].exits.count) }
    let question = Question(
      topic: "Accuracy at the final exit", higher: "the final exit is right more often.",
      lower: "the final exit is right less often.",
      none: "No difference detected in final accuracy.", unknown: "Accuracy at the final exit.",
      isAboutMaps: false
    ) {
      numbers[.accuracy, place($0), difference: $0] ?? numbers[.accuracy, place(0), difference: $0]
    }
    let finals = Set(result.models.map(\.exits.count))
    return sentence(
      question,
      finals.count == 1 ? "Accuracy at exit \(finals.first!)" : "Accuracy at the final exit",
      unit: " points", { NumberFormat.points($0) }, "#t1", "Table 1"
    ) { model in
      numbers[.accuracy, place(model), model: model].map(percent)
    }
  }

  private var earlyExit: Fields? {
    if let reason = AnswerNotices(context).confidences {
      return sentence(
        isAlone
          ? "What stopping early costs and brings is not stated."
          : "What stopping early costs and brings is not compared.", reason,
        "\(EfficiencyPage.file)#shares", "Efficiency")
    }
    return sentence(
      "Stopping early is simulated at confidence \(NumberFormat.fixed(result.threshold, 2)).",
      "Accuracy", { numbers[.accuracy, .earlyStop, difference: $0] }, unit: " points",
      { NumberFormat.points($0) }, "\(EfficiencyPage.file)#shares", "Efficiency"
    ) { model in
      let early = result.models[model].earlyExit
      let cost =
        early.meanMacs.map { " at \(NumberFormat.megaMacs($0)) million MACs an image" } ?? ""
      let leaving = 1 - (early.shares.last ?? 1)
      return numbers[.accuracy, .earlyStop, model: model].map {
        "\(percent($0))\(cost), with \(NumberFormat.percent(leaving))\u{A0}% of images leaving early"
      }
    }
  }

  private var scope: Fields {
    let counts = result.models.map(\.seeds.count)
    let own = ownRuns
    let over =
      if own.allSatisfy({ $0.estimate.low != nil }) {
        " and its training runs"
      } else if own.contains(where: { $0.estimate.low != nil }) {
        " and, with three training runs or more, over those"
      } else {
        ", its training runs held fixed"
      }
    let ownText = own.isEmpty ? "" : "\(over) (± is the standard deviation over runs)"
    let differences =
      context.compared.isEmpty
      ? "" : "; of differences \(RunWords.scope(result, context.sampleCountText))"
    let risk =
      isAlone ? "another seed may give other numbers" : "another seed may turn a difference around"
    let least = counts.min() ?? 0
    let caution =
      switch least {
      case ..<2: "With one run\(isAlone ? "" : " per model"), \(risk). "
      case 2: "With fewer than three runs\(isAlone ? "" : " per model"), \(risk). "
      default: ""
      }
    return sentence(
      caution.isEmpty ? "What the intervals cover." : "How far this reaches is unknown.",
      """
      All intervals are 95\u{A0}%: a model’s own over \(context.sampleCountText)\(ownText)\(differences). \
      Training runs: \(RunWords.counts(result)). \(caution)\
      Agreement between maps is not evidence that a map shows why a network answered as it did.
      """, own.isEmpty ? "provenance.html#limits" : "\(RunsPage.file)#runs",
      own.isEmpty ? "Known limits" : "Runs")
  }

  /// The models' own numbers over training runs.
  private var ownRuns: [RunsEstimate] {
    result.models.flatMap { model in
      Place.all(exitCount: max(1, model.exits.count)).flatMap { place in
        Measure.headline.compactMap { numbers[$0, place, model: model.index]?.runs }
      }
    }
  }

  var reference: String { context.name(0) }

  func names(_ models: [Int]) -> String { DisplayText.list(models.map(context.name)) }
}
