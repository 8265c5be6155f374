/// The files of a data folder's classes, with their parts, before any is opened.
///
/// Images lie in the class folder or any folder below it; what lies outside class folders, is hidden, or belongs to
/// the system or to this program takes no part. All names are sorted by bytes.
struct ImageFolder {
  struct File: Sendable {
    var path: BytePath
    /// Relative to the data folder.
    var identifier: String
    var label: Int
    var part: DatasetPart?
    var type: FileType
  }

  private(set) var classNames: [String] = []
  private(set) var files: [File] = []
  private(set) var notes: FolderNotes
  /// Class folders without a file.
  private(set) var emptyClasses: [(label: Int, part: DatasetPart?)] = []

  /// Scans a folder; the result is empty where it has no folder below.
  init(_ root: BytePath) throws(DatasetFault) {
    notes = FolderNotes(root: root)
    let tree = try FolderTree(root, noting: &notes)
    let layout = try FolderLayout(tree)
    notes.partFolders = layout.parts.map { (notes.relative($0.folder.path), $0.part) }
    if layout.parts.isEmpty { notes.inner = Self.inner(of: tree) }
    notes.unusedFolders = layout.unused.map { notes.relative($0.path) }
    for folder in [tree] + layout.parts.map(\.folder) {
      notes.strayImages += folder.directImages.map { notes.relative(folder.path.appending($0)) }
    }
    let labels = try nameClasses(layout, at: root)
    for (part, folder) in layout.classFolders {
      let label = labels[FolderTree.key(folder.name)]!
      let found = folder.allFiles
      if found.isEmpty { emptyClasses.append((label, part)) }
      files += found.map { path in
        File(
          path: path, identifier: notes.relative(path), label: label, part: part,
          type: FileType(path.name))
      }
    }
  }

  /// The one folder of the data, or one below, that could have been given in the place of a folder around it.
  private static func inner(of tree: FolderTree) -> String? {
    guard tree.directImages.isEmpty else { return nil }
    let holders = tree.folders.filter(\.holdsImages)
    if holders.isEmpty {
      return tree.folders.first { isArrays($0.path) }?.path.text
    }
    guard holders.count == 1, holders[0].directImages.isEmpty else { return nil }
    let layout = try? FolderLayout(holders[0])
    let isKnown = layout.map { layout in
      !layout.parts.isEmpty
        || layout.classFolders.filter { !$0.folder.directImages.isEmpty }.count > 1
    }
    return isKnown == true ? holders[0].path.text : inner(of: holders[0])
  }

  /// Whether a folder holds IDX or CIFAR-10 files.
  private static func isArrays(_ path: BytePath) -> Bool {
    (try? IDXFolder(path)) != nil || (try? CIFARFolder(path)) != nil
  }

  /// Sets the names, as training's folders have them, and returns labels by key.
  private mutating func nameClasses(
    _ layout: FolderLayout, at root: BytePath
  ) throws(DatasetFault) -> [String: Int] {
    var names: [String: [UInt8]] = [:]
    var seen: [DatasetPart?: [String: [UInt8]]] = [:]
    for (part, folder) in layout.classFolders {
      let key = FolderTree.key(folder.name)
      if let twin = seen[part, default: [:]].updateValue(folder.name, forKey: key) {
        throw .sameName(
          path: root.text, name: BytePath.text(of: folder.name), bytes: [twin, folder.name])
      }
      if names[key] == nil { names[key] = folder.name }
    }
    let sorted = names.sorted { $0.value.lexicographicallyPrecedes($1.value) }
    classNames = sorted.map { BytePath.text(of: $0.value) }
    return Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1.key, $0) })
  }
}
