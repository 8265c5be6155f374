/// An image format, told by a file's first bytes: extensions lie.
package enum ImageFormat: Sendable, Equatable {
  case png
  case jpeg
  /// Recognised, so that the error can name it, and not read.
  case other(String)

  /// Whether `ImageDecoder` reads it.
  package var isRead: Bool {
    switch self {
    case .png, .jpeg: true
    case .other: false
    }
  }

  /// The format of a file's first bytes (32 are enough), or nil where they start like no image.
  package init?(_ bytes: [UInt8]) {
    func starts(with magic: [UInt8], at offset: Int = 0) -> Bool {
      bytes.dropFirst(offset).starts(with: magic)
    }
    if starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if starts(with: Array("GIF8".utf8)) {
      self = .other("a GIF image")
    } else if starts(with: Array("RIFF".utf8)), starts(with: Array("WEBP".utf8), at: 8) {
      self = .other("a WebP image")
    } else if starts(with: Array("ftypavif".utf8), at: 4) {
      self = .other("an AVIF image")
    } else if starts(with: Array("ftyphei".utf8), at: 4) {
      self = .other("an HEIF image")
    } else if starts(with: [0x49, 0x49, 0x2A, 0x00]) || starts(with: [0x4D, 0x4D, 0x00, 0x2A]) {
      self = .other("a TIFF image")
    } else if starts(with: Array("BM".utf8)), starts(with: [0, 0, 0, 0], at: 6) {
      self = .other("a BMP image")
    } else {
      return nil
    }
  }
}
