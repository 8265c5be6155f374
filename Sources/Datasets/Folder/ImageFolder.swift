import FileKit

/// The image files of a data folder, with their classes and parts, before any is opened.
///
/// Two layouts: `class/…`, and `train/class/…` with `test/class/…`, `val/class/…` or
/// `validation/class/…`, told by a folder `train` beside a `test`, or with nothing beside it but
/// those. Images lie in the class folder or any folder below it. Names that start with a dot, files
/// that lie outside class folders and files without an image's extension take no part. All names
/// are sorted by bytes.
struct ImageFolder {
  struct File: Sendable {
    var path: BytePath
    /// Relative to the data folder.
    var identifier: String
    var label: Int
    var part: DatasetPart?
  }

  private(set) var classNames: [String] = []
  private(set) var files: [File] = []

  private typealias Folder = (name: [UInt8], path: BytePath)

  /// Scans a folder; the result is empty where it has no folder below.
  init(_ root: BytePath) throws(DatasetFault) {
    let folders = try Self.folders(in: root)
    var classFolders: [(folder: Folder, part: DatasetPart?)] = []
    if let parts = Self.parts(folders) {
      for (folder, part) in parts {
        for inner in try Self.folders(in: folder.path) { classFolders.append((inner, part)) }
      }
    } else {
      classFolders = folders.map { ($0, nil) }
    }
    var names: [[UInt8]] = []
    for (folder, _) in classFolders where !names.contains(folder.name) { names.append(folder.name) }
    names.sort { $0.lexicographicallyPrecedes($1) }
    classNames = names.map(BytePath.text(of:))
    for (folder, part) in classFolders {
      let label = names.firstIndex(of: folder.name)!
      let found = try Self.images(in: folder.path, above: [])
      if found.isEmpty {
        throw .emptyClass(path: root.text, name: classNames[label], part: part)
      }
      for path in found {
        let relative = path.bytes.dropFirst(root.bytes.count).drop { $0 == 0x2F }
        files.append(
          File(
            path: path, identifier: BytePath.text(of: Array(relative)), label: label, part: part))
      }
    }
  }

  /// The folders that are parts of a split layout, or nil for the other layout.
  private static func parts(_ folders: [Folder]) -> [(Folder, DatasetPart)]? {
    let names: [(String, DatasetPart)] = [
      ("train", .training), ("val", .validation), ("validation", .validation), ("test", .test),
    ]
    var parts: [(Folder, DatasetPart)] = []
    for (name, part) in names {
      for folder in folders where folder.name.elementsEqual(name.utf8) {
        parts.append((folder, part))
      }
    }
    let hasTraining = parts.contains { $0.1 == .training }
    let hasTest = parts.contains { $0.1 == .test }
    return hasTraining && (hasTest || parts.count == folders.count) ? parts : nil
  }

  private static func folders(in folder: BytePath) throws(DatasetFault) -> [Folder] {
    var result: [Folder] = []
    for name in try folder.names() {
      let path = folder.appending(name)
      if path.kind == .folder { result.append((name, path)) }
    }
    return result
  }

  /// Image files at any depth.
  /// - Parameter above: the identities of the folders on the way, because links can make circles.
  private static func images(
    in folder: BytePath, above: [[UInt64]]
  ) throws(DatasetFault) -> [BytePath] {
    guard let identity = folder.identity, !above.contains(identity) else { return [] }
    var result: [BytePath] = []
    for name in try folder.names() {
      let path = folder.appending(name)
      if path.kind == .folder {
        result += try images(in: path, above: above + [identity])
      } else if hasImageExtension(name) {
        result.append(path)
      }
    }
    return result
  }

  private static func hasImageExtension(_ name: [UInt8]) -> Bool {
    let lowercase = name.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    return [".png", ".jpg", ".jpeg"].contains {
      lowercase.reversed().starts(with: $0.utf8.reversed())
    }
  }
}
