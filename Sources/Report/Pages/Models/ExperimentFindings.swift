import Analysis

/// What many models show against the reference, in sentences that rest on intervals.
enum ExperimentFindings {
  /// The aim that a setting is held against: agreement higher in cosine and in centred correlation, accuracy and spread
  /// not lower.
  private static func meetsTheAim(_ comparison: Comparison, _ context: ReportContext) -> Bool {
    func finding(_ measure: Measure, _ place: Place) -> Finding? {
      context.numbers[measure, place, difference: comparison.model]?.finding
    }
    let final = Place.exit(context.result.models[comparison.model].exits.count)
    return finding(.cosine, .early) == .higher && finding(.centred, .early) == .higher
      && finding(.accuracy, final) != .lower && finding(.spread, final) != .lower
  }

  /// Codes raised about a model's maps that make its agreement say little.
  private static func doubts(_ comparison: Comparison, _ context: ReportContext) -> [String] {
    ["COLLAPSE", "FLATTENED", "NO-EXCESS", "SAME-MAP"].filter { code in
      context.result.flags.contains { $0.code == code && $0.model == comparison.model }
    }
  }

  /// "1 of 6 models raises", "2 of 6 models raise".
  private static func counted(
    _ some: [Comparison], of all: [Comparison], _ one: String, _ several: String
  ) -> String {
    "\(some.count) of \(all.count) models \(some.count == 1 ? one : several)"
  }

  static func list(_ context: ReportContext) -> [Fields] {
    let compared = context.compared
    guard !compared.isEmpty else { return [] }
    let tried = compared.filter { $0.paired?.mapPremise == nil }
    return notCompared(context) + (tried.isEmpty ? [] : maps(tried, context)) + [accuracy(context)]
  }

  /// What models do to the agreement of maps.
  /// - Parameter tried: those whose maps may be compared, at least one.
  private static func maps(_ tried: [Comparison], _ context: ReportContext) -> [Fields] {
    func names(_ comparisons: [Comparison]) -> String {
      DisplayText.list(comparisons.map { context.name($0.model) })
    }
    func gain(_ comparison: Comparison) -> Double {
      context.numbers[.centred, .early, difference: comparison.model]?.widest.value ?? -.infinity
    }
    var findings: [Fields] = []
    let meeting = tried.filter { meetsTheAim($0, context) }
    findings.append([
      "claim": .text(
        meeting.isEmpty
          ? "No model raises agreement without a cost that was detected."
          : "\(counted(meeting, of: tried, "raises", "raise")) agreement at no detected cost."),
      "numbers": .text(
        """
        Held against: cosine and centred correlation higher, final accuracy and the final map’s spread not \
        lower, each by its test at 0.05 \(ModelDifferences.scope(context)). \
        \(meeting.isEmpty ? "" : names(meeting) + ".")
        """),
    ])
    if let best = meeting.max(by: { gain($0) < gain($1) }),
      let centred = context.numbers[.centred, .early, difference: best.model]
    {
      let interval = NumberFormat.interval(centred.widest) { NumberFormat.signed($0) } ?? ""
      findings.append([
        "claim": .text(
          "Of these, \(context.name(best.model)) has the largest gain in centred correlation."),
        "numbers": .text(
          """
          \(NumberFormat.signed(centred.widest.value)) \(interval). Chosen by these very images, so its gain is \
          somewhat flattered: it is the best of \(tried.count).
          """),
      ])
    }
    let doubtful = meeting.filter { !doubts($0, context).isEmpty }
    if !doubtful.isEmpty {
      findings.append([
        "claim": .text(
          doubtful.count == meeting.count
            ? "But alerts question what that agreement is worth."
            : "But for \(doubtful.count) of them alerts question what the agreement is worth."),
        "numbers": .text(
          """
          A map that is flat, or the same for every image, is easy to agree with, and agreement that another image’s \
          map gives as well is not about the image: \
          \(DisplayText.list(doubtful.map { "\(context.name($0.model)) (\(DisplayText.list(doubts($0, context))))" })).
          """),
      ])
    }
    let flattening = tried.filter { comparison in
      let final = Place.exit(context.result.models[comparison.model].exits.count)
      return context.numbers[.spread, final, difference: comparison.model]?.finding == .lower
    }
    if !flattening.isEmpty {
      findings.append([
        "claim": .text(
          "\(counted(flattening, of: tried, "flattens", "flatten")) the final map."),
        "numbers": .text(
          """
          Its spread falls, so a part of their gain in cosine is the final exit giving way: \
          \(names(flattening)).
          """),
      ])
    }
    return findings
  }

  /// What they cost.
  private static func accuracy(_ context: ReportContext) -> Fields {
    let costly = context.compared.filter { comparison in
      let final = Place.exit(context.result.models[comparison.model].exits.count)
      return context.numbers[.accuracy, final, difference: comparison.model]?.finding == .lower
    }
    return [
      "claim": .text(
        costly.isEmpty
          ? "No loss of final accuracy was detected."
          : "\(counted(costly, of: context.compared, "loses", "lose")) final accuracy."),
      "numbers": .text(
        costly.isEmpty
          ? "That is not proof of none: the intervals below say how large a loss they leave open."
          : DisplayText.list(costly.map { context.name($0.model) }) + "."),
    ]
  }

  /// Models whose maps are of another kind or another grid than their reference's; nothing is said of their maps.
  private static func notCompared(_ context: ReportContext) -> [Fields] {
    let rows = context.compared.filter { $0.paired?.mapPremise != nil }
    guard !rows.isEmpty else { return [] }
    return [
      [
        "claim": .text(
          "The maps of \(counted(rows, of: context.compared, "are", "are")) not compared with the reference’s, for "
            + "they differ in more than the training."),
        "numbers": .text(
          rows.map { row in
            "\(context.name(row.model)): "
              + "\(DisplayText.text(row.paired?.mapPremise?.reason ?? "", limit: 300))."
          }.joined(separator: " ")),
      ]
    ]
  }
}
