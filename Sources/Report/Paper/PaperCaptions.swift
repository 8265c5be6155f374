import Analysis

/// Sentences that several captions have.
struct PaperCaptions {
  private let context: ReportContext
  private var result: AuditResult { context.result }

  init(_ context: ReportContext) { self.context = context }

  /// "fashion-mnist (1,364 test images)"
  var data: String { "\(context.title) (\(context.sampleCountText))" }

  static let imageIntervals =
    "In brackets: 95 % intervals over images, the training runs held fixed."

  /// What stands beside a model's numbers: models with several runs have ±, others brackets.
  var intervals: String {
    let several = result.models.filter { $0.seeds.count > 1 }
    guard let most = several.map(\.seeds.count).max() else { return Self.imageIntervals }
    let spread = "±: standard deviation over "
    if several.count < result.models.count {
      return spread + "\(most) training runs. " + Self.imageIntervals
    }
    let counts = several.map(\.seeds.count)
    guard counts.min() != most else { return spread + "\(most) training runs." }
    guard several.count <= ReportContext.drawnLimit else {
      return spread + "\(NumberFormat.range(counts)) training runs."
    }
    let each = several.map { "\($0.seeds.count) \(context.name($0.index))" }
    return spread + "\(DisplayText.list(each)) training runs."
  }

  private var unpaired: String {
    result.models.count == 1
      ? "" : "The \(result.models.count == 2 ? "two " : "")models saw different images."
  }

  /// What the intervals of differences are over.
  var differences: String {
    guard !context.compared.isEmpty else { return unpaired }
    return """
      \(context.deltaText), with its 95 % interval \(RunWords.scope(result, context.sampleCountText)); bold where that \
      excludes 0 and the test rejects at 0.05.
      """
  }

  /// What stands in its place where the maps of every comparison may not be compared.
  var premise: String? {
    let premises = context.compared.compactMap(\.paired?.mapPremise)
    guard !premises.isEmpty, premises.count == context.compared.count else { return nil }
    return
      "\(context.deltaText); no conclusion is drawn: \(DisplayText.text(premises[0].reason, limit: 300))."
  }

  /// The same where intervals are over images only.
  var imageDifferences: String {
    context.compared.isEmpty
      ? unpaired : "\(context.deltaText), bold where its interval excludes 0."
  }
}
