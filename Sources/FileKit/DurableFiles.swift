import Foundation

/// Waits until files are on the disk, many at once.
///
/// One after another, each `fsync` waits for a commit of the file system's journal of its own: some milliseconds,
/// seconds for a report of a thousand sheets. Asked for together, they share commits.
enum DurableFiles {
  private static let threads = 32

  /// Syncs files and folders; the reason why one of them could not be, nil where all were.
  static func sync(_ paths: [String]) -> String? {
    guard paths.count > 1 else { return paths.lazy.compactMap(sync(one:)).first }
    let failure = Failure()
    let done = DispatchGroup()
    // Threads of its own: they only wait, and the cores' queues are not for that.
    for lane in 0..<min(threads, paths.count) {
      done.enter()
      Thread.detachNewThread {
        for index in stride(from: lane, to: paths.count, by: threads) {
          if let reason = sync(one: paths[index]) { failure.note(reason, at: index) }
        }
        done.leave()
      }
    }
    done.wait()
    return failure.reason
  }

  private static func sync(one path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return Files.reason() }
    defer { close(descriptor) }
    return fsync(descriptor) == 0 ? nil : Files.reason()
  }

  /// The first failure by position, whichever came first.
  private final class Failure: @unchecked Sendable {
    private let lock = NSLock()
    private var first: (index: Int, reason: String)?

    func note(_ reason: String, at index: Int) {
      lock.withLock {
        if first.map({ index < $0.index }) ?? true { first = (index, reason) }
      }
    }

    var reason: String? { lock.withLock { first?.reason } }
  }
}
