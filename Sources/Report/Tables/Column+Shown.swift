/// A column as another table shows it.
extension Column {
  /// The same column for other writers.
  package func shown(in writers: TableWriters) -> Column {
    var column = self
    column.writers = writers
    return column
  }

  /// The same column with bare numbers, for a table that would be too wide; differences keep their intervals.
  package var bare: Column {
    var column = self
    column.value = { [value] row in
      guard case .measured(let measured) = value(row), !measured.isDifference else {
        return value(row)
      }
      return .number(measured.estimate?.value)
    }
    return column
  }

  /// The same column under another head.
  package func titled(_ title: String, _ detail: String? = nil) -> Column {
    var column = self
    (column.title, column.detail) = (title, detail)
    return column
  }
}

extension Table {
  /// Some of the columns, by key, in this order; pages and papers show them. An unknown key is an error of the program.
  package func columns(_ keys: [String]) -> [Column<Row>] {
    keys.map { key in
      guard let column = columns.first(where: { $0.key == key }) else {
        preconditionFailure("no column \(key)")
      }
      return column.shown(in: .all)
    }
  }
}
