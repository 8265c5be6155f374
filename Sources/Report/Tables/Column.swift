import Analysis

/// Who shows a column, or a row.
package struct TableWriters: OptionSet, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  package static let page = TableWriters(rawValue: 1)
  package static let csv = TableWriters(rawValue: 2)
  package static let json = TableWriters(rawValue: 4)
  package static let tex = TableWriters(rawValue: 8)

  /// For machines.
  package static let data: TableWriters = [.csv, .json]
  /// For people.
  package static let print: TableWriters = [.page, .tex]
  package static let all: TableWriters = [.page, .csv, .json, .tex]
}

/// A column of a table: what it is called, how it is read, and where its values come from. All writers go by this.
package struct Column<Row>: Sendable {
  /// The CSV header, and in camel case the JSON key: "mean_macs".
  package var key: String
  /// "Consistency"
  package var title: String
  /// A second, quieter line of the head: "cosine".
  package var detail: String?
  /// One sentence: what it is.
  package var help: String?
  package var style: NumberStyle
  /// Where rows differ in style, as those of several measures do.
  package var rowStyle: (@Sendable (Row) -> NumberStyle)?
  package var writers: TableWriters
  /// Whether values are `measured`: CSV has `key`, `key_low` and `key_high`, JSON `{value, low, high}`.
  package var hasBounds: Bool
  package var value: @Sendable (Row) -> TableValue

  package init(
    _ key: String, _ title: String = "", _ detail: String? = nil, _ style: NumberStyle = .fixed,
    help: String? = nil, in writers: TableWriters = .all, hasBounds: Bool = false,
    value: @escaping @Sendable (Row) -> TableValue
  ) {
    self.key = key
    self.title = title
    self.detail = detail
    self.style = style
    self.help = help
    self.writers = writers
    self.hasBounds = hasBounds
    self.value = value
  }

  /// How people read a row's value.
  func style(of row: Row) -> NumberStyle { rowStyle?(row) ?? style }

  /// A number with its interval.
  package static func estimate(
    _ key: String, _ title: String = "", _ detail: String? = nil, _ style: NumberStyle = .fixed,
    help: String? = nil, in writers: TableWriters = .all,
    _ value: @escaping @Sendable (Row) -> Estimate?
  ) -> Column {
    Column(key, title, detail, style, help: help, in: writers, hasBounds: true) {
      .estimate(value($0))
    }
  }

  package static func number(
    _ key: String, _ title: String = "", _ detail: String? = nil, _ style: NumberStyle = .fixed,
    help: String? = nil, in writers: TableWriters = .all,
    _ value: @escaping @Sendable (Row) -> Double?
  ) -> Column {
    Column(key, title, detail, style, help: help, in: writers) { .number(value($0)) }
  }

  package static func integer(
    _ key: String, _ title: String = "", _ detail: String? = nil, _ style: NumberStyle = .count,
    help: String? = nil, in writers: TableWriters = .all,
    _ value: @escaping @Sendable (Row) -> Int?
  ) -> Column {
    Column(key, title, detail, style, help: help, in: writers) { .integer(value($0)) }
  }

  package static func flag(
    _ key: String, _ title: String = "", _ detail: String? = nil, help: String? = nil,
    in writers: TableWriters = .all, _ value: @escaping @Sendable (Row) -> Bool?
  ) -> Column {
    Column(key, title, detail, .text, help: help, in: writers) { .flag(value($0)) }
  }

  package static func text(
    _ key: String, _ title: String = "", _ detail: String? = nil, help: String? = nil,
    in writers: TableWriters = .all, _ value: @escaping @Sendable (Row) -> String?
  ) -> Column {
    Column(key, title, detail, .text, help: help, in: writers) { .text(value($0)) }
  }
}
