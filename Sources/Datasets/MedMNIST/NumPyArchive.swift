import CZip
import FileKit

/// A NumPy archive (`.npz`): a zip file of `.npy` arrays, stored or deflated.
final class NumPyArchive {
  static let kind = "NumPy archive"

  let path: String
  private let fileSize: Int
  private let archive: OpaquePointer

  init(_ path: BytePath) throws(DatasetFault) {
    self.path = path.text
    // libzip would wait for a pipe.
    guard let fileSize = path.plainFileSize else {
      throw .file(.unreadable(path: path.text, reason: "it is not a plain file"))
    }
    self.fileSize = fileSize
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
    /// Bytes after the header, as the archive says; the file is large enough to hold so many.
    private let dataSize: Int
    private let path: String
    private let entry: OpaquePointer

    fileprivate init(_ archive: NumPyArchive, _ name: String, _ index: Int64) throws(DatasetFault) {
      self.name = name
      path = archive.path
      let entrySize = try archive.size(of: index, name)
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
        dataSize = entrySize - start.count - size.count - length
      } catch {
        zip_fclose(entry)
        throw error
      }
    }

    deinit { zip_fclose(entry) }

    /// Throws where the header announces another number of elements than the archive holds: nothing of the announced
    /// size is allocated before.
    /// - Parameter elementSize: bytes of each.
    func checkSize(elementSize: Int) throws(DatasetFault) {
      guard let count = header.count, count * elementSize == dataSize else {
        let shape = header.shape.map(String.init).joined(separator: "×")
        throw Self.damaged(
          path, name, got: "\(dataSize) bytes of data for \(shape) elements of \(elementSize)")
      }
    }

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

    fileprivate static func damaged(_ path: String, _ name: String, got: String) -> DatasetFault {
      .damaged(
        kind: kind, path: path, what: "in '\(name).npy'", expected: "a whole array", got: got)
    }
  }

  /// Opens an array; nil where the archive has none of that name.
  func stream(_ name: String) throws(DatasetFault) -> Stream? {
    let index = zip_name_locate(archive, "\(name).npy", 0)
    return index < 0 ? nil : try Stream(self, name, index)
  }

  /// Deflate makes at most so many bytes of one.
  private static let largestRatio = 1032

  /// An entry's uncompressed bytes, no more than the file can hold whatever the archive says.
  private func size(of index: Int64, _ name: String) throws(DatasetFault) -> Int {
    var entry = zip_stat_t()
    zip_stat_init(&entry)
    let asked = UInt64(ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD)
    guard zip_stat_index(archive, UInt64(index), 0, &entry) == 0, entry.valid & asked == asked
    else { throw Stream.damaged(path, name, got: "an entry without sizes") }
    let (stored, deflated) = (UInt16(ZIP_CM_STORE), UInt16(ZIP_CM_DEFLATE))
    guard entry.comp_method == stored || entry.comp_method == deflated else {
      throw .unsupported(
        kind: "array", path: path, expected: "\(name).npy stored or deflated, as NumPy writes it",
        got: "compression method \(entry.comp_method)")
    }
    let ratio = UInt64(entry.comp_method == stored ? 1 : Self.largestRatio)
    guard entry.comp_size <= fileSize, entry.size <= entry.comp_size * ratio else {
      throw Stream.damaged(
        path, name, got: "\(entry.size) bytes, said of \(entry.comp_size) compressed ones")
    }
    return Int(entry.size)
  }
}
