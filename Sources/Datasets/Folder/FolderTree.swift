/// A folder and what lies below it, names only, without what the system or this program put there.
struct FolderTree {
  enum Entry {
    case file([UInt8])
    case folder(FolderTree)
  }

  var name: [UInt8]
  var path: BytePath
  /// Sorted by bytes, files and folders in one order.
  private(set) var entries: [Entry] = []
  /// Whether something below was left out as this program's own.
  private(set) var heldOwnOutput = false

  /// Reads a folder, links followed, each circle of links once.
  /// - Parameter notes: told what is left out.
  init(_ path: BytePath, noting notes: inout FolderNotes) throws(DatasetFault) {
    try self.init(name: [], path: path, above: [], noting: &notes)
  }

  private init(
    name: [UInt8], path: BytePath, above: [[UInt64]], noting notes: inout FolderNotes
  ) throws(DatasetFault) {
    self.name = name
    self.path = path
    guard let identity = path.identity, !above.contains(identity) else { return }
    let all = try path.entries()
    let figures = OwnOutput.figureFiles(in: path)
    let images = all.filter {
      guard !$0.isFolder, !$0.isHidden, !figures.contains($0.name) else { return false }
      if case .other = FileType($0.name) { return false }
      return true
    }.map(\.name)
    let thumbnails = Thumbnails(among: images)
    for entry in all {
      let below = path.appending(entry.name)
      if entry.isFolder {
        if SystemNames.isFolder(entry.name, besideImages: !images.isEmpty) {
          notes.systemFolders[BytePath.text(of: entry.name), default: 0] += 1
        } else if let kind = try OwnOutput.kind(of: below) {
          notes.ownOutput.append("\(notes.relative(below))/ (\(kind))")
          heldOwnOutput = true
        } else {
          let folder = try FolderTree(
            name: entry.name, path: below, above: above + [identity], noting: &notes)
          // A folder of nothing but runs and recordings is an audit's.
          if folder.heldOwnOutput { heldOwnOutput = true }
          if folder.heldOwnOutput, folder.isEmpty { continue }
          entries.append(.folder(folder))
        }
      } else if figures.contains(entry.name) {
        notes.ownFigures.append(notes.relative(below))
      } else if thumbnails.contains(entry.name) {
        notes.thumbnails.append(notes.relative(below))
      } else if SystemNames.isFile(entry.name) {
        continue
      } else if entry.isHidden {
        if case .image = FileType(entry.name) { notes.hiddenImages.append(notes.relative(below)) }
      } else {
        entries.append(.file(entry.name))
      }
    }
  }

  var isEmpty: Bool { entries.isEmpty }

  var folders: [FolderTree] {
    entries.compactMap { if case .folder(let folder) = $0 { folder } else { nil } }
  }

  var files: [[UInt8]] {
    entries.compactMap { if case .file(let name) = $0 { name } else { nil } }
  }

  /// Files of any depth, in order.
  var allFiles: [BytePath] {
    entries.flatMap { entry in
      switch entry {
      case .file(let name): [path.appending(name)]
      case .folder(let folder): folder.allFiles
      }
    }
  }

  /// Files directly in the folder whose names say that they are images, of whatever type.
  var directImages: [[UInt8]] {
    files.filter { if case .other = FileType($0) { false } else { true } }
  }

  /// Whether there are images at any depth, as far as names say.
  var holdsImages: Bool { !directImages.isEmpty || folders.contains(where: \.holdsImages) }

  /// A name's text in one Unicode form: Swift's strings are equal where they are canonically equivalent. A name that
  /// is no UTF-8 is equal to itself only (no name holds a zero).
  static func key(_ name: [UInt8]) -> String {
    String(validating: name, as: UTF8.self) ?? "\0" + BytePath.text(of: name)
  }
}
