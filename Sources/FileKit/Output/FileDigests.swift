import Foundation

/// The digests of files on disk, each computed once as long as nobody writes to the file.
enum FileDigests {
  /// What changes when a file's bytes may have: where it lies does not.
  private struct Identity: Hashable {
    var device: dev_t
    var inode: ino_t
    var size: off_t
    var written: [Int]

    init(_ status: stat) {
      device = status.st_dev
      inode = status.st_ino
      size = status.st_size
      written = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    }
  }

  private static let lock = NSLock()
  private nonisolated(unsafe) static var known: [Identity: String] = [:]

  /// The digest of a plain file; nil for anything else, links included, and for what cannot be read.
  static func digest(of path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let identity = Identity(status)
    if let digest = lock.withLock({ known[identity] }) { return digest }
    let hash = SHA256()
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { break }
      chunk.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
    let digest = hash.hexadecimal()
    lock.withLock { known[identity] = digest }
    return digest
  }

  /// Remembers what was just written, so that it is not read again.
  static func note(_ digest: String, of path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    lock.withLock { known[Identity(status)] = digest }
  }
}
