import Foundation

/// Finds keys that stand twice in one object of a JSON text.
///
/// Foundation's decoders keep one of the two values without a word, and not always the same one: a document with two
/// `lambda` would be read as one that nobody wrote.
enum JSONKeys {
  /// Foundation refuses texts that are nested deeper.
  private static let deepest = 512

  private enum Level {
    /// The keys so far, and the one whose value is next or was last.
    case object(keys: Set<String>, key: String, expectsKey: Bool)
    case list(index: Int)
  }

  /// Where the first such key stands, "exits[0].macs"; nil where there is none, or where the text is no JSON, which
  /// the decoder then tells.
  /// - Parameter bytes: UTF-8.
  static func duplicate(in bytes: [UInt8]) -> String? {
    var levels: [Level] = []
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "{"): levels.append(.object(keys: [], key: "", expectsKey: true))
      case UInt8(ascii: "["): levels.append(.list(index: 0))
      case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = levels.popLast()
      case UInt8(ascii: ","): next(&levels)
      case UInt8(ascii: "\""):
        guard let end = end(ofString: position, in: bytes) else { return nil }
        let content = bytes[position..<end]
        position = end + 1
        guard case .object(var keys, _, true) = levels.last else { continue }
        // The set would be copied at every key if the level still had it.
        levels.removeLast()
        guard let key = text(of: content) else { return nil }
        let isNew = keys.insert(key).inserted
        levels.append(.object(keys: keys, key: key, expectsKey: false))
        if !isNew { return place(levels) }
      default: continue
      }
      if levels.count > deepest { return nil }
    }
    return nil
  }

  private static func next(_ levels: inout [Level]) {
    switch levels.popLast() {
    case .object(let keys, let key, _):
      levels.append(.object(keys: keys, key: key, expectsKey: true))
    case .list(let index): levels.append(.list(index: index + 1))
    case nil: break
    }
  }

  /// The closing quote of a string whose first byte is at `start`.
  private static func end(ofString start: Int, in bytes: [UInt8]) -> Int? {
    var position = start
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""): return position
      case UInt8(ascii: "\\"): position += 2
      default: position += 1
      }
    }
    return nil
  }

  /// A string without its escapes: `"a"` and `"\u0061"` are one key.
  private static func text(of content: ArraySlice<UInt8>) -> String? {
    guard content.contains(UInt8(ascii: "\\")) else {
      return String(validating: content, as: UTF8.self)
    }
    let list = Data([UInt8(ascii: "["), UInt8(ascii: "\"")] + content + Array("\"]".utf8))
    return try? JSONDecoder().decode([String].self, from: list).first
  }

  private static func place(_ levels: [Level]) -> String {
    levels.reduce(into: "") { text, level in
      switch level {
      case .object(_, let key, _): text += text.isEmpty ? key : ".\(key)"
      case .list(let index): text += "[\(index)]"
      }
    }
  }
}
