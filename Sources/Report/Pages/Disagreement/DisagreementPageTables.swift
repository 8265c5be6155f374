import Analysis

/// The tables of a comparison's disagreement page: parts of `DisagreementTable`.
struct DisagreementPageTables {
  private typealias Row = DisagreementTable.Row

  private let disagreement: Disagreement
  private let comparison: Comparison
  private let context: ReportContext
  private let table: Table<Row>

  init(_ disagreement: Disagreement, of comparison: Comparison, _ context: ReportContext) {
    self.disagreement = disagreement
    self.comparison = comparison
    self.context = context
    table = Table(DisagreementTable.columns, rows: DisagreementTable.rows(comparison, context))
  }

  private static let answers = [
    "both_right", "only_first_right", "only_second_right", "both_wrong", "difference", "p",
    "holm_p",
  ]

  private var reference: String { context.name(comparison.reference) }
  private var model: String { context.name(comparison.model) }
  private var threshold: String { NumberFormat.fixed(context.result.threshold, 2) }

  /// The 2×2 counts, one table a pair of runs.
  var models: [Fields] {
    disagreement.tables.enumerated().map { index, pair in
      let runs = disagreement.tables.count == 1 ? "" : ", \(self.runs(pair))"
      let names = [reference, model]
      var part = part(
        Self.answers, kinds: [.models],
        id: index == 0 ? "table-models" : "table-models-\(index + 1)",
        label: "Table: right and wrong answers of the two models\(runs)",
        caption: """
          Right and wrong answers of the two models to the same \(context.sampleCountText)\(runs). Δ: the accuracy of \
          \(model) minus that of \(reference) in points, 95\u{A0}% interval over images, the networks held fixed; bold \
          where that excludes 0 and McNemar’s p is below 0.05 before adjustment. Holm: p adjusted over the exits. \
          Leaving: at the first exit with a confidence of \(threshold).
          """)
      part.rows.removeAll { $0.runs! != (pair.reference, pair.model) }
      for (column, name) in zip([1, 2], names) {
        part.columns[column] = part.columns[column].titled("Only \(name)", "right")
      }
      // A row an exit, both models in it.
      let group = part.layout!.group!
      part.layout!.group = nil
      part.layout!.rowColumn = "Exit"
      part.layout!.head = { row in
        let head = group(row)
        return RowHead(head.name + (head.isMean ? " \(head.detail)" : ""))
      }
      return part.pageFields
    }
  }

  /// "run 2 of Baseline (seed 5) and run 1 of EGT (seed 5)"
  private func runs(_ table: CorrectnessTable) -> String {
    func run(_ number: Int, _ index: Int) -> String {
      let seeds = context.result.models[index].seeds
      let seed = seeds.indices.contains(number - 1) ? seeds[number - 1] : nil
      return "run \(number) of \(context.name(index))" + (seed.map { " (seed \($0))" } ?? "")
    }
    return run(table.reference, comparison.reference) + " and " + run(table.model, comparison.model)
  }

  /// Each early exit against the final one, both models.
  var exits: Fields {
    part(
      Self.answers, kinds: [.exitAgainstFinal], id: "table-exits",
      label: "Table: each early exit against the final one",
      caption: """
        Answers of each early exit against the same model’s final exit, \(context.sampleCountText). Δ: the final exit’s \
        accuracy minus the early one’s in points, 95\u{A0}% interval over images; bold where that excludes 0 and \
        McNemar’s p is below 0.05 before adjustment. Holm: p adjusted over a model’s early exits.
        """
    ).pageFields
  }

  /// Maps under the same answer: exits against the final one, and model against model.
  var sameAnswer: Fields {
    var part = part(
      ["same_answer", "elsewhere", "elsewhere_share", "elsewhere_chance", "null"],
      kinds: [.exitAgainstFinal, .sameAnswerOfBoth], id: "table-same",
      label: "Table: the same answer from elsewhere",
      caption: """
        Images to which both exits give the same answer, and of them those whose two maps agree no better than maps of \
        different images do on average (cosine at most the null); 95\u{A0}% Wilson intervals. By chance: the same share of \
        pairs of different images. Only images with both maps defined. A dash: no such image.
        """)
    let both = part.rows.filter { $0.kind == .sameAnswerOfBoth }
    part.rows = part.rows.filter { $0.kind != .sameAnswerOfBoth } + both
    part.layout!.group = { row in
      row.place?.exit.map { GroupHead("Exit \($0)", "against final") }
        ?? GroupHead("Final exits", "of the two models", isMean: true)
    }
    part.layout!.head = { $0.kind == .sameAnswerOfBoth ? RowHead("Both") : $0.owner.head }
    return part.pageFields
  }

  /// Wrong answers of high confidence.
  var confidence: Fields {
    part(
      ["confident", "confident_wrong", "confident_wrong_share", "wrong"], kinds: [.confident],
      id: "table-confident", label: "Table: confident and wrong",
      caption: """
        Answers with a confidence of \(threshold) or more, and of them the wrong ones, \(context.sampleCountText); 95\u{A0}% \
        Wilson intervals of their share. A dash: no answer that sure.
        """
    ).pageFields
  }

  private func part(
    _ keys: [String], kinds: [DisagreementTable.Kind], id: String, label: String, caption: String
  ) -> Table<Row> {
    let (context, last, threshold) = (
      context, context.result.models[comparison.model].exits.count, threshold
    )
    return Table(
      table.columns(keys), rows: table.rows.filter { kinds.contains($0.kind) },
      layout: TableLayout(
        id: id, label: label, caption: caption, files: ["disagreement.csv"],
        group: { row in
          guard let exit = row.place?.exit else {
            return GroupHead("Leaving", "confidence \(threshold)", isMean: true)
          }
          return GroupHead("Exit \(exit)" + (exit == last ? ", final" : ""))
        }, head: { $0.owner.head }))
  }
}
