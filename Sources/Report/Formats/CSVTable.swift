/// A table as RFC 4180 text: CRLF, quoted where needed.
struct CSVTable {
  /// One cell. Texts come from outside and may hold anything; numbers are this program's.
  enum Cell {
    case text(String)
    case number(Double?)
    case integer(Int?)
    case flag(Bool)

    /// A text that may be missing.
    static func optional(_ text: String?) -> Cell { .text(text ?? "") }

    /// An entry of a list that may be shorter.
    static func number(_ values: [Double?], _ index: Int) -> Cell {
      .number(values.indices.contains(index) ? values[index] : nil)
    }
  }

  private(set) var bytes: [UInt8] = []
  private let columns: Int

  init(_ header: [String]) {
    columns = header.count
    append(header.map { Cell.text($0) })
  }

  /// Rows without a header, to follow others.
  init(columns: Int) {
    self.columns = columns
  }

  /// Adds a row; a missing or non-finite number is an empty cell.
  mutating func append(_ row: [Cell]) {
    precondition(row.count == columns, "a row has \(columns) cells, got \(row.count)")
    for (index, cell) in row.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      switch cell {
      case .text(let text): appendText(text)
      case .number(let number): bytes += (NumberFormat.exact(number) ?? "").utf8
      case .integer(let number): bytes += (number.map(String.init) ?? "").utf8
      case .flag(let flag): bytes += (flag ? "true" : "false").utf8
      }
    }
    bytes += "\r\n".utf8
  }

  static func isFormula(startingWith byte: UInt8) -> Bool { "=+-@\t\r".utf8.contains(byte) }

  /// A spreadsheet would run a text that starts like a formula: an apostrophe in front stops that.
  private mutating func appendText(_ text: String) {
    let isFormula = text.utf8.first.map(Self.isFormula(startingWith:)) ?? false
    let needsQuotes = text.utf8.contains {
      [UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n")].contains($0)
    }
    if needsQuotes { bytes.append(UInt8(ascii: "\"")) }
    if isFormula { bytes.append(UInt8(ascii: "'")) }
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    if needsQuotes { bytes.append(UInt8(ascii: "\"")) }
  }
}
