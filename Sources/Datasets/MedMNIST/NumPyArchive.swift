import CZip
import FileKit

/// A NumPy archive (`.npz`): a zip file of `.npy` arrays, stored or deflated.
final class NumPyArchive {
  static let kind = "NumPy archive"

  let path: String
  private let archive: OpaquePointer

  init(_ path: BytePath) throws(DatasetFault) {
    self.path = path.text
    var code: Int32 = 0
    let name = path.bytes.map { CChar(bitPattern: $0) } + [0]
    guard let archive = zip_open(name, ZIP_RDONLY, &code) else {
      var error = zip_error_t()
      zip_error_init_with_code(&error, code)
      defer { zip_error_fini(&error) }
      if code == ZIP_ER_OPEN || code == ZIP_ER_READ {
        throw .file(.unreadable(path: path.text, reason: FileReason(errno: error.sys_err)))
      }
      throw .damaged(
        kind: Self.kind, path: path.text, what: "a zip file", expected: "of .npy arrays",
        got: String(cString: zip_error_strerror(&error)))
    }
    self.archive = archive
  }

  deinit { zip_discard(archive) }

  /// An array that is being read from its start.
  final class Stream {
    let name: String
    let header: NumPyHeader
    private let path: String
    private let entry: OpaquePointer

    fileprivate init(_ archive: NumPyArchive, _ name: String, _ index: Int64) throws(DatasetFault) {
      self.name = name
      path = archive.path
      guard let entry = zip_fopen_index(archive.archive, UInt64(index), 0) else {
        throw Self.damaged(
          path, name, got: String(cString: zip_strerror(archive.archive)))
      }
      self.entry = entry
      var start = [UInt8](repeating: 0, count: 8)
      do throws(DatasetFault) {
        try Self.fill(&start, from: entry, path, name)
        guard start.starts(with: NumPyHeader.magic), (1...3).contains(start[6]) else {
          throw Self.damaged(path, name, got: "another start")
        }
        var size = [UInt8](repeating: 0, count: start[6] == 1 ? 2 : 4)
        try Self.fill(&size, from: entry, path, name)
        let length = size.reversed().reduce(0) { $0 << 8 | Int($1) }
        // NumPy's own are 118 bytes long.
        guard length <= 1 << 16 else {
          throw Self.damaged(path, name, got: "a header of \(length) bytes")
        }
        var text = [UInt8](repeating: 0, count: length)
        try Self.fill(&text, from: entry, path, name)
        guard let header = NumPyHeader(dictionary: String(decoding: text, as: UTF8.self)) else {
          throw Self.damaged(path, name, got: "a header without type, order and shape")
        }
        self.header = header
      } catch {
        zip_fclose(entry)
        throw error
      }
    }

    deinit { zip_fclose(entry) }

    /// The next bytes, as many as the buffer holds. At the end of the array libzip has compared the
    /// entry's checksum.
    func read(into buffer: inout [UInt8]) throws(DatasetFault) {
      try Self.fill(&buffer, from: entry, path, name)
    }

    /// Throws where bytes follow the array or the checksum differs.
    func finish() throws(DatasetFault) {
      var byte: UInt8 = 0
      let count = zip_fread(entry, &byte, 1)
      guard count == 0 else {
        throw Self.damaged(
          path, name, got: count < 0 ? Self.reason(entry) : "bytes after the array's end")
      }
    }

    private static func fill(
      _ buffer: inout [UInt8], from entry: OpaquePointer, _ path: String, _ name: String
    ) throws(DatasetFault) {
      var done = 0
      let size = buffer.count
      while done < size {
        let count = buffer.withUnsafeMutableBytes {
          zip_fread(entry, $0.baseAddress! + done, UInt64(size - done))
        }
        guard count > 0 else {
          throw damaged(path, name, got: count < 0 ? reason(entry) : "an early end")
        }
        done += Int(count)
      }
    }

    private static func reason(_ entry: OpaquePointer) -> String {
      String(cString: zip_file_strerror(entry))
    }

    private static func damaged(_ path: String, _ name: String, got: String) -> DatasetFault {
      .damaged(
        kind: kind, path: path, what: "in '\(name).npy'", expected: "a whole array", got: got)
    }
  }

  /// Opens an array; nil where the archive has none of that name.
  func stream(_ name: String) throws(DatasetFault) -> Stream? {
    let index = zip_name_locate(archive, "\(name).npy", 0)
    return index < 0 ? nil : try Stream(self, name, index)
  }
}
