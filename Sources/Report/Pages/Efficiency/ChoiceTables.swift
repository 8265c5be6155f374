import Analysis

/// Settings chosen on the validation answers, frozen, and scored once on the recorded images: one table a target.
struct ChoiceTables {
  let tables: [Fields]
  /// Why a setting could not be chosen, each reason once.
  let refusals: [Fields]
  let rule: String

  init(_ context: ReportContext) {
    let arms = context.result.models
    let ledgers = arms.map(\.ledger)
    let targets = ledgers.lazy.compactMap { $0 }.first?.policies.first?.choices.map(\.target) ?? []
    var tables: [Fields] = []
    var refusals: [String] = []
    for (number, target) in targets.enumerated() {
      let name = SettingText.target(target)
      let groups = ExitPolicy.allCases.map { policy in
        let choices = ledgers.map { ledger in
          ledger?.policies.first { $0.policy == policy }?.choices[number]
        }
        for (model, choice) in zip(context.models, choices) {
          guard let refusal = choice?.refusal else { continue }
          let text = "\(context.name(model)), \(name): not possible, \(refusal)."
          if !refusals.contains(text) { refusals.append(text) }
        }
        let place = ExitPolicy.allCases.firstIndex(of: policy)!
        return GroupedTable.Group(
          name: policy.rawValue, detail: "",
          rows: context.rows { Self.cells($0, choices[$0.index]?.chosen, policy) }
            + context.differences { comparison in
              comparison.paired?.ledger?.choices[place][number].map {
                Self.cells($0, of: comparison.model, context)
              }
            })
      }
      tables.append(
        GroupedTable(
          id: "choice-\(number + 1)", label: "Table: settings chosen for \(name)",
          caption: """
            Settings chosen on the validation answers for \(name), and what they do to these images. \
            95\u{A0}% intervals in brackets; bold: a difference’s interval excludes 0.\
            \(context.compared.isEmpty ? "" : " \(context.deltaText), each with its own setting, in points.")
            """,
          groupColumn: "Policy",
          columns: [
            .init("Setting"), .init("Accuracy", "validation, %"), .init("Accuracy", "here, %"),
            .init("Gap", "here − validation, points"),
            .init("Against final exit", "here, points"), .init("Mean cost", "validation, %"),
            .init("Mean cost", "here, % of final"),
          ], groups: groups
        ).fields)
    }
    self.tables = tables
    self.refusals = refusals.map { ["refusal": .text($0)] }
    let notice =
      AnswerNotices(context).isValidationTest
      ? " Here these validation answers are the test answers (\(FlagKind.validationIsTest.rawValue)): "
        + "the settings were chosen on what scores them." : ""
    rule = Self.rule(ledgers) + notice + Self.ease(context)
  }

  private static func cells(
    _ arm: ModelResult, _ chosen: FrozenThreshold?, _ policy: ExitPolicy
  ) -> [GroupedTable.Cell] {
    guard let chosen else {
      return [.init(value: "not possible")]
        + [GroupedTable.Cell](repeating: .init(value: NumberFormat.missing), count: 6)
    }
    let percent = { (value: Double?) in NumberFormat.percent(value) }
    let points = { (value: Double?) in NumberFormat.points(value) }
    func share(_ macs: Double?) -> Double? { ExitSharesTable.share(macs, of: arm) }
    let cost = chosen.meanMacs.flatMap { macs in
      share(macs.value).map { Estimate($0, low: share(macs.low), high: share(macs.high)) }
    }
    return [
      .init(value: SettingText.several(chosen.settings, policy)),
      .number(chosen.validationAccuracy, percent), .number(chosen.accuracy, percent),
      .number(chosen.accuracyGap, points), .number(chosen.belowFinal, points, isDifference: true),
      .number(share(chosen.validationMeanMacs), percent), .number(cost, percent),
    ]
  }

  /// A model − its reference.
  private static func cells(
    _ paired: PairedOutcome, of model: Int, _ context: ReportContext
  ) -> [GroupedTable.Cell] {
    let points = { (value: Double?) in NumberFormat.points(value) }
    let cost = ExitSharesTable.share(paired.meanMacs, of: model, context)
    return [.empty, .empty, .number(paired.accuracy, points, isDifference: true), .empty, .empty]
      + [.empty, cost == nil ? .empty : .number(cost, points, isDifference: true)]
  }

  /// Whether the validation images are easier: the final exit's accuracy on both.
  private static func ease(_ context: ReportContext) -> String {
    let parts = context.result.models.compactMap { arm -> String? in
      let name = context.name(arm.index)
      guard let chosen = arm.ledger?.policies.lazy.flatMap(\.choices).compactMap(\.chosen).first,
        let final = context.numbers[.accuracy, .exit(arm.exits.count), model: arm.index]?.value
      else { return nil }
      let there = NumberFormat.percent(chosen.validationFinalAccuracy)
      return "\(name) \(there)\u{A0}% there, \(NumberFormat.percent(final))\u{A0}% here"
    }
    guard !parts.isEmpty else { return "" }
    return " The final exit, which has no setting, shows how the two sets differ: "
      + parts.joined(separator: "; ") + "."
  }

  /// How settings were chosen, with the number of validation images.
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
