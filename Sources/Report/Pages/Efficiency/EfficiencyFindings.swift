import Analysis

/// What the efficiency page shows, in sentences with their numbers and intervals.
struct EfficiencyFindings {
  private let context: ReportContext
  private var result: AuditResult { context.result }
  private var isAlone: Bool { context.models.count == 1 }

  init(_ context: ReportContext) { self.context = context }

  /// Fields `claim` and `numbers` each.
  var sentences: [Fields] {
    if let reason = AnswerNotices(context).confidences {
      let withheld: Fields = [
        "claim": .text(
          "What stopping early costs and brings is not \(isAlone ? "stated" : "compared")."),
        "numbers": .text(reason),
      ]
      return [withheld] + [overthinking].compactMap { $0 }
    }
    return [leaving, chosen, overthinking].compactMap { $0 }
  }

  private var leaving: Fields? {
    let parts = result.models.map { model -> String in
      let cost = CostShare.of(model.earlyExit.meanMacs, model).map {
        " for \(NumberFormat.percent($0))\u{A0}% of the final exit’s cost"
      }
      return name(model) + "\(value(accuracy(model, .earlyStop)))\(cost ?? ""), final exit "
        + value(accuracy(model, .exit(model.exits.count)))
    }
    return [
      "claim": .text("With a confidence threshold of \(NumberFormat.fixed(result.threshold, 2)):"),
      "numbers": .text(
        "accuracy \(list(parts))" + difference("in accuracy") { $0.leaving.accuracy }
          + costDifference { $0.leaving.meanMacs }),
    ]
  }

  private func accuracy(_ model: ModelResult, _ place: Place) -> Estimate? {
    context.numbers[.accuracy, place, model: model.index]?.estimate
  }

  /// The first target of the report's policy.
  private var chosen: Fields? {
    let choices = result.models.compactMap { model -> (ModelResult, ThresholdChoice)? in
      let policy = model.ledger?.policies.first { $0.policy == context.options.policy }
      return policy?.choices.first.map { (model, $0) }
    }
    guard let target = choices.first?.1.target else { return nil }
    let parts = choices.map { model, choice in
      name(model)
        + (choice.chosen.map { outcome($0, model, target) }
          ?? "not possible, \(choice.refusal ?? "")")
    }
    // The target is met or missed on the very answers that chose the setting.
    let place =
      AnswerNotices(context).isValidationTest
      ? "validation answers that are the test answers" : "validation"
    return [
      "claim": .text(
        "With a \(context.options.policy.rawValue) setting chosen on \(place) for "
          + "\(SettingText.target(target)):"),
      "numbers": .text(
        "on these images, \(list(parts))"
          + difference("in accuracy") { choice(of: $0)?.accuracy }
          + costDifference { choice(of: $0)?.meanMacs }),
    ]
  }

  /// What a frozen setting did here, and whether that meets its target as far as the interval can tell.
  private func outcome(
    _ chosen: FrozenThreshold, _ model: ModelResult, _ target: ThresholdTarget
  ) -> String {
    let below = chosen.belowFinal
    let interval = NumberFormat.interval(below) { NumberFormat.points($0) }.map { " \($0)" } ?? ""
    let cost = CostShare.of(chosen.meanMacs?.value, model).map {
      " for \(NumberFormat.percent($0))\u{A0}% of its cost"
    }
    let verdict: String? =
      switch target {
      case .belowFinal(let drop): Self.verdict(below, least: -drop)
      case .accuracy(let share): Self.verdict(chosen.accuracy, least: share)
      case .budget: nil
      }
    return
      "\(value(chosen.accuracy)), \(NumberFormat.points(below.value)) points\(interval) against the "
      + "final exit\(cost ?? "")" + (verdict.map { " (\($0))" } ?? "")
  }

  private static func verdict(_ estimate: Estimate, least: Double) -> String? {
    guard let low = estimate.low, let high = estimate.high else { return nil }
    return low >= least
      ? "target met here"
      : high < least
        ? "target missed here" : "the interval leaves open whether the target is met here"
  }

  private var overthinking: Fields? {
    let parts = result.models.compactMap { model in
      model.ledger.map { ledger in
        name(model) + "\(value(ledger.overthinking.destructive.share)) lost, "
          + "\(value(ledger.overthinking.wasteful.share)) right early and still right"
      }
    }
    guard !parts.isEmpty else { return nil }
    return [
      "claim": .text("Of all images, going on after a right answer:"),
      "numbers": .text(list(parts) + difference("in lost answers") { $0.destructive }),
    ]
  }

  /// The first target of the report's policy.
  private func choice(of paired: PairedLedger) -> PairedOutcome? {
    guard let place = ExitPolicy.allCases.firstIndex(of: context.options.policy) else { return nil }
    return paired.choices[place].first ?? nil
  }

  /// "EGT "; nothing for a model alone.
  private func name(_ model: ModelResult) -> String {
    isAlone ? "" : "\(context.name(model.index)) "
  }

  /// The models' numbers, where they are few enough for a sentence.
  private func list(_ parts: [String]) -> String {
    parts.count > ReportContext.drawnLimit
      ? "of \(NumberFormat.count(parts.count)) models in the tables below."
      : parts.joined(separator: "; ") + "."
  }

  private func costDifference(_ path: (PairedLedger) -> Estimate?) -> String {
    difference("in cost") { model, ledger in
      CostShare.of(path(ledger), model: model, context)
    }
  }

  private func difference(_ what: String, _ path: (PairedLedger) -> Estimate?) -> String {
    difference(what) { _, ledger in path(ledger) }
  }

  /// " EGT minus Baseline in accuracy: +1.2 points [+0.3, +2.0]."
  private func difference(_ what: String, _ path: (Int, PairedLedger) -> Estimate?) -> String {
    let differences = result.comparisons.compactMap { comparison -> (String, Estimate, String)? in
      guard let ledger = comparison.paired?.ledger, let estimate = path(comparison.model, ledger),
        let interval = NumberFormat.interval(estimate, { NumberFormat.points($0) })
      else { return nil }
      let numbers = "\(NumberFormat.points(estimate.value)) points \(interval)"
      return (context.name(comparison.model), estimate, numbers)
    }
    guard result.comparisons.count > 1 else {
      return differences.first.map { name, estimate, numbers in
        estimate.excludesZero
          ? " \(name) minus \(context.name(0)) \(what): \(numbers)."
          : " No difference \(what) between the models detected (\(numbers))."
      } ?? ""
    }
    guard !differences.isEmpty else { return "" }
    var findings = FindingList()
    for (name, estimate, numbers) in differences {
      findings.add(.named(name), Number(estimate).finding, numbers)
    }
    return
      " Differences \(what) from \(context.name(0)): \(findings.text(.with("higher", "lower")))."
  }

  /// "87.2 % [85.3, 88.9]"
  private func value(_ estimate: Estimate?) -> String {
    let interval = NumberFormat.interval(estimate) { NumberFormat.percent($0) }
    return "\(NumberFormat.percent(estimate?.value))\u{A0}%" + (interval.map { " \($0)" } ?? "")
  }
}
