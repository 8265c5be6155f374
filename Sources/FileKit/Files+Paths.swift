import Foundation

extension Files {
  /// What stands before a path's last slash: "a/b" → "a", "/a" → "/", "a" → "".
  ///
  /// Not Foundation's `deletingLastPathComponent`, which traps on names of one character.
  static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: 0x2F) else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// What stands after a path's last slash.
  static func name(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: 0x2F) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  /// The path as a process in another folder would have to name it, without `.` and `..`.
  ///
  /// A name that begins with a tilde is a name: Foundation would make somebody's home of it.
  package static func absolute(_ path: String) -> String {
    let named = path.utf8.first == UInt8(ascii: "~") ? "./\(path)" : path
    return URL(fileURLWithPath: named).standardizedFileURL.path
  }
}
