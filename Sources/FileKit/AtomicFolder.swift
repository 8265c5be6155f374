import Foundation

/// A folder that appears whole or not at all.
///
/// Files are written into a temporary folder beside the target; `commit()` syncs them and exchanges
/// the two folders in one step. Until then the target keeps its old content, whatever happens to
/// this process. A temporary folder left by a killed process is removed by the next write beside it.
/// An existing target is replaced only if it is empty or carries the kind's marker files.
public struct AtomicFolder: ~Copyable {
  /// What a folder must be to be replaced.
  public struct Kind: Sendable {
    /// As in "expected a new folder or …": "an ExitLens report".
    public var name: String
    /// Files, relative to the folder, that all have to be there.
    public var markers: [String]
    /// Whether a folder that holds anything besides the markers is kept: somebody's own files would be lost.
    public var holdsOnlyMarkers: Bool

    public init(name: String, markers: [String], holdsOnlyMarkers: Bool = false) {
      self.name = name
      self.markers = markers
      self.holdsOnlyMarkers = holdsOnlyMarkers
    }
  }

  /// Where the folder will be, free of symbolic links.
  public let target: String
  /// Where the files are until `commit()`.
  public let temporary: String
  /// Hexadecimal SHA-256 of every file written so far, by relative path.
  public private(set) var digests: [String: String] = [:]

  private let given: String
  private let kind: Kind
  private let lock: Int32
  private var folders: Set<String> = []
  private var finished = false

