import Analysis

/// Answers after removal with imputation, by share of pixels: probability, and accuracy below it.
enum RoadTable {
  private struct Row: Sendable {
    var owner: RowOwner
    var exit: Int
    var order: String
    var curve: RoadCurve
  }

  static func fields(_ context: ReportContext) -> Fields {
    let exits = context.result.models.flatMap { model in
      (model.faithfulness?.exits ?? []).compactMap { exit in
        exit.road.map { (owner: context.owner(model.index), exit: exit.exit, road: $0) }
      }
    }
    let fractions = exits.first?.road.fractions ?? []
    let rows = exits.filter { $0.road.fractions.count == fractions.count }.flatMap { exit in
      [
        Row(
          owner: exit.owner, exit: exit.exit, order: "most attended",
          curve: exit.road.mostRelevantFirst),
        Row(
          owner: exit.owner, exit: exit.exit, order: "least attended",
          curve: exit.road.leastRelevantFirst),
      ]
    }
    let points = fractions.indices.map { point in
      Column<Row>(
        "at_\(point)", "\(NumberFormat.percent(fractions[point], 0)) %", nil, .fixed(2),
        hasBounds: true
      ) { row in
        .estimate(
          Estimate(row.curve.probabilities[point]),
          note: NumberFormat.percent(row.curve.accuracies[point]))
      }
    }
    return Table(
      [.text("order", "Removed") { $0.order }] + points, rows: rows,
      layout: TableLayout(
        id: "road-table", label: "Table: ROAD by share of pixels removed",
        caption: """
          Mean probability of the answer, and accuracy against the label in per cent below it, after so many per cent \
          of the pixels were removed and imputed; \(FaithfulnessTable.samples(context)).
          """, files: ["faithfulness-curves.csv"], isDense: true,
        group: { context.group(exit: $0.exit) }, head: { $0.owner.head })
    ).pageFields
  }
}
