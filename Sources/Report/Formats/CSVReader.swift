/// A CSV table (RFC 4180) as this program writes it, read row by row.
struct CSVReader {
  private let bytes: [UInt8]
  private var columns: [String: Int] = [:]
  /// The present row's fields, quotes included.
  private var fields: [Range<Int>] = []
  private var offset = 0
  /// The present row, from 1 behind the header.
  private(set) var row = 0

  /// Reads the header.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    readRow()
    for index in fields.indices { columns[text(at: index)] = index }
  }

  var columnNames: [String] { columns.keys.sorted() }

  /// Whether the header names a column.
  func has(_ column: String) -> Bool { columns[column] != nil }

  /// Goes on to the next row; false at the end.
  mutating func next() -> Bool {
    guard offset < bytes.count else { return false }
    readRow()
    row += 1
    return true
  }

  /// A field's text, without the apostrophe that keeps a spreadsheet from running it; empty where the row is too short.
  func text(_ column: String) -> String {
    guard let index = columns[column], fields.indices.contains(index) else { return "" }
    let text = text(at: index)
    let isKept =
      text.first == "'"
      && text.utf8.dropFirst().first.map(CSVTable.isFormula(startingWith:)) == true
    return isKept ? String(text.dropFirst()) : text
  }

  /// A field's number; nil where it is empty or no number.
  func number(_ column: String) -> Double? { Double(text(column)) }
  func integer(_ column: String) -> Int? { Int(text(column)) }

  private func text(at index: Int) -> String {
    let field = bytes[fields[index]]
    guard field.first == UInt8(ascii: "\"") else { return String(decoding: field, as: UTF8.self) }
    var inside: [UInt8] = []
    var wasQuote = false
    for byte in field.dropFirst().dropLast() {
      if byte == UInt8(ascii: "\""), !wasQuote {
        wasQuote = true
        continue
      }
      wasQuote = false
      inside.append(byte)
    }
    return String(decoding: inside, as: UTF8.self)
  }

  private mutating func readRow() {
    fields.removeAll(keepingCapacity: true)
    var start = offset
    var isQuoted = false
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if !isQuoted, byte == UInt8(ascii: ",") {
        fields.append(start..<offset)
        start = offset + 1
      } else if !isQuoted, byte == UInt8(ascii: "\n") {
        break
      }
      offset += 1
    }
    let end = offset > start && bytes[offset - 1] == UInt8(ascii: "\r") ? offset - 1 : offset
    fields.append(start..<end)
    offset += 1
  }
}
