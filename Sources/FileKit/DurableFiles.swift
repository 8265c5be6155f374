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
  ///
  /// Where there are fewer threads to be had, or fewer open files, fewer are waited for at a time.
  static func sync(_ paths: [String]) -> FileReason? {
    let list = List(count: paths.count)
    WorkerThread.together(min(threads, paths.count), stackSize: stackSize) {
      list.join()
      while let index = list.next() {
        var code = sync(one: paths[index])
        if code == EMFILE || code == ENFILE {
          if list.leave(givingBack: index) { return }
          code = sync(one: paths[index])
        }
        if code != 0 { list.note(FileReason(errno: code), at: index) }
      }
    }
    return list.reason
  }

  /// - Returns: the C library's error number, or 0.
  private static func sync(one path: String) -> Int32 {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return errno }
    defer { close(descriptor) }
    return fsync(descriptor) == 0 ? 0 : errno
  }

  /// What is still to be synced, and the first failure by position, whichever came first.
  private final class List: @unchecked Sendable {
    private let lock = NSLock()
    // Guarded by `lock`.
    private var waiting: [Int]
    private var workers = 0
    private var first: (index: Int, reason: FileReason)?

    init(count: Int) { waiting = (0..<count).reversed() }

    func join() { lock.withLock { workers += 1 } }

    /// The position of the next path; nil ends the worker.
    func next() -> Int? {
      lock.withLock {
        if waiting.isEmpty { workers -= 1 }
        return waiting.popLast()
      }
    }

    /// Ends a worker that could not open its file as long as others have theirs open.
    /// - Returns: false where there are no others.
    func leave(givingBack index: Int) -> Bool {
      lock.withLock {
        guard workers > 1 else { return false }
        workers -= 1
        waiting.append(index)
        return true
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
