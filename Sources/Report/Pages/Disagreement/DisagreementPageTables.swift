import Analysis

/// The tables of a comparison's disagreement page.
struct DisagreementPageTables {
  private let disagreement: Disagreement
  private let comparison: Comparison
  private let context: ReportContext

  init(_ disagreement: Disagreement, of comparison: Comparison, _ context: ReportContext) {
    self.disagreement = disagreement
    self.comparison = comparison
    self.context = context
  }

  private var reference: String { context.name(comparison.reference) }
  private var model: String { context.name(comparison.model) }

  /// A row each of the reference and of the model.
  private func rows(
    _ first: [GroupedTable.Cell]?, _ second: [GroupedTable.Cell]?
  ) -> [GroupedTable.Row] {
    zip([comparison.reference, comparison.model], [first, second]).compactMap { index, cells in
      cells.map {
        .model(context.name(index), series: context.drawn.firstIndex(of: index), $0)
      }
    }
  }

  private var threshold: String { NumberFormat.fixed(context.result.threshold, 2) }

  /// "0.012", "< 0.001"
  private func p(_ value: Double?) -> String {
    guard let value else { return NumberFormat.missing }
    return value < 0.001 ? "<\u{A0}0.001" : NumberFormat.fixed(value)
  }

  private func points(_ estimate: Estimate, _ finding: Finding?) -> GroupedTable.Cell {
    GroupedTable.Cell(
      value: NumberFormat.points(estimate.value),
      interval: NumberFormat.interval(estimate) { NumberFormat.points($0) },
      isClear: finding == .higher || finding == .lower)
  }

  private func share(_ estimate: Estimate?) -> GroupedTable.Cell {
    .number(estimate) { NumberFormat.percent($0) }
  }

  /// The 2×2 counts, one table a pair of runs.
  var models: [Fields] {
    disagreement.tables.enumerated().map { index, table in
      let isAlone = disagreement.tables.count == 1
      let runs = isAlone ? "" : ", \(self.runs(table))"
      return GroupedTable(
        id: index == 0 ? "table-models" : "table-models-\(index + 1)",
        label: "Table: right and wrong answers of the two models\(runs)",
        caption: """
          Right and wrong answers of the two models to the same \(context.sampleCountText)\(runs). Δ: the accuracy of \(model) minus \
          that of \(reference) in points, 95\u{A0}% interval over images, the networks held fixed; bold where that excludes 0 and \
          McNemar’s p is below 0.05 before adjustment. Holm: p adjusted over the exits. Leaving: at the first exit \
          with a confidence of \(threshold).
          """,
        columns: [
          .init("Both right"), .init("Only \(reference)", "right"), .init("Only \(model)", "right"),
          .init("Both wrong"), .init("Δ", "points"), .init("McNemar’s p"), .init("Holm’s p"),
        ],
        groups: table.rows.map { row in
          let test = row.test
          return GroupedTable.Group(
            name: name(row.place), detail: detail(row.place),
            rows: [
              .other(
                "both",
                [
                  .count(test.bothRight), .count(test.onlyReferenceRight),
                  .count(test.onlyModelRight), .count(test.bothWrong),
                  points(row.difference, row.finding), .init(value: p(test.p)),
                  .init(value: p(row.holmP)),
                ])
            ])
        }
      ).fields
    }
  }

  /// "run 2 of the baseline (seed 5), run 1 of EGT (seed 5)"
  private func runs(_ table: CorrectnessTable) -> String {
    func run(_ number: Int, _ name: String, _ arm: ModelResult) -> String {
      let seed = arm.seeds.indices.contains(number - 1) ? arm.seeds[number - 1] : nil
      return "run \(number) of \(name)" + (seed.map { " (seed \($0))" } ?? "")
    }
    return run(table.reference, reference, context.result.models[comparison.reference]) + " and "
      + run(table.model, model, context.result.models[comparison.model])
  }

  private func name(_ place: Place) -> String {
    if case .exit(let exit) = place { return "Exit \(exit)" }
    return "Leaving"
  }

  private func detail(_ place: Place) -> String {
    if case .exit(let exit) = place {
      return exit == context.result.models[comparison.model].exits.count ? "final" : ""
    }
    return "confidence \(threshold)"
  }

