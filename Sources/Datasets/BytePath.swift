import FileKit
import Foundation

/// A path as the bytes that the system knows, because names need not be valid UTF-8.
struct BytePath: Sendable {
  let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }
  init(_ path: String) { bytes = Array(path.utf8) }

  func appending(_ name: [UInt8]) -> BytePath {
    BytePath(bytes: bytes.last == UInt8(ascii: "/") ? bytes + name : bytes + [0x2F] + name)
  }

  /// What stands after the last slash.
  var name: [UInt8] { Array(bytes.split(separator: 0x2F).last ?? []) }

  /// For people and files: bytes that are not UTF-8 become `\xE9`, so that names stay distinct.
  var text: String { Self.text(of: bytes) }

  static func text(of bytes: [UInt8]) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var result = ""
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = 0
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded):
        result.unicodeScalars.append(Unicode.UTF8.decode(encoded))
        offset += encoded.count
      case .error(let length):
        for byte in bytes[offset..<offset + length] {
          result += "\\x" + String(byte, radix: 16, uppercase: true)
        }
        offset += length
      case .emptyInput: return result
      }
    }
  }

  func hasSuffix(_ suffix: String) -> Bool {
    bytes.reversed().starts(with: suffix.utf8.reversed())
  }

  enum Kind {
    case folder
    case file
    case missing
  }

  /// What lies there, links followed.
  var kind: Kind {
    var status = stat()
    guard withCString({ stat($0, &status) }) == 0 else { return .missing }
    return status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
  }

  /// The bytes of a plain file, links followed; nil for anything else.
  var plainFileSize: Int? {
    var status = stat()
    guard withCString({ stat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    return Int(status.st_size)
  }

  /// Device and inode: the same for two paths to one folder.
  var identity: [UInt64]? {
    var status = stat()
    guard withCString({ stat($0, &status) }) == 0 else { return nil }
    return [UInt64(status.st_dev), UInt64(status.st_ino)]
  }

  /// The absolute path without links, `.` and `..`; the path itself where nothing lies there.
  var resolved: BytePath {
    guard let path = withCString({ realpath($0, nil) }) else { return self }
    defer { free(path) }
    return BytePath(
      bytes: UnsafeBufferPointer(start: path, count: strlen(path)).map { UInt8(bitPattern: $0) })
  }

  /// More is no image.
  static let sizeLimit = 1 << 30
  /// Bytes that tell a file's type.
  private static let startSize = 32

  /// A regular file's bytes, or why it cannot be read. A pipe is refused, not waited for.
  /// - Parameter isWanted: told the first bytes; the rest is read only where it says yes.
  func read(
    where isWanted: (_ start: [UInt8]) -> Bool = { _ in true }
  ) -> Result<[UInt8], Unreadable> {
    let descriptor = withCString { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard descriptor >= 0 else { return .failure(Unreadable(reason: Self.reason(errno))) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return .failure(Unreadable(reason: "it is not a regular file"))
    }
    var start = [UInt8](repeating: 0, count: min(Self.startSize, max(Int(status.st_size), 0)))
    let received = pread(descriptor, &start, start.count, 0)
    guard received >= 0 else { return .failure(Unreadable(reason: Self.reason(errno))) }
    start.removeLast(start.count - received)
    guard isWanted(start) else { return .success(start) }
    guard status.st_size <= Self.sizeLimit else {
      return .failure(Unreadable(reason: "a file of \(status.st_size) bytes"))
    }
    let size = Int(status.st_size)
    var failure: Int32?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let received = Foundation.read(descriptor, buffer.baseAddress! + count, size - count)
        if received < 0, errno == EINTR { continue }
        if received < 0 { failure = errno }
        if received <= 0 { break }
        count += received
      }
    }
    if let failure { return .failure(Unreadable(reason: Self.reason(failure))) }
    return .success(bytes)
  }

  /// The same, where data cannot do without the file.
  func contents() throws(DatasetFault) -> [UInt8] {
    switch read() {
    case .success(let bytes): return bytes
    case .failure(let unreadable):
      throw .file(.unreadable(path: text, reason: unreadable.reason))
    }
  }

  struct Unreadable: Error {
    var reason: FileReason
  }

  func withCString<Value>(_ body: (UnsafePointer<CChar>) -> Value) -> Value {
    var terminated = bytes
    terminated.append(0)
    return terminated.withUnsafeBytes { body($0.baseAddress!.assumingMemoryBound(to: CChar.self)) }
  }

  static func reason(_ code: Int32) -> FileReason {
    // Every folder above it has been read.
    code == ENOENT ? "no such file" : FileReason(errno: code)
  }
}
