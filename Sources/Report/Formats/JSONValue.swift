/// JSON with its keys in the order given: the same bytes every time.
indirect enum JSONValue {
  case null
  case flag(Bool)
  case text(String)
  /// Not finite: null.
  case number(Double)
  case integer(Int)
  /// A seed may need all 64 bits.
  case unsigned(UInt64)
  case list([JSONValue])
  case object([(String, JSONValue)])

  static func optional(_ number: Double?) -> JSONValue { number.map { .number($0) } ?? .null }

  /// Indented by two spaces; lists and objects of plain values stay on one line. Ends with a line break.
  var document: String {
    var text = ""
    write(into: &text, indent: "")
    return text + "\n"
  }

  private var isPlain: Bool {
    switch self {
    case .list, .object: false
    default: true
    }
  }

  private func write(into text: inout String, indent: String) {
    switch self {
    case .null: text += "null"
    case .flag(let flag): text += flag ? "true" : "false"
    case .text(let string): Self.quote(string, into: &text)
    case .number(let number): text += NumberFormat.exact(number) ?? "null"
    case .integer(let number): text += String(number)
    case .unsigned(let number): text += String(number)
    case .list(let list) where list.allSatisfy(\.isPlain):
      text += "["
      for (index, value) in list.enumerated() {
        if index > 0 { text += ", " }
        value.write(into: &text, indent: indent)
      }
      text += "]"
    case .list(let list):
      text += "[\n"
      for (index, value) in list.enumerated() {
        text += indent + "  "
        value.write(into: &text, indent: indent + "  ")
        text += index + 1 < list.count ? ",\n" : "\n"
      }
      text += indent + "]"
    case .object(let members) where members.allSatisfy(\.1.isPlain):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += ", " }
        Self.quote(member.0, into: &text)
        text += ": "
        member.1.write(into: &text, indent: indent)
      }
      text += "}"
    case .object(let members):
      text += "{\n"
      for (index, member) in members.enumerated() {
        text += indent + "  "
        Self.quote(member.0, into: &text)
        text += ": "
        member.1.write(into: &text, indent: indent + "  ")
        text += index + 1 < members.count ? ",\n" : "\n"
      }
      text += indent + "}"
    }
  }

  private static func quote(_ string: String, into text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _
      where scalar.value < 0x20 || scalar.value == 0x7F || scalar.value == 0x2028
        || scalar.value == 0x2029:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