  /// Each early exit against the final one, both models.
  var exits: GroupedTable {
    func cells(_ exit: ExitAgainstFinal) -> [GroupedTable.Cell] {
      [
        .count(exit.bothRight), .count(exit.onlyExitRight), .count(exit.onlyFinalRight),
        .count(exit.bothWrong), points(exit.difference, exit.finding), .init(value: p(exit.p)),
        .init(value: p(exit.holmP)),
      ]
    }
    return GroupedTable(
      id: "table-exits", label: "Table: each early exit against the final one",
      caption: """
        Answers of each early exit against the same model’s final exit, \(context.sampleCountText). Δ: the final exit’s \
        accuracy minus the early one’s in points, 95\u{A0}% interval over images; bold where that excludes 0 and \
        McNemar’s p is below 0.05 before adjustment. Holm: p adjusted over a model’s early exits.
        """,
      columns: [
        .init("Both right"), .init("Lost", "right here only"),
        .init("Gained", "right at the end only"),
        .init("Both wrong"), .init("Δ", "points"), .init("McNemar’s p"), .init("Holm’s p"),
      ],
      groups: exitPairs.map { exit, first, second in
        GroupedTable.Group(
          name: "Exit \(exit)", detail: "", rows: rows(first.map(cells), second.map(cells)))
      })
  }

  /// Maps under the same answer: exits against the final one, and model against model.
  var sameAnswer: GroupedTable {
    func cells(_ same: SameAnswer?) -> [GroupedTable.Cell] {
      [
        .count(same?.count), .count(same?.null == nil ? nil : same?.elsewhere), share(same?.share),
        .number(same?.chance) { NumberFormat.percent($0) }, .number(same?.null),
      ]
    }
    let exits = exitPairs.map { exit, first, second in
      GroupedTable.Group(
        name: "Exit \(exit)", detail: "against final",
        rows: rows(
          first.map { cells($0.sameAnswer) }, second.map { cells($0.sameAnswer) }))
    }
    return GroupedTable(
      id: "table-same", label: "Table: the same answer from elsewhere",
      caption: """
        Images to which both exits give the same answer, and of them those whose two maps agree no better than maps of \
        different images do on average (cosine at most the null); 95\u{A0}% Wilson intervals. By chance: the same share of \
        pairs of different images. Only images with both maps defined. A dash: no such image.
        """,
      columns: [
        .init("Same answer", "images"), .init("From elsewhere", "images"), .init("Share", "%"),
        .init("By chance", "%"), .init("Null", "cosine"),
      ],
      groups: exits + [
        GroupedTable.Group(
          name: "Final exits", detail: "of the two models",
          rows: [.other("Both", cells(disagreement.models))])
      ])
  }

  /// Wrong answers of high confidence.
  var confidence: GroupedTable {
    func cells(_ errors: ConfidentErrors) -> [GroupedTable.Cell] {
      [
        .count(errors.confident), .count(errors.confidentWrong), share(errors.share),
        .count(errors.wrong),
      ]
    }
    return GroupedTable(
      id: "table-confident", label: "Table: confident and wrong",
      caption: """
        Answers with a confidence of \(threshold) or more, and of them the wrong ones, \(context.sampleCountText); 95\u{A0}% \
        Wilson intervals of their share. A dash: no answer that sure.
        """,
      columns: [
        .init("Confident", "answers"), .init("Of them wrong", "answers"), .init("Share", "%"),
        .init("All wrong", "answers"),
      ],
      groups: places.map { place in
        let (first, second) = (
          disagreement.referenceConfidence.first { $0.place == place },
          disagreement.modelConfidence.first { $0.place == place }
        )
        return GroupedTable.Group(
          name: name(place), detail: detail(place),
          rows: rows(first.map(cells), second.map(cells)))
      })
  }

  /// Early exits, from 1, of either model.
  private var exitPairs: [(exit: Int, first: ExitAgainstFinal?, second: ExitAgainstFinal?)] {
    let (first, second) = (disagreement.referenceExits, disagreement.modelExits)
    return (0..<max(first.count, second.count)).map { place in
      (
        place + 1, place < first.count ? first[place] : nil,
        place < second.count ? second[place] : nil
      )
    }
  }

  /// Of either model, exits in order and then where images leave.
  private var places: [Place] {
    let all =
      disagreement.referenceConfidence.map(\.place) + disagreement.modelConfidence.map(\.place)
    var places: [Place] = []
    for place in all where place != .earlyStop && !places.contains(place) { places.append(place) }
    return places + (all.contains(.earlyStop) ? [.earlyStop] : [])
  }
}
