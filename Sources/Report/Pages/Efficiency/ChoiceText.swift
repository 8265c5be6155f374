import Analysis

/// What stands above the tables of chosen settings.
struct ChoiceText {
  /// How settings were chosen.
  let rule: String
  /// Why a setting could not be chosen, each reason once.
  let refusals: [Fields]

  init(_ context: ReportContext) {
    var refusals: [String] = []
    for model in context.result.models {
      for choice in model.ledger?.policies.flatMap(\.choices) ?? [] {
        guard let refusal = choice.refusal else { continue }
        let text =
          "\(context.name(model.index)), \(SettingText.target(choice.target)): not possible, \(refusal)."
        if !refusals.contains(text) { refusals.append(text) }
      }
    }
    self.refusals = refusals.map { ["refusal": .text($0)] }
    let notice =
      AnswerNotices(context).isValidationTest
      ? " Here these validation answers are the test answers (\(FlagKind.validationIsTest.rawValue)): "
        + "the settings were chosen on what scores them." : ""
    rule = Self.rule(context.result.models.map(\.ledger)) + notice + Self.ease(context)
  }

  /// Whether the validation images are easier: the final exit's accuracy on both.
  private static func ease(_ context: ReportContext) -> String {
    let parts = context.result.models.compactMap { model -> String? in
      guard
        let chosen = model.ledger?.policies.lazy.flatMap(\.choices).compactMap(\.chosen).first,
        let final = context.numbers[.accuracy, .exit(model.exits.count), model: model.index]?.value
      else { return nil }
      let there = NumberFormat.percent(chosen.validationFinalAccuracy)
      return
        "\(context.name(model.index)) \(there)\u{A0}% there, \(NumberFormat.percent(final))\u{A0}% here"
    }
    guard !parts.isEmpty else { return "" }
    return " The final exit, which has no setting, shows how the two sets differ: "
      + parts.joined(separator: "; ") + "."
  }

  /// With the number of validation images.
  private static func rule(_ ledgers: [ExitLedger?]) -> String {
    let counts = Set(ledgers.flatMap { $0?.validationCounts ?? [] }.compactMap { $0 })
    let images =
      counts.isEmpty
      ? "none recorded"
      : counts.sorted().map { NumberFormat.counted($0, "image", "images") }
        .joined(separator: " or ")
    return """
      A threshold tuned on the images that it is scored on looks better than it is. So each run’s setting was \
      chosen on its validation answers (\(images)), among all settings that make a difference there; then it \
      was frozen and scored once on the images of this report. For an accuracy, the cheapest setting that \
      reaches it; for a budget, the most accurate one within it.
      """
  }
}
