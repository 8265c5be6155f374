import Foundation

/// Whole-file reading and durable writing: a file is either its old self or its new self.
package enum Files {
  /// More is no file that a program reads whole.
  package static let largestSize = 1 << 32

  /// A plain file's bytes; links are followed. A pipe would be waited for and a device never ends, so both are refused:
  /// paths come from data as well as from users.
  package static func read(_ path: String) throws(FileFault) -> [UInt8] {
    try read(path, orPipe: false)
  }

  /// The bytes of a plain file, or of a pipe until its writer closes it: for a path that a user has typed, such as
  /// `/dev/stdin` or a shell's `<(…)`.
  package static func readOrDrain(_ path: String) throws(FileFault) -> [UInt8] {
    try read(path, orPipe: true)
  }

  private static func read(_ path: String, orPipe: Bool) throws(FileFault) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | (orPipe ? 0 : O_NONBLOCK))
    guard descriptor >= 0 else {
      throw errno == ENOENT ? .missing(path: path) : .unreadable(path: path, reason: reason())
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(path: path, reason: reason()) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFIFO where orPipe: break
    case S_IFDIR: throw .unreadable(path: path, reason: "it is a folder")
    default: throw .unreadable(path: path, reason: "it is not a plain file")
    }
    let expected = Int(status.st_size)
    guard expected <= largestSize else {
      throw .unreadable(path: path, reason: "\(expected) bytes, more than \(largestSize)")
    }
    var bytes: [UInt8] = []
    if expected > 0 {
      var failed = false
      bytes = [UInt8](unsafeUninitializedCapacity: expected) { buffer, count in
        while count < expected {
          let received = Foundation.read(
            descriptor, buffer.baseAddress! + count, min(expected - count, 1 << 30))
          if received < 0, errno == EINTR { continue }
          if received < 0 { failed = true }
          if received <= 0 { break }
          count += received
        }
      }
      if failed { throw .unreadable(path: path, reason: reason()) }
      return bytes
    }
    // A pipe or a /proc file has no size beforehand.
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let received = Foundation.read(descriptor, &chunk, chunk.count)
      if received < 0, errno == EINTR { continue }
      if received < 0 { throw .unreadable(path: path, reason: reason()) }
      if received == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<received])
      guard bytes.count <= largestSize else {
        throw .unreadable(path: path, reason: "more than \(largestSize) bytes")
      }
    }
  }

  /// Writes all of a buffer; false, with `errno`, where that fails.
  static func put(_ buffer: UnsafeRawBufferPointer, into descriptor: Int32) -> Bool {
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

  /// Makes a new file; false, with `errno`, where that or writing it fails.
  static func create(_ path: String, _ write: (Int32) -> Bool) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return false }
    let isWritten = write(descriptor)
    let failure = errno
    close(descriptor)
    errno = failure
    return isWritten
  }

  /// Makes a new file of some bytes; false, with `errno`, where that fails.
  static func put(_ bytes: [UInt8], at path: String) -> Bool {
    create(path) { descriptor in bytes.withUnsafeBytes { put($0, into: descriptor) } }
  }

  /// Makes a folder and those above it; an existing folder is fine.
  package static func makeFolder(_ path: String) throws(FileFault) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path: path, reason: reason())
    }
  }

  /// Whether something (file or folder) is there.
  package static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0
  }

  /// Whether a plain file is there, links followed: no folder, pipe or device.
  package static func isPlainFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Whether a folder is there.
  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names of what lies in a folder, in no order.
  package static func names(in folder: String) throws(FileFault) -> [String] {
    guard let handle = opendir(folder) else {
      throw errno == ENOENT ? .missing(path: folder) : .unreadable(path: folder, reason: reason())
    }
    defer { closedir(handle) }
    var names: [String] = []
    while true {
      // The only way to tell an error from the end.
      errno = 0
      guard let entry = readdir(handle) else { break }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: $0.pointee)) {
          String(cString: $0)
        }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw .unreadable(path: folder, reason: reason()) }
    return names
  }

  /// What the last error of the C library says.
  static func reason() -> FileReason { FileReason(errno: errno) }

  /// Makes a rename in a folder survive a power cut.
  static func syncFolder(of path: String) {
    let parent = Files.parent(of: path)
    let descriptor = open(parent.isEmpty ? "." : parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
