import Foundation

/// A lock on a file or folder, held until `release()` or until this process ends in any way, SIGKILL included.
///
/// Advisory (flock): it keeps others out who ask for it too, in this process, in others, and on a file system that
/// passes it on (NFS does) on other machines.
package struct FileLock: Sendable {
  private let descriptor: Int32

  /// Locks a folder that is there. On a file system without locks the lock is granted: no reason not to work.
  /// - Returns: nil where another holds it.
  package static func take(folder path: String) -> FileLock? {
    take(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), waits: false)
  }

  /// Locks a file, and makes an empty one where there is none.
  /// - Parameter waits: until the holder lets go, instead of coming back with nil.
  /// - Returns: nil where another holds it.
  package static func take(file path: String, waits: Bool = false) throws(FileFault) -> FileLock? {
    // For writing, as NFS makes of it a lock that only writers may have.
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .unwritable(path: path, reason: Files.reason()) }
    return take(descriptor, waits: waits)
  }

  private static func take(_ descriptor: Int32, waits: Bool) -> FileLock? {
    guard descriptor >= 0 else { return FileLock(descriptor: descriptor) }
    while flock(descriptor, LOCK_EX | (waits ? 0 : LOCK_NB)) != 0 {
      if errno == EINTR { continue }
      guard errno == EWOULDBLOCK else { break }
      close(descriptor)
      return nil
    }
    return FileLock(descriptor: descriptor)
  }

  /// Lets others take it. Call it once: a second call may close a file that was opened since.
  package func release() {
    if descriptor >= 0 { close(descriptor) }
  }
}
