import Foundation

/// Single files that ExitLens writes into a folder, which may hold others: a run's, a sweep's, figures.
///
/// A list beside them says which they are, with their digests. A file that is not on it, or was changed since, is
/// somebody else's: it is neither replaced nor removed. The list is written before the file that it proves, so a
/// process that is killed in between leaves nothing that the next one takes for foreign.
package struct OwnedFiles: Sendable {
  /// Holds the files and their list; must be there before anything is written.
  package let folder: String
  /// The list's name in the folder.
  package let listName: String
  /// A file whose lock is held while the list changes, where several processes write; relative to the folder.
  private let lockName: String?

  /// Touches no file. `list` is a name in the folder, `lock` a path relative to it.
  package init(_ folder: String, list: String = FileList.name, lock: String? = nil) {
    self.folder = folder
    listName = list
    lockName = lock
  }

  /// What a file will hold.
  package enum Content {
    case bytes([UInt8])
    /// One after another; their memory stays as it is until the file is written.
    case pieces([UnsafeRawBufferPointer])

    fileprivate func forEach(_ body: (UnsafeRawBufferPointer) -> Bool) -> Bool {
      switch self {
      case .bytes(let bytes): bytes.withUnsafeBytes(body)
      case .pieces(let pieces): pieces.allSatisfy(body)
      }
    }
  }

  /// A file's name, relative to the folder, and content. The folders above it are there.
  package typealias File = (name: String, content: Content)

  /// Writes files to temporary names, syncs them, and renames them into place.
  /// - Parameter force: whether foreign files of these names are moved aside instead of being an error.
  /// - Returns: where those are now.
  @discardableResult
  package func write(_ files: [File], force: Bool = false) throws(FileFault) -> [MovedAside] {
    if !force { try check(files.map(\.name)) }
    let temporary = try TemporaryFolder(in: folder, for: "", given: folder)
    let new = "\(temporary.path)/\(TemporaryFolder.parts.new)"
    guard mkdir(new, 0o755) == 0 else { throw .unwritable(path: folder, reason: Files.reason()) }
    let digests = try Self.write(files, into: new, for: folder)
    let lock = try lockName.flatMap { name throws(FileFault) in
      try FileLock.take(file: "\(folder)/\(name)", waits: true)
    }
    defer { lock?.release() }
    var list = readList().filter { Files.exists("\(folder)/\($0)") }
    var foreignFiles: [String] = []
    for (file, digest) in zip(files, digests) {
      if let foreign = foreign(file.name, list) {
        guard force else { throw foreign }
        foreignFiles.append(file.name)
        list.set(file.name, to: [digest])
      } else {
        let present = FileDigests.digest(of: "\(folder)/\(file.name)").map { [$0] } ?? []
        list.set(file.name, to: Set(present + [digest]))
      }
    }
    // Together they wait for one commit of the file system's journal.
    // By another name than the list's, so that a killed write is not taken for a folder that was replaced.
    let staged = "\(new)/list"
    try stage(list, at: staged)
    if let reason = DurableFiles.sync(files.indices.map { "\(new)/\($0)" } + [staged]) {
      throw .unwritable(path: folder, reason: reason)
    }
    return try TemporaryFolder.uninterrupted { () throws(FileFault) in
      var moved: [MovedAside] = []
      for name in foreignFiles {
        moved.append(try MovedAside.move("\(folder)/\(name)", given: "\(folder)/\(name)"))
      }
      try put(staged, at: listName)
      for (index, file) in files.enumerated() {
        try put("\(new)/\(index)", at: file.name)
        FileDigests.note(digests[index], of: "\(folder)/\(file.name)")
      }
      for parent in Set(files.map { Files.parent(of: $0.name) } + [""]).sorted() {
        Files.syncFolder(of: "\(folder)/\(parent)/")
      }
      return moved
    }
  }

  /// Writes one file.
  @discardableResult
  package func write(
    _ content: Content, to name: String, force: Bool = false
  ) throws(FileFault) -> MovedAside? {
    try write([(name, content)], force: force).first
  }

  /// Writes one text as UTF-8.
  @discardableResult
  package func write(
    _ text: String, to name: String, force: Bool = false
  ) throws(FileFault) -> MovedAside? {
    try write(.bytes(Array(text.utf8)), to: name, force: force)
  }

  /// Writes files named by their index, not yet synced, and makes their digests: on a core each.
  private static func write(
    _ files: [File], into folder: String, for target: String
  ) throws(FileFault) -> [String] {
    nonisolated(unsafe) let files = files
    let digests = Digests()
    let digesting = WorkerThread.start { digests.values = files.map { digest(of: $0.content) } }
    let failure = write(files, into: folder)
    if let digesting {
      digesting.join()
    } else if failure == nil {
      digests.values = files.map { digest(of: $0.content) }
    }
    if let failure { throw .unwritable(path: target, reason: failure) }
    return digests.values
  }

  /// Writes files named by their index; the reason where that fails.
  private static func write(_ files: [File], into folder: String) -> FileReason? {
    for (index, file) in files.enumerated() {
      let isWritten = Files.create("\(folder)/\(index)") { descriptor in
        file.content.forEach { Files.put($0, into: descriptor) }
      }
      guard isWritten else { return Files.reason() }
    }
    return nil
  }

  private static func digest(of content: Content) -> String {
    let hash = SHA256()
    _ = content.forEach {
      hash.update($0)
      return true
    }
    return hash.hexadecimal()
  }

  /// Removes a file of ours; one that is not there is fine, a foreign one stays.
  package func remove(_ name: String) {
    let list = readList()
    if foreign(name, list) == nil { unlink("\(folder)/\(name)") }
  }

  /// Refuses to go on where a file of one of these names is not as it was written.
  package func check(_ names: [String]) throws(FileFault) {
    let list = readList()
    for name in names {
      if let foreign = foreign(name, list) { throw foreign }
    }
  }

  /// Refuses a folder with anything in it but what writing leaves: temporary folders, the list.
  package func checkEmpty(kind: String, allowing names: Set<String> = []) throws(FileFault) {
    for name in try OwnedFolder.entries(of: folder)
    where !names.contains(name) && !TemporaryFolder.isOne(name, in: folder) {
      if name == listName, listIsOurs { continue }
      throw .notOurs(path: folder, kind: kind, foreign: name, reason: "ExitLens did not write")
    }
  }

  /// Leaves one digest a file in the list: no file is being replaced any more.
  package func settle() throws(FileFault) {
    var list = readList()
    for name in list.names {
      let path = "\(folder)/\(name)"
      if let digest = FileDigests.digest(of: path) {
        // A file that was changed since stays somebody else's.
        if list.proves(name, digest: digest) { list.set(name, to: [digest]) }
      } else if !Files.exists(path) {
        list.set(name, to: [])
      }
    }
    guard list != readList() else { return }
    let temporary = try TemporaryFolder(in: folder, for: "", given: folder)
    let staged = "\(temporary.path)/\(TemporaryFolder.parts.new)"
    try stage(list, at: staged)
    if let reason = DurableFiles.sync([staged]) {
      throw .unwritable(path: folder, reason: reason)
    }
    try put(staged, at: listName)
  }

  /// Why a file may not be replaced; nil where it may, or is not there.
  private func foreign(_ name: String, _ list: FileList) -> FileFault? {
    let path = "\(folder)/\(name)"
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    if let digest = FileDigests.digest(of: path), list.proves(name, digest: digest) { return nil }
    return .notOurFile(path: path, isListed: list.digests[name] != nil, list: listName)
  }

  private func readList() -> FileList {
    (try? Files.read("\(folder)/\(listName)")).flatMap { FileList($0) } ?? FileList()
  }

  /// Whether the list may be replaced: an edited list is no list, and somebody's own.
  private var listIsOurs: Bool {
    guard let bytes = try? Files.read("\(folder)/\(listName)") else {
      var status = stat()
      return lstat("\(folder)/\(listName)", &status) != 0
    }
    return FileList(bytes) != nil
  }

  /// Writes a list where it does not count yet.
  private func stage(_ list: FileList, at path: String) throws(FileFault) {
    guard listIsOurs else {
      throw .notOurFile(path: "\(folder)/\(listName)", isListed: false, list: listName)
    }
    guard Files.put(Array(list.text.utf8), at: path) else {
      throw .unwritable(path: folder, reason: Files.reason())
    }
  }

  private func put(_ file: String, at name: String) throws(FileFault) {
    guard rename(file, "\(folder)/\(name)") == 0 else {
      throw .unwritable(path: "\(folder)/\(name)", reason: Files.reason())
    }
  }

  private final class Digests: @unchecked Sendable {
    var values: [String] = []
  }
}
