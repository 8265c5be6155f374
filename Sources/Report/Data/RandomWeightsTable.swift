import Analysis

/// Maps before and after parts of the network got random weights: `faithfulness-random-weights.csv`, and a table of the
/// faithfulness page.
enum RandomWeightsTable {
  struct Row: Sendable {
    var owner: RowOwner
    var exit: Int
    var stage: RandomizedStage
  }

  static func table(_ context: ReportContext) -> Table<Row> {
    Table(
      [
        .model { $0.owner }, .integer("exit", in: .data) { $0.exit },
        .integer("stage", "Parts random") { $0.stage.stage },
        .estimate("spearman", "Spearman") { $0.stage.spearman },
        Column("draws", "By draw", "lowest, highest", .fixed(2), in: .page) {
          .list([.number($0.stage.lowestDraw), .number($0.stage.highestDraw)])
        },
        .number("lowest_draw", in: .data) { $0.stage.lowestDraw },
        .number("highest_draw", in: .data) { $0.stage.highestDraw },
        .estimate("centred", "Centred r") { $0.stage.centred },
        .estimate("ssim", "SSIM") { $0.stage.structuralSimilarity },
        .integer("n", in: .data) { $0.stage.n },
        .integer("undefined", "Undefined", "maps") { $0.stage.undefined },
      ],
      rows: context.result.models.flatMap { model in
        (model.faithfulness?.exits ?? []).flatMap { exit in
          exit.randomized.map {
            Row(owner: context.owner(model.index), exit: exit.exit, stage: $0)
          }
        }
      },
      layout: TableLayout(
        id: "weights-table", label: "Table: maps under random weights",
        caption: """
          Similarity of an exit’s maps before and after parts got random weights, mean over draws and images; \
          \(FaithfulnessTable.samples(context)); 95\u{A0}% intervals over images in brackets.
          """, files: ["faithfulness-random-weights.csv"],
        group: { context.group(exit: $0.exit) }, head: { $0.owner.head }))
  }
}
