import Foundation

/// Waits until files are on the disk, many at once.
///
/// One after another, each `fsync` waits for a commit of the file system's journal of its own: some milliseconds,
/// seconds for a report of a thousand sheets. Asked for together, they share commits.
enum DurableFiles {
  /// They only wait, so there may be more of them than cores.
  private static let threads = 32
  private static let stackSize = 256 << 10

  /// Syncs files and folders; the reason why one of them could not be, nil where all were.
  static func sync(_ paths: [String]) -> FileReason? {
    let list = List(paths)
    WorkerThread.together(min(threads, paths.count), stackSize: stackSize) {
      while let (index, path) = list.next() {
        if let reason = sync(one: path) { list.note(reason, at: index) }
      }
    }
    return list.reason
  }

  private static func sync(one path: String) -> FileReason? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return Files.reason() }
    defer { close(descriptor) }
    return fsync(descriptor) == 0 ? nil : Files.reason()
  }

  /// What is still to be synced, and the first failure by position, whichever came first.
  private final class List: @unchecked Sendable {
    private let paths: [String]
    private let lock = NSLock()
    // Guarded by `lock`.
    private var taken = 0
    private var first: (index: Int, reason: FileReason)?

    init(_ paths: [String]) { self.paths = paths }

    func next() -> (index: Int, path: String)? {
      lock.withLock {
        guard taken < paths.count else { return nil }
        taken += 1
        return (taken - 1, paths[taken - 1])
      }
    }

    func note(_ reason: FileReason, at index: Int) {
      lock.withLock {
        if first.map({ index < $0.index }) ?? true { first = (index, reason) }
      }
    }

    var reason: FileReason? { lock.withLock { first?.reason } }
  }
}
