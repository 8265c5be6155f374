import Foundation

extension BytePath {
  /// One thing in a folder.
  struct Entry {
    var name: [UInt8]
    /// Links followed; what a link to nothing is called does not matter, as long as reading it fails.
    var isFolder: Bool

    var isHidden: Bool { name.first == UInt8(ascii: ".") }
  }

  /// What lies in a folder, hidden things too, sorted by bytes whatever the locale.
  func entries() throws(DatasetFault) -> [Entry] {
    guard let folder = withCString({ opendir($0) }) else {
      throw .file(.unreadable(path: text, reason: Self.reason(errno)))
    }
    defer { closedir(folder) }
    let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name)!
    var entries: [Entry] = []
    while true {
      // The only way to tell an error from the end.
      errno = 0
      guard let entry = readdir(folder) else { break }
      let start = UnsafeRawPointer(entry).advanced(by: nameOffset)
        .assumingMemoryBound(to: UInt8.self)
      let length = strlen(UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self))
      let name = Array(UnsafeBufferPointer(start: start, count: length))
      if name == [0x2E] || name == [0x2E, 0x2E] { continue }
      // Most file systems tell the type here, which spares a call for each of many files.
      let isFolder =
        switch Int(entry.pointee.d_type) {
        case Int(DT_DIR): true
        case Int(DT_REG): false
        default: appending(name).kind == .folder
        }
      entries.append(Entry(name: name, isFolder: isFolder))
    }
    guard errno == 0 else {
      throw .file(.unreadable(path: text, reason: Self.reason(errno)))
    }
    return entries.sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }

  /// The names, as text, of the files in a folder that are not hidden.
  func fileNames() throws(DatasetFault) -> [String] {
    try entries().filter { !$0.isFolder && !$0.isHidden }.map { Self.text(of: $0.name) }
  }
}
