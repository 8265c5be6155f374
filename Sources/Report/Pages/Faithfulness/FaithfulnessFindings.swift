import Analysis

/// What the tests found, in sentences: exits by name, and no difference where an interval covers 0.
struct FaithfulnessFindings {
  private let context: ReportContext
  private var result: AuditResult { context.result }

  init(_ context: ReportContext) { self.context = context }

  private var arms: [(name: String, faithfulness: ModelFaithfulness)] {
    [("baseline", result.faithfulness?.baseline), ("EGT", result.faithfulness?.egt)]
      .compactMap { name, arm in arm.map { (name, $0) } }
  }

  /// Fields `claim` and `numbers` each.
  var sentences: [Fields] {
    [
      againstZero(
        "Deletion and insertion: maps beat random order", above: "better", below: "worse"
      ) { $0.masking?.advantage },
      againstZero(
        "ROAD: the pixels that maps mark matter more than the others", above: "more", below: "less"
      ) { $0.road?.gap },
      betweenModels, randomWeights,
      againstZero(
        "Attention agrees with Grad-CAM beyond chance", above: "more than chance",
        below: "less than chance"
      ) { $0.gradCAM?.centred.excess },
    ].compactMap { $0 }
  }

  /// Where a part, or a model's part, was not recorded.
  var missing: String? {
    guard result.faithfulness != nil else { return nil }
    let missing = [
      ("The baseline", result.faithfulness?.baseline), ("EGT", result.faithfulness?.egt),
    ]
    .filter { $0.1 == nil }.map(\.0)
    return missing.first.map {
      "\($0)’s recordings hold no faithfulness: nothing is compared. Record them with "
        + "exitlens record --faithfulness."
    }
  }

  private func sentence(_ claim: String, _ parts: [String]) -> Fields? {
    guard !parts.isEmpty else { return nil }
    return ["claim": .text(claim), "numbers": .text(parts.joined(separator: " "))]
  }

  /// Exits by where their interval lies.
  private func list(
    _ estimates: [(exit: Int, estimate: Estimate)], above: String, below: String
  ) -> String {
    var (higher, lower): ([String], [String]) = ([], [])
    var (same, unknown): ([Int], [Int]) = ([], [])
    for (exit, estimate) in estimates {
      guard let low = estimate.low, let high = estimate.high else {
        unknown.append(exit)
        continue
      }
      let number = NumberFormat.withInterval(estimate) { NumberFormat.signed($0) }
      let text = "exit \(exit) (\(number))"
      if low > 0 {
        higher.append(text)
      } else if high < 0 {
        lower.append(text)
      } else {
        same.append(exit)
      }
    }
    func exits(_ numbers: [Int]) -> String {
      (numbers.count == 1 ? "exit " : "exits ") + DisplayText.list(numbers.map(String.init))
    }
    var parts: [String] = []
    if !higher.isEmpty { parts.append("\(above) at \(DisplayText.list(higher))") }
    if !lower.isEmpty { parts.append("\(below) at \(DisplayText.list(lower))") }
    if !same.isEmpty { parts.append("no difference detected at \(exits(same))") }
    if !unknown.isEmpty { parts.append("no interval at \(exits(unknown))") }
    return parts.joined(separator: "; ")
  }

  /// At how many exits each model's interval lies above 0, and the numbers.
  private func againstZero(
    _ claim: String, above: String, below: String, _ path: (ExitFaithfulness) -> Estimate?
  ) -> Fields? {
    let measured = arms.map { name, arm in
      (name, arm.exits.compactMap { exit in path(exit).map { (exit.exit, $0) } })
    }.filter { !$0.1.isEmpty }
    let counts = measured.map { name, estimates in
      "at \(estimates.count { ($0.1.low ?? 0) > 0 }) of \(estimates.count) exits (\(name))"
    }
    return sentence(
      "\(claim) \(counts.joined(separator: ", ")).",
      measured.map { name, estimates in
        "\(name.capitalizedFirst): \(list(estimates, above: above, below: below))."
      })
  }

  private var betweenModels: Fields? {
    guard let paired = result.faithfulness?.paired else { return nil }
    if let premise = result.paired?.mapPremise {
      return sentence(
        "EGT against baseline: not compared.", ["\(DisplayText.text(premise.reason, limit: 300))."])
    }
    let measures: [(String, (PairedFaithfulness) -> Estimate?)] = [
      ("Deletion and insertion", { $0.advantage }), ("ROAD", { $0.roadGap }),
    ]
    let isOverRuns = result.faithfulness!.arePairedOverRuns
    let scope =
      RunWords.scope(isOverRuns: isOverRuns, result)
      + (isOverRuns ? "" : ", the training runs held fixed")
    let clear = paired.filter {
      $0.advantage?.excludesZero == true || $0.roadGap?.excludesZero == true
    }
    return sentence(
      "EGT against baseline: a difference at \(clear.count) of \(paired.count) exits.",
      ["Intervals are \(scope)."]
        + measures.compactMap { name, path in
          let estimates = paired.compactMap { exit in path(exit).map { (exit.exit, $0) } }
          guard !estimates.isEmpty else { return nil }
          return "\(name): \(list(estimates, above: "higher with EGT", below: "lower with EGT"))."
        })
  }

  /// The largest correlation that is left when everything up to an exit is random.
  private var randomWeights: Fields? {
    let largest = arms.compactMap {
      name, arm -> (name: String, exit: Int, stage: RandomizedStage)? in
      let last = arm.exits.compactMap { exit in
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

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