  /// Checks that `path` may be written and makes the temporary folder beside it.
  public init(at path: String, kind: Kind) throws(FileFault) {
    let target = try Self.resolve(path)
    try Self.check(target, given: path, kind: kind)
    let parent = Files.parent(of: target)
    Self.removeAbandoned(in: parent)
    var attempt = 0
    while true {
      let temporary = "\(parent == "/" ? "" : parent)/.exitlens-\(getpid())-\(attempt).tmp"
      if mkdir(temporary, 0o755) == 0 {
        let descriptor = open(temporary, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if Self.holds(descriptor) {
          self.temporary = temporary
          lock = descriptor
          break
        }
        if descriptor >= 0 { close(descriptor) }
      } else if errno != EEXIST {
        throw .unwritable(path: path, reason: Files.reason())
      }
      guard attempt < 1000 else { throw .unwritable(path: path, reason: Files.reason()) }
      attempt += 1
    }
    self.target = target
    given = path
    self.kind = kind
  }

  deinit {
    if !finished { try? FileManager.default.removeItem(atPath: temporary) }
    if lock >= 0 { close(lock) }
  }

  /// Writes one file, making the folders above it.
  /// - Parameter name: a path relative to the folder, such as "data/report.json"; new in this folder.
  public mutating func write(_ bytes: [UInt8], to name: String) throws(FileFault) {
    try write(parts: CollectionOfOne(bytes), to: name)
  }

  /// Writes one file part by part: one that is made as it goes never lies in memory whole.
  public mutating func write(
    parts: some Sequence<[UInt8]>, to name: String
  ) throws(FileFault) {
    precondition(
      !name.hasPrefix("/") && !name.split(separator: "/").contains(".."),
      "a file of a folder needs a relative path, got \(name)")
    precondition(digests[name] == nil, "\(name) is written twice")
    let folder = Files.parent(of: name)
    if !folder.isEmpty, folders.insert(folder).inserted {
      try Files.makeFolder("\(temporary)/\(folder)")
    }
    let descriptor = open(
      "\(temporary)/\(name)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .unwritable(path: given, reason: Files.reason()) }
    defer { close(descriptor) }
    let digest = SHA256()
    for part in parts {
      let complete = part.withUnsafeBytes { buffer in
        var offset = 0
        while offset < buffer.count {
          let written = Foundation.write(
            descriptor, buffer.baseAddress! + offset, min(buffer.count - offset, 1 << 30))
          if written < 0, errno == EINTR { continue }
          if written < 0 { return false }
          offset += written
        }
        return true
      }
      guard complete else { throw .unwritable(path: given, reason: Files.reason()) }
      digest.update(part)
    }
    digests[name] = digest.hexadecimal()
  }

  /// Writes a text as UTF-8.
  public mutating func write(_ text: String, to name: String) throws(FileFault) {
    try write(Array(text.utf8), to: name)
  }

  /// The digests so far in the format of `sha256sum`, sorted by path.
  public func manifest() -> String {
    digests.keys.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
      .map { "\(digests[$0]!)  \($0)\n" }.joined()
  }

  /// Syncs every file and puts the folder in its place; the old one goes.
  public consuming func commit() throws(FileFault) {
    let written = digests.keys.sorted() + folders.sorted()
    if let reason = DurableFiles.sync(written.map { "\(temporary)/\($0)" } + [temporary]) {
      throw .unwritable(path: given, reason: reason)
    }
    // Somebody may have put something there in the meantime.
    try Self.check(target, given: given, kind: kind)
    try FolderExchange.put(temporary, at: target, given: given)
    finished = true
    Files.syncFolder(of: target)
    if Files.exists(temporary) { try? FileManager.default.removeItem(atPath: temporary) }
  }
}

extension AtomicFolder {
  /// The absolute path without links; the folders above it are made.
  private static func resolve(_ path: String) throws(FileFault) -> String {
    if let real = realpath(path, nil) {
      defer { free(real) }
      return String(cString: real)
    }
    var trimmed = path
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    let name = Files.name(of: trimmed)
    guard !name.isEmpty, name != "..", name != "." else {
      throw .unwritable(path: path, reason: "that is no name for a folder")
    }
    let parent = Files.parent(of: trimmed)
    if !parent.isEmpty {
      do throws(FileFault) {
        try Files.makeFolder(parent)
      } catch {
        // The user knows the path that they gave.
        guard case .unwritable(_, let reason) = error else { throw error }
        throw .unwritable(path: path, reason: reason)
      }
    }
    guard let real = realpath(parent.isEmpty ? "." : parent, nil) else {
      throw .unwritable(path: path, reason: Files.reason())
    }
    defer { free(real) }
    let base = String(cString: real)
    return base == "/" ? "/\(name)" : "\(base)/\(name)"
  }

  /// Whether the target may be replaced.
  private static func check(_ target: String, given: String, kind: Kind) throws(FileFault) {
    guard Files.exists(target) else { return }
    guard Files.isFolder(target) else {
      throw .unwritable(path: given, reason: "a file of that name is there")
    }
    guard let content = try? FileManager.default.contentsOfDirectory(atPath: target) else {
      throw .unwritable(path: given, reason: Files.reason())
    }
    let isOurs = kind.markers.allSatisfy { Files.exists("\(target)/\($0)") }
    let hasOthers = kind.holdsOnlyMarkers && !content.allSatisfy { kind.markers.contains($0) }
    guard content.isEmpty || isOurs && !hasOthers else {
      throw .notOurs(path: given, kind: kind.name)
    }
  }

  /// Locks a new temporary folder. Not where another process took it for abandoned before it was locked; a file
  /// system without locks has no such process.
  private static func holds(_ lock: Int32) -> Bool {
    guard lock >= 0 else { return errno != ENOENT }
    if flock(lock, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK { return false }
    var status = stat()
    return fstat(lock, &status) != 0 || status.st_nlink > 0
  }

  /// Removes what killed processes left: their locks are gone.
  private static func removeAbandoned(in parent: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    for name in names where name.hasPrefix(".exitlens-") && name.hasSuffix(".tmp") {
      let path = "\(parent)/\(name)"
      let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
        try? FileManager.default.removeItem(atPath: path)
      }
      close(descriptor)
    }
  }
}
