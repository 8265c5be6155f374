import FileKit

/// Files of class names, one a line in label order, blank lines apart; UTF-8, or UTF-16 with its mark.
struct LabelNames: Sendable {
  /// By label.
  let names: [String]
  /// The file that they are from; nil for names that this program knows.
  let path: String?

  init(known names: [String]) {
    self.names = names
    path = nil
  }

  /// The names in the first of some files that exists, or nil.
  static func first(of names: [String], in folder: BytePath) throws(DatasetFault) -> LabelNames? {
    for name in names {
      let path = folder.appending(Array(name.utf8))
      if path.kind == .file { return try LabelNames(path) }
    }
    return nil
  }

  init(_ path: BytePath) throws(DatasetFault) {
    let names = Self.lines(of: try path.contents())
    func damaged(_ got: String) -> DatasetFault {
      .damaged(
        kind: "file of class names", path: path.text, what: "one name a line,",
        expected: "each once", got: got)
    }
    guard !names.isEmpty else { throw damaged("none") }
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted { throw damaged("'\(name)' twice") }
    self.names = names
    self.path = path.text
  }

  /// A byte order mark, which Windows' editors put first, is no part of a name; it also tells UTF-16.
  private static func lines(of bytes: [UInt8]) -> [String] {
    var bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      bytes.removeFirst(3)
    } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      let (low, high) = bytes[0] == 0xFF ? (0, 1) : (1, 0)
      let units = stride(from: 2, to: bytes.count - 1, by: 2).map {
        UInt16(bytes[$0 + low]) | UInt16(bytes[$0 + high]) << 8
      }
      bytes = Array(String(decoding: units, as: UTF16.self).utf8)
    }
    return bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      .map { BytePath.text(of: Array($0)) }
  }
}
