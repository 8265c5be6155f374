import Foundation

/// A folder of ours, beside or inside a place that is written, where files lie until they are whole.
///
/// It is called .exitlens-PID-N.tmp, but what makes it ours is the marker file inside; what makes it alive is the
/// lock on it, which ends with its process in any way. One that a killed process left is removed by the next
/// command that writes in the same place, one of a process that is told to stop by that process.
final class TemporaryFolder: Sendable {
  let path: String
  private let lock: Int32
  private let isRemoved = Flag()

  /// The file that tells a folder of ours from one that has only the name.
  private static let marker = "exitlens-temporary"
  private static let firstLine =
    "Files that ExitLens is writing; without a running exitlens this folder may go. For:\n"
  /// What is being made, and what was replaced and is about to go.
  static let parts = (new: "new", old: "old")

  /// - Parameters:
  ///   - parent: a folder that is there.
  ///   - name: what is written, for the name of anything that must be kept.
  ///   - given: the path for messages.
  init(in parent: String, for name: String, given: String) throws(FileFault) {
    Self.removeAbandoned(in: parent)
    (path, lock) = try Self.uninterrupted { () throws(FileFault) in
      let made = try Self.make(in: parent, given: given)
      Self.live.add(made.path)
      let note = Array((Self.firstLine + name).utf8)
      guard Files.put(note, at: "\(made.path)/\(Self.marker)") else {
        let reason = Files.reason()
        unlink("\(made.path)/\(Self.marker)")
        rmdir(made.path)
        Self.live.forget(made.path)
        close(made.lock)
        throw .unwritable(path: given, reason: reason)
      }
      return made
    }
  }

  /// Makes an empty folder and locks it.
  private static func make(
    in parent: String, given: String
  ) throws(FileFault) -> (path: String, lock: Int32) {
    for attempt in 0..<1000 {
      let path = "\(parent == "/" ? "" : parent)/.exitlens-\(getpid())-\(attempt).tmp"
      guard mkdir(path, 0o700) == 0 else {
        if errno == EEXIST { continue }
        throw .unwritable(path: given, reason: Files.reason())
      }
      let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard descriptor >= 0 else {
        // Another process may have taken it for abandoned.
        if errno == ENOENT { continue }
        let reason = Files.reason()
        rmdir(path)
        throw .unwritable(path: given, reason: reason)
      }
      // A file system without locks has no process that could take this one for abandoned.
      let isTaken = flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
      var status = stat()
      if !isTaken, fstat(descriptor, &status) != 0 || status.st_nlink > 0 {
        return (path, descriptor)
      }
      close(descriptor)
    }
    throw .unwritable(path: given, reason: "too many temporary folders are there already")
  }

  deinit {
    remove()
    close(lock)
  }

  /// Removes the folder; what turns out to be somebody else's moves aside.
  /// - Returns: where that is now.
  @discardableResult func remove() -> MovedAside? {
    Self.uninterrupted {
      Self.live.forget(path)
      return isRemoved.set() ? nil : Self.remove(path)
    }
  }

  /// Removes what killed processes left in a folder: their locks are gone.
  static func removeAbandoned(in parent: String) {
    for name in (try? OwnedFolder.entries(of: parent)) ?? []
    where hasName(name) {
      let path = "\(parent)/\(name)"
      let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { remove(path) }
      close(descriptor)
    }
  }

  /// Whether a name in a folder is a temporary folder of ours, or one that a kill left before its marker: empty.
  static func isOne(_ name: String, in parent: String) -> Bool {
    let path = "\(parent)/\(name)"
    guard hasName(name) else { return false }
    return wanted(by: path) != nil || (try? OwnedFolder.entries(of: path)) == []
  }

  /// ".exitlens-PID-N.tmp"
  private static func hasName(_ name: String) -> Bool {
    guard name.hasPrefix(".exitlens-"), name.hasSuffix(".tmp") else { return false }
    let numbers = name.dropFirst(10).dropLast(4).split(
      separator: "-", omittingEmptySubsequences: false)
    return numbers.count == 2
      && numbers.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  }

  /// What the marker says is written; nil where there is none. A kill may have cut the marker short.
  private static func wanted(by path: String) -> String? {
    guard let bytes = OwnedFolder.bytes(of: "\(path)/\(marker)") else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    if text.hasPrefix(firstLine) { return String(text.dropFirst(firstLine.count)) }
    return firstLine.hasPrefix(text) ? "" : nil
  }

  @discardableResult private static func remove(_ path: String) -> MovedAside? {
    guard let name = wanted(by: path) else { return nil }
    var moved: MovedAside?
    // Threads that are being stopped may still write to the old name, so a part is renamed first; a few times, as one
    // of them may just be making a folder again. The marker goes last: without it no command would know the folder.
    for attempt in 0..<8 {
      let rest = ((try? OwnedFolder.entries(of: path)) ?? []).filter { $0 != marker }
      if rest.isEmpty {
        unlink("\(path)/\(marker)")
        rmdir(path)
        break
      }
      for part in rest {
        let content = "\(path)/\(part)-\(attempt)"
        guard rename("\(path)/\(part)", content) == 0 else { continue }
        moved = discard(content, beside: "\(Files.parent(of: path))/\(name)") ?? moved
      }
    }
    return moved
  }

  /// Removes what lay in a temporary folder. A folder with a list may be the old one, which has been in the user's
  /// reach: only what is proven goes, and the rest moves aside.
  private static func discard(_ content: String, beside place: String) -> MovedAside? {
    if let owned = OwnedFolder(content) {
      return owned.remove() ? nil : try? MovedAside.move(content, beside: place, given: place)
    }
    if Files.name(of: content).hasPrefix(parts.new) {
      removeTree(content)
    } else {
      rmdir(content)
    }
    return nil
  }

  /// Removes files and folders made here; links are removed, not followed, and mounts are left.
  private static func removeTree(_ path: String, on device: dev_t? = nil) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      unlink(path)
      return
    }
    guard device == nil || device == status.st_dev else { return }
    // The new folder may have taken over the mode of a write-protected one.
    chmod(path, 0o700)
    for name in (try? OwnedFolder.entries(of: path)) ?? [] {
      removeTree("\(path)/\(name)", on: status.st_dev)
    }
    rmdir(path)
  }

  // MARK: - Stopped by a signal

  private static let live = Live()

  /// Removes the temporary folders of this process, which ends then: whoever wants another one waits for ever.
  static func removeAllAndStayLocked() { live.removeAll() }

  /// Runs what must be over before this process may be stopped: an exchange of folders, say.
  static func uninterrupted<Value, Failure: Error>(
    _ body: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    live.lock.lock()
    defer { live.lock.unlock() }
    return try body()
  }

  private final class Live: @unchecked Sendable {
    let lock = NSRecursiveLock()
    private var paths: Set<String> = []

    func add(_ path: String) { lock.withLock { _ = paths.insert(path) } }
    func forget(_ path: String) { lock.withLock { _ = paths.remove(path) } }

    func removeAll() {
      lock.lock()
      for path in paths.sorted() { TemporaryFolder.remove(path) }
    }
  }

  private final class Flag: @unchecked Sendable {
    private let lock = NSLock()
    private var isSet = false
    /// Sets it; whether it was set before.
    func set() -> Bool {
      lock.withLock {
        defer { isSet = true }
        return isSet
      }
    }
  }
}
