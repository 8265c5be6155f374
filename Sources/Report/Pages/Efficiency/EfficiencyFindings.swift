import Analysis

/// What the efficiency page shows, in sentences with their numbers and intervals.
struct EfficiencyFindings {
  private let context: ReportContext
  private var result: AuditResult { context.result }
  private var arms: [(name: String, arm: ModelResult)] {
    [("baseline", result.baseline), ("EGT", result.egt)]
  }

  init(_ context: ReportContext) { self.context = context }

  /// Fields `claim` and `numbers` each.
  var sentences: [Fields] {
    if let reason = AnswerNotices(context).confidences {
      let withheld: Fields = [
        "claim": "What stopping early costs and brings is not compared.", "numbers": .text(reason),
      ]
      return [withheld] + [overthinking].compactMap { $0 }
    }
    return [leaving, chosen, overthinking].compactMap { $0 }
  }

  private var leaving: Fields? {
    let parts = arms.map { name, arm -> String in
      let cost = ExitSharesTable.share(arm.earlyExit.meanMacs, of: arm).map {
        " for \(NumberFormat.percent($0))\u{A0}% of the final exit’s cost"
      }
      return "\(name) \(value(arm.earlyExit.accuracy))\(cost ?? ""), final exit "
        + value(arm.exits.last?.accuracy)
    }
    return [
      "claim": .text("With a confidence threshold of \(NumberFormat.fixed(result.threshold, 2)):"),
      "numbers": .text(
        "accuracy " + parts.joined(separator: "; ") + "."
          + difference("in accuracy", paired?.leaving.accuracy)
          + difference("in cost", ExitSharesTable.share(paired?.leaving.meanMacs, context))),
    ]
  }

  /// The first target of the report's policy.
  private var chosen: Fields? {
    let choices = arms.compactMap { name, arm -> (String, ModelResult, ThresholdChoice)? in
      let policy = arm.ledger?.policies.first { $0.policy == context.options.policy }
      return policy?.choices.first.map { (name, arm, $0) }
    }
    guard let target = choices.first?.2.target else { return nil }
    let parts = choices.map { name, arm, choice in
      "\(name) "
        + (choice.chosen.map { outcome($0, arm, target) } ?? "not possible, \(choice.refusal ?? "")")
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
        "on these images, " + parts.joined(separator: "; ") + "."
          + difference("in accuracy", pairedChoice?.accuracy)
          + difference("in cost", ExitSharesTable.share(pairedChoice?.meanMacs, context))),
    ]
  }

  /// What a frozen setting did here, and whether that meets its target as far as the interval can tell.
  private func outcome(
    _ chosen: FrozenThreshold, _ arm: ModelResult, _ target: ThresholdTarget
  ) -> String {
    let below = chosen.belowFinal
    let interval = NumberFormat.interval(below) { NumberFormat.points($0) }.map { " \($0)" } ?? ""
    let cost = ExitSharesTable.share(chosen.meanMacs?.value, of: arm).map {
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
    let parts = arms.compactMap { name, arm in
      arm.ledger.map { ledger in
        "\(name) \(value(ledger.overthinking.destructive.share)) lost, "
          + "\(value(ledger.overthinking.wasteful.share)) right early and still right"
      }
    }
    guard !parts.isEmpty else { return nil }
    return [
      "claim": .text("Of all images, going on after a right answer:"),
      "numbers": .text(
        parts.joined(separator: "; ") + "."
          + difference("in lost answers", paired?.destructive)),
    ]
  }

  private var paired: PairedLedger? { result.paired?.ledger }

  /// The first target of the report's policy.
  private var pairedChoice: PairedOutcome? {
    guard let place = ExitPolicy.allCases.firstIndex(of: context.options.policy) else { return nil }
    return paired?.choices[place].first ?? nil
  }

  /// " EGT minus baseline in accuracy: +1.2 points [+0.3, +2.0]."
  private func difference(_ what: String, _ estimate: Estimate?) -> String {
    guard let estimate,
      let interval = NumberFormat.interval(estimate, { NumberFormat.points($0) })
    else { return "" }
    let numbers = "\(NumberFormat.points(estimate.value)) points \(interval)"
    return estimate.excludesZero
      ? " EGT minus baseline \(what): \(numbers)."
      : " No difference \(what) between the models detected (\(numbers))."
  }

  /// "87.2 % [85.3, 88.9]"
  private func value(_ estimate: Estimate?) -> String {
    let interval = NumberFormat.interval(estimate) { NumberFormat.percent($0) }
    return "\(NumberFormat.percent(estimate?.value))\u{A0}%" + (interval.map { " \($0)" } ?? "")
  }
}
