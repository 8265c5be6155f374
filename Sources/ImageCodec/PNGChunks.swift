/// What a PNG file's chunks say beyond what libpng's simplified interface tells.
struct PNGChunks {
  /// Whether the chunks follow one another up to IEND. libpng stops reading after the last row and would not notice.
  private(set) var isComplete = false
  /// Bits a sample.
  private(set) var bitDepth: UInt8?
  /// EXIF orientation, 1…8, of an eXIf chunk anywhere in the file; 1 where there is none or it makes no sense.
  private(set) var orientation = 1

  init(_ bytes: [UInt8]) {
    var offset = 8
    while offset + 12 <= bytes.count {
      let length = bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= bytes.count - offset - 12 else { return }
      let data = bytes[offset + 8..<offset + 8 + length]
      switch bytes[offset + 4..<offset + 8] {
      case Self.header where length > 8: bitDepth = data[data.startIndex + 8]
      case Self.exif:
        // Some writers put JPEG's mark before the block.
        let block = data.starts(with: Self.mark) ? data.dropFirst(Self.mark.count) : data
        orientation = ExifOrientation.parse(block) ?? orientation
      case Self.end:
        isComplete = true
        return
      default: break
      }
      offset += length + 12
    }
  }

  private static let header = Array("IHDR".utf8)[...]
  private static let exif = Array("eXIf".utf8)[...]
  private static let end = Array("IEND".utf8)[...]
  private static let mark = Array("Exif\0\0".utf8)
}
