import Foundation

/// A file that stays open and is read in pieces, from as many threads as you like.
///
/// Only what is asked for comes into memory. A file that has been written to or cut since it was opened is an
/// error at the next read, never other bytes than those that were checked. (A file that was replaced by a rename goes
/// on being readable: this one is still the old file.)
package final class OpenFile: Sendable {
  /// As the caller named it, for messages.
  package let path: String
  /// The size in bytes when the file was opened; reads must end within it.
  package let byteCount: Int
  private let descriptor: Int32
  private let written: Moment

  /// When the file was last written to.
  private struct Moment: Equatable, Sendable {
    var seconds: Int
    var nanoseconds: Int
    init(_ status: stat) {
      seconds = status.st_mtim.tv_sec
      nanoseconds = status.st_mtim.tv_nsec
    }
  }

  /// Opens a file; folders, pipes and devices have no pieces.
  package init(_ path: String) throws(FileFault) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw errno == ENOENT
        ? .missing(path: path) : .unreadable(path: path, reason: Files.reason())
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let reason = Files.reason()
      close(descriptor)
      throw .unreadable(path: path, reason: reason)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .unreadable(
        path: path,
        reason: status.st_mode & S_IFMT == S_IFDIR ? "it is a folder" : "it is not a plain file")
    }
    self.path = path
    self.descriptor = descriptor
    byteCount = Int(status.st_size)
    written = Moment(status)
  }

  deinit { close(descriptor) }

  /// Reads `buffer.count` bytes that begin `offset` bytes into the file.
  package func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileFault) {
    precondition(
      offset >= 0 && offset + buffer.count <= byteCount,
      "bytes \(offset)+\(buffer.count) lie outside a file of \(byteCount)")
    var done = 0
    while done < buffer.count {
      let received = pread(
        descriptor, buffer.baseAddress! + done, min(buffer.count - done, 1 << 30), offset + done)
      if received < 0, errno == EINTR { continue }
      guard received >= 0 else { throw .unreadable(path: path, reason: Files.reason()) }
      guard received > 0 else { throw .changed(path: path) }
      done += received
    }
    // Asked after the bytes: a writer sets the time before it changes the first of them.
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .unreadable(path: path, reason: Files.reason())
    }
    guard Int(status.st_size) == byteCount, Moment(status) == written else {
      throw .changed(path: path)
    }
  }
}
