import Analysis

/// The tables of the consistency page about exits.
struct ConsistencyTables {
  private let context: ReportContext

  init(_ context: ReportContext) { self.context = context }

  /// Agreement and what chance gives.
  var chance: Table<PlaceRow> {
    table(
      id: "chance", label: "Table: agreement beyond the null",
      caption: """
        Cosine with the final exit’s map beside two nulls, over \(context.sampleCountText) and every training run, \
        undefined maps left out. \(context.ownSentence)\(context.deltaSentence)
        """,
      PlaceColumns.columns([
        "cosine", "null", "excess", "same_class_excess_null", "same_class_excess", "centred",
        "centred_null", "ceiling", "undefined_maps",
      ]).map { $0.key == "centred_null" ? $0.titled("Null of r", "other image") : $0 })
  }

  /// More columns do not fit the page.
  private static let mostColumns = 6

  /// The measures beside the cosine, as many to a table as fit.
  var measures: [Table<PlaceRow>] {
    var parts: [[Column<PlaceRow>]] = []
    for measure in Measure.agreement where ![.cosine, .centred].contains(measure) {
      let columns = PlaceColumns.of(measure)
      if let last = parts.last, last.count + columns.count <= Self.mostColumns {
        parts[parts.count - 1] += columns
      } else {
        parts.append(columns)
      }
    }
    return parts.enumerated().map { number, columns in
      table(
        id: number == 0 ? "measures" : "measures-\(number + 1)",
        label: "Table: other measures of agreement" + (number == 0 ? "" : ", part \(number + 1)"),
        caption: """
          Other measures of agreement with the final exit’s map\(number == 0 ? "" : ", continued"), each beside its null. \
          \(context.ownSentence)\(context.deltaSentence)
          """, columns)
    }
  }

  var concentration: Table<PlaceRow> {
    let grid = context.result.reference.sharedGrid
    return table(
      id: "spread", label: "Table: how concentrated maps are",
      caption: """
        How concentrated maps are\(grid.map { ", averaged over areas to \($0.description) cells" } ?? ""); the last \
        numbers are on the exit’s own grid, where exits do not compare. \(context.ownSentence)\(context.deltaSentence)
        """,
      PlaceColumns.of(.sharedSpread, .sharedEntropy, .gini)
        + PlaceColumns.of(.spread).map { $0.titled("Spread", "own grid").bare }
        + PlaceColumns.of(.entropy).map(\.bare) + [
          Column("shared_n", "n", nil, .count) { row in
            row.isDifference ? .blank : .integer(row[.sharedSpread]?.n)
          },
          Column("shared_undefined", "Undefined", "maps", .count) { row in
            row.isDifference ? .blank : .integer(row[.sharedSpread]?.undefined)
          },
        ], isEarly: false)
  }

  private func table(
    id: String, label: String, caption: String, _ columns: [Column<PlaceRow>],
    isEarly: Bool = true
  ) -> Table<PlaceRow> {
    let count = isEarly ? context.earlyExitCount : context.exitCount
    let rows = context.placeRows((1...max(1, count)).map { .exit($0) })
      // What is an early exit of one model may be the final one of another.
      .filter { row in !isEarly || row.exit.map { $0.exit < row.model.exits.count } ?? false }
    return Table(
      columns, rows: rows,
      layout: TableLayout(
        id: id, label: label, caption: caption, files: ["exits.csv", "numbers.csv"], isDense: true,
        group: { context.group($0.place) }, head: { context.head($0) }))
  }
}
