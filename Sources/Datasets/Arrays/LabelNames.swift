import FileKit

/// Files of class names, one a line in label order, blank lines apart.
enum LabelNames {
  /// The names in the first of some files that exists, or nil.
  static func first(of names: [String], in folder: BytePath) throws(DatasetFault) -> [String]? {
    for name in names {
      let path = folder.appending(Array(name.utf8))
      if path.kind == .file { return try read(path) }
    }
    return nil
  }

  static func read(_ path: BytePath) throws(DatasetFault) -> [String] {
    try path.contents().split(separator: UInt8(ascii: "\n")).map { line in
      BytePath.text(of: line.last == UInt8(ascii: "\r") ? line.dropLast() : Array(line))
    }.filter { !$0.isEmpty }
  }
}
