/// Reads the tokens of a safetensors header: the part of JSON (RFC 8259) that the format uses.
///
/// Foundation's parser keeps one of two equal keys silently; the format forbids them, so this one
/// hands every key to its caller.
struct SafetensorsHeaderScanner {
  private let bytes: ArraySlice<UInt8>
  private let start: Int
  private let path: String
  private var position: Int

  init(_ bytes: ArraySlice<UInt8>, path: String) {
    self.bytes = bytes
    self.path = path
    start = bytes.startIndex
    position = bytes.startIndex
  }

  func malformed(_ reason: String) -> SafetensorsFault {
    .malformedHeader(path: path, offset: position - start, reason: reason)
  }

  /// Reads `{ key: value, … }`, calling `member` with each key when the value is next.
  mutating func object(
    _ member: (inout Self, String) throws(SafetensorsFault) -> Void
  ) throws(SafetensorsFault) {
    try expect(UInt8(ascii: "{"))
    if take(UInt8(ascii: "}")) { return }
    repeat {
      let key = try string()
      try expect(UInt8(ascii: ":"))
      try member(&self, key)
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"))
  }

  /// Reads a list of non-negative integers.
  mutating func integers() throws(SafetensorsFault) -> [Int] {
    try expect(UInt8(ascii: "["))
    if take(UInt8(ascii: "]")) { return [] }
    var values: [Int] = []
    repeat { values.append(try integer()) } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"))
    return values
  }

  /// Reads a string and decodes its escapes.
  mutating func string() throws(SafetensorsFault) -> String {
    try expect(UInt8(ascii: "\""))
    var units: [UInt8] = []
    while true {
      guard let byte = next() else { throw malformed("a string without an end") }
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: units, as: UTF8.self) else {
          throw malformed("a string that is not UTF-8")
        }
        return text
      case UInt8(ascii: "\\"): units.append(contentsOf: String(try escape()).utf8)
      case 0..<0x20: throw malformed("a control character in a string")
      default: units.append(byte)
      }
    }
  }

  /// Checks that only white space is left.
  mutating func end() throws(SafetensorsFault) {
    skipSpace()
    guard position == bytes.endIndex else { throw malformed("text after the header's end") }
  }

  private mutating func integer() throws(SafetensorsFault) -> Int {
    skipSpace()
    let first = position
    var value = 0
    while position < bytes.endIndex, (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= bytes[position] {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int(bytes[position] - UInt8(ascii: "0")))
      guard !overflow, !carry else { throw malformed("a number beyond 64 bits") }
      value = sum
      position += 1
    }
    guard position > first else { throw malformed("something other than a whole number ≥ 0") }
    guard position == first + 1 || bytes[first] != UInt8(ascii: "0") else {
      throw malformed("a number with a leading zero")
    }
    return value
  }

  private mutating func escape() throws(SafetensorsFault) -> Unicode.Scalar {
    switch next() {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let unit = try hexadecimalUnit()
      if let scalar = Unicode.Scalar(unit) { return scalar }
      guard (0xD800..<0xDC00).contains(unit), next() == UInt8(ascii: "\\"),
        next() == UInt8(ascii: "u")
      else { throw malformed("half of a surrogate pair") }
      let low = try hexadecimalUnit()
      guard (0xDC00..<0xE000).contains(low),
        let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
      else { throw malformed("half of a surrogate pair") }
      return scalar
    default: throw malformed("an unknown escape in a string")
    }
  }

  private mutating func hexadecimalUnit() throws(SafetensorsFault) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw malformed("an escape without four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  private mutating func expect(_ byte: UInt8) throws(SafetensorsFault) {
    guard take(byte) else {
      throw malformed("no '\(Character(Unicode.Scalar(byte)))' where one belongs")
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard position < bytes.endIndex, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func next() -> UInt8? {
    guard position < bytes.endIndex else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  private mutating func skipSpace() {
    while position < bytes.endIndex {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }
}
