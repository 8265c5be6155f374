import Analysis

/// What the page found, in sentences: numbers with their intervals, and no difference where none was detected.
struct DisagreementFindings {
  private let disagreement: Disagreement
  private let context: ReportContext

  init(_ disagreement: Disagreement, _ context: ReportContext) {
    self.disagreement = disagreement
    self.context = context
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
      case .higher: "At the final exit, EGT is right about more images."
      case .lower: "At the final exit, EGT is right about fewer images."
      case .notDetected, nil:
        "At the final exit, no difference detected in how many images the models are right about."
      }
    let test = row.test
    let counts = [test.onlyBaselineRight, test.onlyEGTRight, test.bothRight, test.bothWrong]
      .map(NumberFormat.count)
    return sentence(
      claim,
      """
      Of \(context.sampleCountText), \(counts[0]) are answered rightly by the baseline alone and \(counts[1]) by EGT alone, \
      \(counts[2]) by both and \(counts[3]) by neither: EGT minus baseline \(points(row.difference)), McNemar’s exact \
      \(NumberFormat.p(test.p)).
      """)
  }

  private var otherPlaces: Fields? {
    guard let table = disagreement.tables.first else { return nil }
    let rows = table.rows.dropLast().dropLast() + table.rows.suffix(1)
    let places = rows.map { row in
      if case .exit(let exit) = row.place { return ("exit \(exit)", row.difference, row.finding) }
      return ("leaving", row.difference, row.finding)
    }
    let numbers = places.map { name, difference, _ in "\(name) \(points(difference))" }
    return sentence(
      "At the early exits and where images leave: "
        + list(
          places, higher: "EGT is right more often at", lower: "EGT is right less often at",
          neither: "no difference detected at"),
      "EGT minus baseline: \(numbers.joined(separator: ", ")).")
  }

  private typealias Place = (name: String, difference: Estimate, finding: Finding?)

  /// A sentence of places by what was found there.
  private func list(
    _ places: [Place], higher: String, lower: String, neither: String, withNumbers: Bool = false
  ) -> String {
    let parts = [(higher, Finding.higher), (lower, .lower), (neither, .notDetected)].compactMap {
      words, finding -> String? in
      let found = places.filter { ($0.finding ?? .notDetected) == finding }
      guard !found.isEmpty else { return nil }
      let names = found.map { place in
        withNumbers && finding != .notDetected
          ? "\(place.name) (\(points(place.difference)))" : place.name
      }
      return "\(words) \(DisplayText.list(names))"
    }
    return parts.joined(separator: "; ") + "."
  }

  private var goingOn: Fields? {
    guard !disagreement.baselineExits.isEmpty else { return nil }
    let samples = disagreement.samples
    let arms = [("Baseline", disagreement.baselineExits), ("EGT", disagreement.egtExits)]
    let sentences = arms.map { name, exits in
      let text = list(
        exits.map { ("exit \($0.exit)", $0.difference, $0.finding) },
        higher: "the final exit is right more often than",
        lower: "the final exit is right less often than", neither: "no difference detected from",
        withNumbers: true)
      return "\(name): \(text)"
    }
    return sentence(
      """
      Right at an early exit and wrong at the final one: \
      \(NumberFormat.counted(samples.baselineRightEarly.count, "image", "images")) (baseline), \
      \(NumberFormat.count(samples.egtRightEarly.count)) (EGT).
      """, sentences.joined(separator: " "))
  }

  private var sameAnswer: Fields? {
    // Maps of two kinds are not alike for a reason of their own.
    guard context.result.paired?.mapPremise == nil, let models = disagreement.models,
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
    let arms = [
      ("baseline", disagreement.baselineConfidence), ("EGT", disagreement.egtConfidence),
    ]
    func text(_ name: String, _ errors: ConfidentErrors) -> String {
      guard let share = errors.share else { return "\(name) gives no answer that sure" }
      return "\(name) \(NumberFormat.count(errors.confidentWrong)) of "
        + "\(NumberFormat.count(errors.confident)), \(percent(share))"
    }
    let final = arms.compactMap { name, errors in
      errors.dropLast().last.map { text(name, $0) }
    }
    let leaving = arms.compactMap { name, errors in errors.last.map { text(name, $0) } }
    guard !final.isEmpty else { return nil }
    return sentence(
      "Wrong with a confidence of \(NumberFormat.fixed(context.result.threshold, 2)) or more.",
      "Of answers that sure at the final exit, wrong are: \(final.joined(separator: "; ")). "
        + "Where images leave: \(leaving.joined(separator: "; ")).")
  }
}
