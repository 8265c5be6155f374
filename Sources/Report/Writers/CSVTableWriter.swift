import Analysis

/// A table as a CSV file: one header line, full precision, a measured number with its bounds in three columns.
package enum CSVTableWriter {
  package static func bytes<Row>(_ table: Table<Row>) -> [UInt8] {
    let columns = table.columns(for: .csv)
    let header = columns.flatMap(header)
    precondition(Set(header).count == header.count, "two columns of one name: \(header)")
    var csv = CSVTable(header)
    for row in table.rows(for: .csv) {
      csv.append(columns.flatMap { cells($0.value(row), hasBounds: $0.hasBounds) })
    }
    return csv.bytes
  }

  private static func header<Row>(_ column: Column<Row>) -> [String] {
    column.hasBounds
      ? [column.key, "\(column.key)_low", "\(column.key)_high"] : [column.key]
  }

  private static func cells(_ value: TableValue, hasBounds: Bool) -> [CSVTable.Cell] {
    if hasBounds {
      guard case .measured(let measured) = value else {
        return [cell(value), .number(nil), .number(nil)]
      }
      let estimate = measured.estimate
      return [.number(estimate?.value), .number(estimate?.low), .number(estimate?.high)]
    }
    return [cell(value)]
  }

  private static func cell(_ value: TableValue) -> CSVTable.Cell {
    switch value {
    case .measured(let measured): .number(measured.estimate?.value)
    case .number(let number): .number(number)
    case .integer(let number): .integer(number)
    case .unsigned(let number): .text(number.map(String.init) ?? "")
    case .flag(let flag): flag.map { .flag($0) } ?? .text("")
    case .text(let text): .optional(text)
    case .list(let list): .text(list.map(text).joined(separator: " "))
    case .blank: .text("")
    }
  }

  /// An element of a list.
  private static func text(_ value: TableValue) -> String {
    switch value {
    case .measured(let measured): NumberFormat.exact(measured.estimate?.value) ?? ""
    case .number(let number): NumberFormat.exact(number) ?? ""
    case .integer(let number): number.map(String.init) ?? ""
    case .unsigned(let number): number.map(String.init) ?? ""
    case .flag(let flag): flag.map(String.init) ?? ""
    case .text(let text): text ?? ""
    case .list(let list): list.map(text).joined(separator: " ")
    case .blank: ""
    }
  }
}
