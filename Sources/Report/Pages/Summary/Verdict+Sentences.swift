import Analysis

/// How a sentence of the verdict is put together, for one model, two and many.
extension Verdict {
  /// A question about differences from the reference, with its answers' words. An answer about one comparison begins
  /// with "With NAME, ".
  struct Question {
    /// Before the models grouped by answer: "Accuracy at the final exit".
    var topic: String
    var higher: String
    var lower: String
    var none: String
    /// Where there is no interval, and of a model alone.
    var unknown: String
    /// Whether it is withheld where maps may not be compared.
    var isAboutMaps: Bool
    /// A model − the reference.
    var difference: (Int) -> Number?
  }

  /// The answer, and each model's own number with its difference from the reference.
  /// - Parameter value: a model's own number with its interval; nil where it has none.
  func sentence(
    _ question: Question, _ lead: String, unit: String = "", _ format: (Double?) -> String,
    _ href: String, _ link: String, note: String = "", value: (Int) -> String?
  ) -> Fields {
    sentence(
      claim(question), lead, question.difference, unit: unit, format, href, link, note: note,
      value: value)
  }

  func sentence(
    _ claim: String, _ lead: String, _ difference: (Int) -> Number?, unit: String = "",
    _ format: (Double?) -> String, _ href: String, _ link: String, note: String = "",
    value: (Int) -> String?
  ) -> Fields {
    let parts = context.models.compactMap { model -> String? in
      guard let own = value(model) else { return nil }
      let from =
        model == 0
        ? "" : self.difference(difference(model), model, unit: unit, format)
      let name = context.name(model)
      return (isAlone ? "" : isPair ? "\(name) " : "\(name): ") + own + from
    }
    guard !isAlone && !isPair else {
      return sentence(claim, "\(lead): \(parts.joined(separator: "; ")).\(note)", href, link)
    }
    guard parts.count <= ReportContext.drawnLimit else {
      return sentence(
        claim, "\(lead): the table has all \(NumberFormat.count(parts.count)) models.\(note)", href,
        link)
    }
    return sentence(claim, "\(lead).\(note)", href, link, items: parts)
  }

  func sentence(
    _ claim: String, _ numbers: String, _ href: String, _ link: String, items: [String] = []
  ) -> Fields {
    [
      "claim": .text(claim), "numbers": .text(numbers), "href": .text(href), "link": .text(link),
      "hasItems": .flag(!items.isEmpty), "items": .list(items.map { ["text": .text($0)] }),
    ]
  }

  /// The wording that the intervals allow.
  private func claim(_ question: Question) -> String {
    if isPair, let comparison = result.comparisons.first { return claim(question, comparison) }
    var findings = FindingList()
    for comparison in context.compared
    where !(question.isAboutMaps && comparison.paired?.mapPremise != nil) {
      guard let number = question.difference(comparison.model) else { continue }
      findings.add(.named(context.name(comparison.model)), number.finding)
    }
    guard !findings.isEmpty else { return question.unknown }
    return "\(question.topic), against \(reference): \(findings.text(.with("higher", "lower")))."
  }

  /// Where runs differ too much for a claim about the training, what holds for the networks at hand is said as that.
  private func claim(_ question: Question, _ comparison: Comparison) -> String {
    let number = question.difference(comparison.model)
    let name = context.name(comparison.model)
    switch number?.finding {
    case .higher: return "With \(name), \(question.higher)"
    case .lower: return "With \(name), \(question.lower)"
    case .notDetected:
      guard let number, number.isOverRuns, let networks = number.imageFinding,
        networks != .notDetected
      else { return question.none }
      return question.none + " These \(result.models.map(\.seeds.count).reduce(0, +)) networks "
        + "differ, but their runs scatter too much for more."
    case nil: return question.unknown
    }
  }

  /// "; difference +0.300 [+0.288, +0.312] over images"
  func difference(
    _ number: Number?, _ model: Int, unit: String, _ format: (Double?) -> String
  ) -> String {
    guard let number else { return "" }
    let scope = RunWords.scope(isOverRuns: number.isOverRuns, result.comparison(of: model))
    let interval = NumberFormat.interval(number.widest, format).map { " \($0) \(scope)" } ?? ""
    return "; difference \(format(number.widest.value))\(unit)\(interval)"
  }

  /// "0.744 ± 0.010 [0.721, 0.766]"
  func value(_ number: Number, _ format: (Double?, Int) -> String = NumberFormat.fixed) -> String {
    let interval = NumberFormat.interval(number.widest) { format($0, 3) }
    return format(number.value, 3)
      + plusMinus((number.runs?.deviation).map { NumberFormat.fixed($0) })
      + (interval.map { " \($0)" } ?? "")
  }

  /// "87.2 % [85.3, 88.9]"
  func percent(_ number: Number) -> String {
    let interval = NumberFormat.interval(number.widest) { NumberFormat.percent($0) }
    return NumberFormat.percent(number.value)
      + plusMinus((number.runs?.deviation).map { NumberFormat.percent($0) }) + "\u{A0}%"
      + (interval.map { " \($0)" } ?? "")
  }

  /// " ± 0.010"; nothing with a single run.
  private func plusMinus(_ deviation: String?) -> String {
    deviation.map { "\u{A0}±\u{A0}\($0)" } ?? ""
  }
}
