import Foundation

extension Files {
  /// Writes a temporary file in `path`'s folder, syncs it, and renames it into place.
  package static func write(_ bytes: [UInt8], to path: String) throws(FileFault) {
    let result = bytes.withUnsafeBytes { buffer in
      Result { () throws(FileFault) in try write([buffer], to: path) }
    }
    try result.get()
  }

  /// Writes a text as UTF-8, as `write(_:to:)` does.
  package static func write(_ text: String, to path: String) throws(FileFault) {
    try write(Array(text.utf8), to: path)
  }

  /// Writes several pieces, one after another, as one file.
  package static func write(
    _ pieces: [UnsafeRawBufferPointer], to path: String
  ) throws(FileFault) {
    let parent = parent(of: path)
    let temporary = try TemporaryFolder(
      in: parent.isEmpty ? "." : parent, for: name(of: path), given: path)
    let file = "\(temporary.path)/\(TemporaryFolder.parts.new)"
    let isWritten = create(file) { descriptor in
      pieces.allSatisfy { put($0, into: descriptor) } && fsync(descriptor) == 0
    }
    guard isWritten, rename(file, path) == 0 else {
      throw .unwritable(path: path, reason: reason())
    }
    syncFolder(of: path)
  }
}
