import Analysis

/// What the page found about a model and the reference, in sentences: numbers with their intervals, and no difference
/// where none was detected.
struct DisagreementFindings {
  private let disagreement: Disagreement
  private let comparison: Comparison
  private let context: ReportContext
  private let reference: String
  private let other: String

  init(_ disagreement: Disagreement, of comparison: Comparison, _ context: ReportContext) {
    self.disagreement = disagreement
    self.comparison = comparison
    self.context = context
    reference = context.name(0)
    other = context.name(comparison.model)
  }

  /// Fields `claim` and `numbers` each.
  var sentences: [Fields] {
    [finalExits, otherPlaces, goingOn, sameAnswer, confidentErrors].compactMap { $0 }
  }

  private func sentence(_ claim: String, _ numbers: String) -> Fields {
    ["claim": .text(claim), "numbers": .text(numbers)]
  }

  /// "+1.2 points [+0.1, +2.3]"
  private func points(_ estimate: Estimate) -> String {
    NumberFormat.withInterval(estimate, unit: " points") { NumberFormat.points($0) }
  }

  /// "12.3 % [10.1, 14.5]"
  private func percent(_ share: Estimate) -> String {
    NumberFormat.withInterval(share, unit: "\u{A0}%") { NumberFormat.percent($0) }
  }

  private var finalExits: Fields? {
    guard let row = disagreement.tables.first?.final else { return nil }
    let claim =
      switch row.finding {
      case .higher: "At the final exit, \(other) is right about more images."
      case .lower: "At the final exit, \(other) is right about fewer images."
      case .notDetected, nil:
        "At the final exit, no difference detected in how many images the models are right about."
      }
    let test = row.test
    let counts = [test.onlyReferenceRight, test.onlyModelRight, test.bothRight, test.bothWrong]
      .map(NumberFormat.count)
    return sentence(
      claim,
      """
      Of \(context.sampleCountText), \(reference) alone is right about \(counts[0]) and \(other) alone about \
      \(counts[1]), both about \(counts[2]) and neither about \(counts[3]): \(other) minus \(reference) \
      \(points(row.difference)), McNemar’s exact \(NumberFormat.p(test.p)).
      """)
  }

  private var otherPlaces: Fields? {
    guard let table = disagreement.tables.first else { return nil }
    let rows = table.rows.dropLast().dropLast() + table.rows.suffix(1)
    var findings = FindingList()
    var numbers: [String] = []
    for row in rows {
      let finding = row.finding ?? .notDetected
      if case .exit(let exit) = row.place {
        findings.add(.exit(exit), finding)
        numbers.append("exit \(exit) \(points(row.difference))")
      } else {
        findings.add(.named("leaving"), finding)
        numbers.append("leaving \(points(row.difference))")
      }
    }
    let words = FindingList.Words(
      higher: "\(other) is right more often at", lower: "\(other) is right less often at")
    return sentence(
      "At the early exits and where images leave: \(findings.text(words)).",
      "\(other) minus \(reference): \(numbers.joined(separator: ", ")).")
  }

  private var goingOn: Fields? {
    guard !disagreement.referenceExits.isEmpty else { return nil }
    let samples = disagreement.samples
    let words = FindingList.Words(
      higher: "the final exit is right more often than",
      lower: "the final exit is right less often than", notDetected: "no difference detected from")
    let sentences = [
      (reference, disagreement.referenceExits), (other, disagreement.modelExits),
    ].map { name, exits in
      var findings = FindingList()
      for exit in exits {
        findings.add(.exit(exit.exit), exit.finding ?? .notDetected, points(exit.difference))
      }
      return "\(name): \(findings.text(words))."
    }
    return sentence(
      """
      Right at an early exit and wrong at the final one: \
      \(NumberFormat.counted(samples.referenceRightEarly.count, "image", "images")) (\(reference)), \
      \(NumberFormat.count(samples.modelRightEarly.count)) (\(other)).
      """, sentences.joined(separator: " "))
  }

  private var sameAnswer: Fields? {
    // Maps of two kinds are not alike for a reason of their own.
    guard comparison.paired?.mapPremise == nil, let models = disagreement.models,
      let share = models.share, let chance = models.chance
    else { return nil }
    return sentence(
      """
      Where both final exits give the same answer, \(NumberFormat.percent(share.value))\u{A0}% of images have maps no more \
      alike than maps of different images.
      """,
      """
      \(NumberFormat.count(models.elsewhere)) of \(NumberFormat.count(models.count)) images: \(percent(share)); of pairs of \
      different images \(NumberFormat.percent(chance))\u{A0}%. A share near that, roughly one half, means that the \
      two models’ maps have nothing to do with each other.
      """)
  }

  private var confidentErrors: Fields? {
    let models = [
      (reference, disagreement.referenceConfidence), (other, disagreement.modelConfidence),
    ]
    func text(_ name: String, _ errors: ConfidentErrors) -> String {
      guard let share = errors.share else { return "\(name) gives no answer that sure" }
      return "\(name) \(NumberFormat.count(errors.confidentWrong)) of "
        + "\(NumberFormat.count(errors.confident)), \(percent(share))"
    }
    let final = models.compactMap { name, errors in
      errors.dropLast().last.map { text(name, $0) }
    }
    let leaving = models.compactMap { name, errors in errors.last.map { text(name, $0) } }
    guard !final.isEmpty else { return nil }
    return sentence(
      "Wrong with a confidence of \(NumberFormat.fixed(context.result.threshold, 2)) or more.",
      "Of answers that sure at the final exit, wrong are: \(final.joined(separator: "; ")). "
        + "Where images leave: \(leaving.joined(separator: "; ")).")
  }
}
