import Analysis

/// What makes all confidences, or all choices made on validation answers, of a report doubtful: said at the top of the
/// pages that rest on them, and in place of their comparison.
struct AnswerNotices {
  private let context: ReportContext
  private var flags: [Flag] { context.result.flags }

  init(_ context: ReportContext) { self.context = context }

  /// Fields `code`, `title` and `href` each, for the top of a page.
  var fields: [Fields] {
    [FlagKind.probabilities, .validationIsTest].filter(isRaised).map {
      [
        "code": .text($0.rawValue), "title": .text(Self.title($0)),
        "href": .text("\(Page.index)#alerts"),
      ]
    }
  }

  /// Why nothing is said of what rests on confidences; nil where they are what they are called.
  var confidences: String? {
    guard isRaised(.probabilities) else { return nil }
    let models = Set(flags.filter { $0.kind == .probabilities }.compactMap(\.model)).sorted()
    let whose =
      context.models.count > 2 && !models.isEmpty
      ? ", \(DisplayText.list(models.map(context.name)))" : ""
    return "Reason: \(Self.title(.probabilities)) (\(FlagKind.probabilities.rawValue)\(whose))."
  }

  /// Whether settings and temperatures were chosen on the answers that score them.
  var isValidationTest: Bool { isRaised(.validationIsTest) }

  private func isRaised(_ kind: FlagKind) -> Bool { flags.contains { $0.kind == kind } }

  private static func title(_ kind: FlagKind) -> String { DisplayText.text(kind.title) }
}
