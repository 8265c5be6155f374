import Foundation

/// A folder that appears whole or not at all.
///
/// Files are written into a temporary folder beside the target; `commit()` adds their list, syncs all and exchanges
/// the two folders in one step. Until then the target keeps its old content, whatever happens to this process.
/// An existing target is replaced only where it is empty or everything in it is as ExitLens wrote it.
package struct AtomicFolder: ~Copyable {
  /// What a folder must be to be replaced.
  package struct Kind: Sendable {
    /// As in "expected a new folder or …": "an ExitLens report".
    package var name: String
    /// Files that the list of such a folder has.
    package var markers: [String]

    /// Paths of `markers` are relative to the folder; all of them must be on its list.
    package init(name: String, markers: [String]) {
      self.name = name
      self.markers = markers
    }
  }

  /// Hexadecimal SHA-256 of every file written so far, by relative path.
  package private(set) var digests: [String: String] = [:]

  private let place: OutputPlace
  private let kind: Kind
  private let force: Bool
  private let temporary: TemporaryFolder
  private let new: String
  private var folders: Set<String> = []

  /// Checks that `path` may be written and makes the temporary folder beside it.
  /// - Parameter force: whether a folder that may not be replaced is moved aside instead, to NAME.old-N.
  package init(at path: String, kind: Kind, force: Bool = false) throws(FileFault) {
    let place = try Self.check(path, kind: kind, force: force)
    let parent = Files.parent(of: place.path)
    do throws(FileFault) {
      try Files.makeFolder(parent)
    } catch {
      // The user knows the path that they gave.
      guard case .unwritable(_, let reason) = error else { throw error }
      throw .unwritable(path: path, reason: reason)
    }
    let temporary = try TemporaryFolder(
      in: parent, for: Files.name(of: place.path), given: path)
    let new = "\(temporary.path)/\(TemporaryFolder.parts.new)"
    guard mkdir(new, 0o755) == 0 else { throw .unwritable(path: path, reason: Files.reason()) }
    self.place = place
    self.kind = kind
    self.force = force
    self.temporary = temporary
    self.new = new
  }

  /// Writes one file, making the folders above it.
  /// - Parameter name: a path relative to the folder, such as "data/report.json"; new in this folder.
  package mutating func write(_ bytes: [UInt8], to name: String) throws(FileFault) {
    try write(parts: CollectionOfOne(bytes), to: name)
  }

  /// Writes one file part by part: one that is made as it goes never lies in memory whole.
  package mutating func write(
    parts: some Sequence<[UInt8]>, to name: String
  ) throws(FileFault) {
    precondition(
      !name.hasPrefix("/") && !name.split(separator: "/").contains("..") && !name.contains("\n"),
      "a file of a folder needs a relative path, got \(name)")
    precondition(digests[name] == nil && name != FileList.name, "\(name) is written twice")
    let folder = Files.parent(of: name)
    if !folder.isEmpty, folders.insert(folder).inserted {
      try Files.makeFolder("\(new)/\(folder)")
    }
    let descriptor = open("\(new)/\(name)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .unwritable(path: place.given, reason: Files.reason()) }
    defer { close(descriptor) }
    let digest = SHA256()
    for part in parts {
      guard part.withUnsafeBytes({ Files.put($0, into: descriptor) }) else {
        throw .unwritable(path: place.given, reason: Files.reason())
      }
      digest.update(part)
    }
    digests[name] = digest.hexadecimal()
  }

  /// Writes a text as UTF-8.
  package mutating func write(_ text: String, to name: String) throws(FileFault) {
    try write(Array(text.utf8), to: name)
  }

  /// Syncs every file and puts the folder in its place; the old one goes.
  /// - Returns: where the old one is, if it was moved aside.
  @discardableResult package consuming func commit() throws(FileFault) -> MovedAside? {
    let list = FileList(digests)
    guard Files.put(Array(list.text.utf8), at: "\(new)/\(FileList.name)") else {
      throw .unwritable(path: place.given, reason: Files.reason())
    }
    let written = (list.names + [FileList.name] + list.folders).map { "\(new)/\($0)" } + [new]
    if let reason = DurableFiles.sync(written) {
      throw .unwritable(path: place.given, reason: reason)
    }
    // The place is looked at again: somebody may have put something there in the meantime.
    let (target, given) = (place.path, place.given)
    let obstacle = try Self.obstacle(to: target, given: given, kind: kind)
    if let obstacle, !force { throw obstacle }
    let isOurs = obstacle == nil
    let (source, folder) = (new, temporary)
    let aside = try TemporaryFolder.uninterrupted { () throws(FileFault) -> MovedAside? in
      let aside = isOurs ? nil : try MovedAside.move(target, given: given)
      Self.keepMode(of: target, for: source)
      try FolderExchange.put(
        source, at: target, old: "\(folder.path)/\(TemporaryFolder.parts.old)", given: given)
      Files.syncFolder(of: target)
      return aside
    }
    return temporary.remove() ?? aside
  }
}

extension AtomicFolder {
  /// Refuses a place where no folder of the kind can be written; changes nothing.
  private static func check(
    _ path: String, kind: Kind, force: Bool = false
  ) throws(FileFault) -> OutputPlace {
    let place = try OutputPlace(path)
    guard place.path != "/" else {
      throw .unwritable(path: path, reason: "it is the root of the file system")
    }
    if place.exists, let present = OutputPlace(existing: "."), place.holds(present) {
      throw .isPresentFolder(path: path)
    }
    if let obstacle = try obstacle(to: place.path, given: path, kind: kind), !force {
      throw obstacle
    }
    return place
  }

  /// Refuses a place where no folder can be written, by trying; leaves it as it is.
  package static func probe(
    _ path: String, kind: Kind, force: Bool = false
  ) throws(FileFault) {
    _ = try AtomicFolder(at: path, kind: kind, force: force)
  }

  /// What keeps the folder at an absolute path from being replaced; nil where nothing does.
  private static func obstacle(
    to target: String, given: String, kind: Kind
  ) throws(FileFault) -> FileFault? {
    var status = stat()
    guard lstat(target, &status) == 0 else { return nil }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      return .unwritable(path: given, reason: "a file of that name is there")
    }
    guard let foreign = try OwnedFolder.foreign(in: target, markers: kind.markers) else {
      return nil
    }
    return .notOurs(path: given, kind: kind.name, foreign: foreign.name, reason: foreign.reason)
  }

  /// Whoever may read the old folder may read the new one, and nobody else.
  private static func keepMode(of old: String, for new: String) {
    var status = stat()
    guard lstat(old, &status) == 0 else { return }
    // Only root may give a folder away; for others it is theirs already.
    _ = chown(new, status.st_uid, status.st_gid)
    chmod(new, status.st_mode & 0o7777)
  }
}
