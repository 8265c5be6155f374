/// What a table shows, declared once: its columns, its rows, and how rows are named and grouped where people read them.
package struct Table<Row> {
  package var columns: [Column<Row>]
  package var rows: [Row]
  /// Who shows a row: pages may leave out the single runs that a CSV file has.
  package var writers: @Sendable (Row) -> TableWriters
  /// How pages and papers print it; nil for a table that only files have.
  package var layout: TableLayout<Row>?

  package init(
    _ columns: [Column<Row>], rows: [Row],
    writers: @escaping @Sendable (Row) -> TableWriters = { _ in .all },
    layout: TableLayout<Row>? = nil
  ) {
    self.columns = columns
    self.rows = rows
    self.writers = writers
    self.layout = layout
  }

  func columns(for writer: TableWriters) -> [Column<Row>] {
    columns.filter { $0.writers.contains(writer) }
  }

  func rows(for writer: TableWriters) -> [Row] {
    rows.filter { writers($0).contains(writer) }
  }
}

/// A table as people read it.
package struct TableLayout<Row> {
  /// The anchor on a page, and in papers behind "tab:".
  package var id: String
  /// For assistive technology: "Table: agreement beyond chance".
  package var label: String
  /// "Table 2.", set in bold before the caption.
  package var number: String?
  package var caption: String
  /// Files with all the numbers, named at the caption's end: "calibration.csv".
  package var files: [String] = []
  /// The head of the column that names the groups.
  package var groupColumn = "Exit"
  /// The head of the column that names the rows.
  package var rowColumn = "Model"
  /// The group of a row; nil for a table without groups. Groups stand in the order of their first rows.
  package var group: (@Sendable (Row) -> GroupHead)?
  package var head: @Sendable (Row) -> RowHead
  /// Less air between columns, for tables with many.
  package var isDense = false
  /// Whether a line sets a row apart from the one above, in a paper's table without groups.
  package var isDivided: @Sendable (Row) -> Bool

  package init(
    id: String, label: String, number: String? = nil, caption: String, files: [String] = [],
    groupColumn: String = "Exit", rowColumn: String = "Model", isDense: Bool = false,
    isDivided: @escaping @Sendable (Row) -> Bool = { _ in false },
    group: (@Sendable (Row) -> GroupHead)? = nil, head: @escaping @Sendable (Row) -> RowHead
  ) {
    self.id = id
    self.label = label
    self.number = number
    self.caption = caption
    self.files = files
    self.groupColumn = groupColumn
    self.rowColumn = rowColumn
    self.isDense = isDense
    self.isDivided = isDivided
    self.group = group
    self.head = head
  }

  /// Rows by group, both in the order given; one group without a name where the table has none.
  func groups(_ rows: [Row]) -> [(head: GroupHead?, rows: [Row])] {
    guard let group else { return rows.isEmpty ? [] : [(nil, rows)] }
    var places: [GroupHead: Int] = [:]
    var groups: [(head: GroupHead?, rows: [Row])] = []
    for row in rows {
      let head = group(row)
      if let place = places[head] {
        groups[place].rows.append(row)
      } else {
        places[head] = groups.count
        groups.append((head, [row]))
      }
    }
    return groups
  }
}

/// What names a group of rows.
package struct GroupHead: Sendable, Hashable {
  /// "Exit 1"
  package var name: String
  /// A quieter second line: "final".
  package var detail: String
  /// Whether lines set it apart from the groups around, as they do for a mean.
  package var isMean: Bool

  package init(_ name: String, _ detail: String = "", isMean: Bool = false) {
    self.name = name
    self.detail = detail
    self.isMean = isMean
  }
}

/// What names a row.
package struct RowHead: Sendable, Equatable {
  /// The model's name, or "Δ". From outside: shown as `DisplayText` does.
  package var name: String
  /// The place of the row's model in the report's list, for its colour and shape; nil for a row of no single model.
  package var series: Int?
  package var isDifference: Bool

  package init(_ name: String, series: Int? = nil, isDifference: Bool = false) {
    self.name = name
    self.series = series
    self.isDifference = isDifference
  }

  /// A difference from the reference: "Δ", and whose where the report has several.
  package static func difference(of model: String, isOnly: Bool) -> RowHead {
    RowHead(isOnly ? "Δ" : "Δ \(model)", isDifference: true)
  }
}
