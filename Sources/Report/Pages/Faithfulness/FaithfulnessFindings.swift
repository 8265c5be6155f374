import Analysis

/// What the tests found, in sentences: exits by name, and no difference where an interval covers 0.
struct FaithfulnessFindings {
  private let context: ReportContext
  private var result: AuditResult { context.result }

  init(_ context: ReportContext) { self.context = context }

  private var measured: [(name: String, faithfulness: ModelFaithfulness)] {
    result.models.compactMap { model in
      model.faithfulness.map { (context.name(model.index), $0) }
    }
  }

  /// Fields `claim` and `numbers` each.
  var sentences: [Fields] {
    let tests = [
      againstZero(
        "Deletion and insertion: maps beat random order", above: "better", below: "worse"
      ) { $0.masking?.advantage },
      againstZero(
        "ROAD: the pixels that maps mark matter more than the others", above: "more", below: "less"
      ) { $0.road?.gap },
    ]
    let gradCAM = againstZero(
      "\(context.mapWord == "map" ? "Maps agree" : "The maps agree") with Grad-CAM beyond chance",
      above: "more than chance", below: "less than chance"
    ) { $0.gradCAM?.centred.excess }
    let comparisons = result.comparisons.map { betweenModels($0) }
    return (tests + comparisons + [randomWeights, gradCAM]).compactMap { $0 }
  }

  /// Where a model's part was not recorded.
  var missing: String? {
    let missing = result.models.filter { $0.faithfulness == nil }
    guard !missing.isEmpty, missing.count < result.models.count else { return nil }
    let names = DisplayText.list(missing.map { context.name($0.index) })
    let advice = context.isRecordedHere ? " Record with exitlens record --faithfulness." : ""
    return "Faithfulness was not recorded for \(names), so nothing is compared there.\(advice)"
  }

  private func sentence(_ claim: String, _ parts: [String]) -> Fields? {
    guard !parts.isEmpty else { return nil }
    return ["claim": .text(claim), "numbers": .text(parts.joined(separator: " "))]
  }

  private func list(_ estimates: [(exit: Int, estimate: Estimate)]) -> FindingList {
    FindingList(exits: estimates) { NumberFormat.withInterval($0) { NumberFormat.signed($0) } }
  }

  /// At how many exits each model's interval lies above 0, and the numbers.
  private func againstZero(
    _ claim: String, above: String, below: String, _ path: (ExitFaithfulness) -> Estimate?
  ) -> Fields? {
    let lists = measured.map { name, faithfulness in
      let exits = faithfulness.exits.compactMap { exit in path(exit).map { (exit.exit, $0) } }
      return (name: name, findings: list(exits))
    }.filter { !$0.findings.isEmpty }
    let counts = lists.map { name, findings in
      "at \(findings.count(.higher)) of \(findings.entries.count) exits"
        + (result.models.count == 1 ? "" : " (\(name))")
    }
    return sentence(
      "\(claim) \(counts.joined(separator: ", ")).",
      lists.map { name, findings in
        let words = FindingList.Words(higher: "\(above) at", lower: "\(below) at")
        return "\(name): \(findings.text(words))."
      })
  }

  private func betweenModels(_ comparison: Comparison) -> Fields? {
    guard let faithfulness = comparison.faithfulness else { return nil }
    let models = "\(context.name(comparison.model)) against \(context.name(0))"
    if let premise = comparison.paired?.mapPremise {
      return sentence(
        "\(models): not compared.", ["\(DisplayText.text(premise.reason, limit: 300))."])
    }
    let measures: [(String, (PairedFaithfulness) -> Estimate?)] = [
      ("Deletion and insertion", { $0.advantage }), ("ROAD", { $0.roadGap }),
    ]
    let isOverRuns = faithfulness.areOverRuns
    let scope =
      RunWords.scope(isOverRuns: isOverRuns, comparison)
      + (isOverRuns ? "" : ", the training runs held fixed")
    let clear = faithfulness.exits.filter {
      $0.advantage?.excludesZero == true || $0.roadGap?.excludesZero == true
    }
    return sentence(
      "\(models): a difference at \(clear.count) of \(faithfulness.exits.count) exits.",
      ["Intervals are \(scope)."]
        + measures.compactMap { name, path in
          let findings = list(
            faithfulness.exits.compactMap { exit in path(exit).map { (exit.exit, $0) } })
          guard !findings.isEmpty else { return nil }
          return "\(name): \(findings.text(.init(higher: "higher at", lower: "lower at")))."
        })
  }

  /// The largest correlation that is left when everything up to an exit is random.
  private var randomWeights: Fields? {
    let largest = measured.compactMap {
      name, faithfulness -> (name: String, exit: Int, stage: RandomizedStage)? in
      let last = faithfulness.exits.compactMap { exit in
        exit.randomized.last.flatMap { $0.spearman == nil ? nil : (name, exit.exit, $0) }
      }
      return last.max { ($0.2.spearman?.value ?? 0) < ($1.2.spearman?.value ?? 0) }
    }
    guard let most = largest.compactMap(\.stage.spearman?.value).max() else { return nil }
    return sentence(
      "With random weights down to the first block, maps keep a mean rank correlation of at most "
        + "\(NumberFormat.fixed(most, 2)) with what they were.",
      ["1 would mean maps that do not depend on what was learned."]
        + largest.map { name, exit, stage in
          "Largest for \(name): \(NumberFormat.fixed(stage.spearman?.value, 2)) at exit \(exit), by draw "
            + "of weights \(NumberFormat.fixed(stage.lowestDraw, 2)) to "
            + "\(NumberFormat.fixed(stage.highestDraw, 2))."
        })
  }
}
