import Analysis

/// A table as JSON: a list with one object a row, keys in camel case, a measured number as `{value, low, high}`.
package enum JSONTableWriter {
  /// The table alone, as a document.
  package static func document<Row>(_ table: Table<Row>) -> String {
    JSONValue.list(objects(table)).document
  }

  /// One object a row.
  static func objects<Row>(_ table: Table<Row>) -> [JSONValue] {
    table.rows(for: .json).map { .object(members(of: $0, table.columns)) }
  }

  /// A row's members, to stand in an object with others; none for a column that does not apply to the row.
  static func members<Row>(of row: Row, _ columns: [Column<Row>]) -> [(String, JSONValue)] {
    columns.filter { $0.writers.contains(.json) }.compactMap { column in
      let value = column.value(row)
      return value.isBlank ? nil : (key(column.key), json(value))
    }
  }

  /// `{value, low, high}`; null where it is missing.
  static func estimate(_ estimate: Estimate?) -> JSONValue {
    guard let estimate, estimate.value.isFinite else { return .null }
    return .object([
      ("value", .number(estimate.value)), ("low", .optional(estimate.low)),
      ("high", .optional(estimate.high)),
    ])
  }

  /// "mean_macs" → "meanMacs"
  static func key(_ key: String) -> String {
    let words = key.split(separator: "_")
    return words.dropFirst().reduce(words.first.map(String.init) ?? "") {
      $0 + $1.prefix(1).uppercased() + $1.dropFirst()
    }
  }

  private static func json(_ value: TableValue) -> JSONValue {
    switch value {
    case .measured(let measured):
      measured.number.map { NumberJSON.value($0, isDifference: measured.isDifference) }
        ?? estimate(measured.estimate)
    case .number(let number): .optional(number)
    case .integer(let number): number.map { .integer($0) } ?? .null
    case .unsigned(let number): number.map { .unsigned($0) } ?? .null
    case .flag(let flag): flag.map { .flag($0) } ?? .null
    case .text(let text): text.map { .text($0) } ?? .null
    case .list(let list): .list(list.map(json))
    case .blank: .null
    }
  }
}
