import Analysis

/// What a sweep shows, setting by setting, in sentences that rest on intervals.
enum ExperimentFindings {
  /// The aim that a setting is held against: agreement higher in cosine and in centred correlation, accuracy and spread
  /// not lower.
  private static func meetsTheAim(_ row: Experiment.Row) -> Bool {
    guard let paired = row.paired, let final = paired.exits.last else { return false }
    return paired.mean.cosine?.finding == .higher && paired.mean.centred?.finding == .higher
      && final.accuracy?.finding != .lower && final.spread?.finding != .lower
  }

  /// Codes raised about a setting's maps that make its agreement say little.
  private static func doubts(_ row: Experiment.Row) -> [String] {
    ["COLLAPSE", "FLATTENED", "NO-EXCESS", "SAME-MAP"].filter { code in
      row.flags.contains { $0.code == code }
    }
  }

  /// "1 of 6 settings raises", "2 of 6 settings raise".
  private static func counted(
    _ some: [Experiment.Row], of all: [Experiment.Row], _ one: String, _ several: String
  ) -> String {
    "\(some.count) of \(all.count) settings \(some.count == 1 ? one : several)"
  }

  static func list(_ experiment: Experiment) -> [Fields] {
    let settings = experiment.rows.filter { $0.paired != nil }
    guard !settings.isEmpty else { return [] }
    let tried = settings.filter { $0.paired?.mapPremise == nil }
    return notCompared(settings) + (tried.isEmpty ? [] : maps(tried)) + [accuracy(settings)]
  }

  /// What settings do to the agreement of maps.
  /// - Parameter tried: those whose maps may be compared, at least one.
  private static func maps(_ tried: [Experiment.Row]) -> [Fields] {
    var findings: [Fields] = []
    let meeting = tried.filter(meetsTheAim)
    findings.append([
      "claim": .text(
        meeting.isEmpty
          ? "No setting raises agreement without a cost that was detected."
          : "\(counted(meeting, of: tried, "raises", "raise")) agreement at no detected cost."),
      "numbers": .text(
        """
        Held against: cosine and centred correlation higher, final accuracy and the final map’s spread not \
        lower, each by its test at 0.05 \(ExperimentTables.scope(tried)). \
        \(meeting.isEmpty ? "" : DisplayText.list(meeting.map(ExperimentTables.name)) + ".")
        """),
    ])
    if let best = meeting.max(by: { gain($0) < gain($1) }), let centred = best.paired?.mean.centred
    {
      let interval = NumberFormat.interval(centred.interval) { NumberFormat.signed($0) } ?? ""
      findings.append([
        "claim": .text(
          "Of these, \(ExperimentTables.name(best)) has the largest gain in centred correlation."),
        "numbers": .text(
          """
          \(NumberFormat.signed(centred.interval.value)) \(interval). Chosen by these very images, so its gain is \
          somewhat flattered: it is the best of \(tried.count).
          """),
      ])
    }
    let doubtful = meeting.filter { !doubts($0).isEmpty }
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
          \(DisplayText.list(doubtful.map { "\(ExperimentTables.name($0)) (\(DisplayText.list(doubts($0))))" })).
          """),
      ])
    }
    let flattening = tried.filter { $0.paired?.exits.last?.spread?.finding == .lower }
    if !flattening.isEmpty {
      findings.append([
        "claim": .text(
          "\(counted(flattening, of: tried, "flattens", "flatten")) the final map."),
        "numbers": .text(
          """
          Its spread falls, so a part of their gain in cosine is the final exit giving way: \
          \(DisplayText.list(flattening.map(ExperimentTables.name))).
          """),
      ])
    }
    return findings
  }

  /// What they cost.
  private static func accuracy(_ settings: [Experiment.Row]) -> Fields {
    let costly = settings.filter { $0.paired?.exits.last?.accuracy?.finding == .lower }
    return [
      "claim": .text(
        costly.isEmpty
          ? "No loss of final accuracy was detected."
          : "\(counted(costly, of: settings, "loses", "lose")) final accuracy."),
      "numbers": .text(
        costly.isEmpty
          ? "That is not proof of none: the intervals below say how large a loss they leave open."
          : DisplayText.list(costly.map(ExperimentTables.name)) + "."),
    ]
  }

  /// Settings whose maps are of another kind or another grid than their baseline's; nothing is said of their maps.
  private static func notCompared(_ settings: [Experiment.Row]) -> [Fields] {
    let rows = settings.filter { $0.paired?.mapPremise != nil }
    guard !rows.isEmpty else { return [] }
    return [
      [
        "claim": .text(
          "\(counted(rows, of: settings, "is", "are")) not compared with the baseline, for their maps differ in more "
            + "than the training."),
        "numbers": .text(
          rows.map { row in
            "\(ExperimentTables.name(row)): "
              + "\(DisplayText.text(row.paired?.mapPremise?.reason ?? "", limit: 300))."
          }.joined(separator: " ")),
      ]
    ]
  }

  private static func gain(_ row: Experiment.Row) -> Double {
    row.paired?.mean.centred?.interval.value ?? -.infinity
  }
}
