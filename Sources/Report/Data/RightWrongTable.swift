import Analysis

/// Consistency of right and of wrong answers, exit by exit: `correctness.csv`, and a table of the consistency page.
enum RightWrongTable {
  struct Row: Sendable {
    var owner: RowOwner
    var exit: Int
    /// nil where all answers are right, or all wrong.
    var result: CorrectnessResult?
  }

  static func table(_ context: ReportContext) -> Table<Row> {
    Table(
      [
        .model { $0.owner }, .integer("exit", in: .data) { $0.exit },
        .integer("right_n", "n", "right") { $0.result?.rightN },
        .number("right_cosine", "Consistency", "right") { $0.result?.right },
        .integer("wrong_n", "n", "wrong") { $0.result?.wrongN },
        .number("wrong_cosine", "Consistency", "wrong") { $0.result?.wrong },
        Column("difference", "Difference", "right − wrong", hasBounds: true) {
          .difference($0.result?.difference)
        },
        .estimate(
          "auroc", "AUROC", help: "Whether consistency tells right answers from wrong ones."
        ) { $0.result?.auroc },
      ],
      rows: context.result.models.flatMap { model in
        model.exits.dropLast().map {
          Row(owner: context.owner(model.index), exit: $0.exit, result: $0.correctness)
        }
      }, writers: { $0.result == nil ? .page : .all },
      layout: TableLayout(
        id: "correctness", label: "Table: consistency of right and wrong answers",
        caption: """
          Mean consistency of the samples that the exit answers rightly and wrongly, their difference (bold where its \
          interval excludes 0), and the probability that a right answer’s consistency exceeds a wrong one’s (AUROC; 0.5 \
          says nothing). 95\u{A0}% intervals in brackets, to first order.
          """, files: ["correctness.csv"], group: { context.group(exit: $0.exit) },
        head: { $0.owner.head }))
  }
}
