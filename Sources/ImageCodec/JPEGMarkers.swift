/// What a JPEG file's header segments say beyond what TurboJPEG tells. Never fails: damaged segments
/// are passed over, and the decoder has the last word on the file.
struct JPEGMarkers {
  /// Bits a sample, of the first frame header.
  private(set) var precision: Int?
  /// EXIF orientation, 1…8; 1 where there is none or it makes no sense.
  private(set) var orientation = 1
  /// Whether an end marker follows the data.
  private(set) var hasEnd = false

  init(_ bytes: [UInt8]) {
    var offset = 2
    while offset + 4 <= bytes.count {
      // Stray bytes, which every decoder passes over.
      guard bytes[offset] == 0xFF else {
        offset += 1
        continue
      }
      let marker = bytes[offset + 1]
      switch marker {
      case 0xFF:  // A fill byte.
        offset += 1
        continue
      case 0x00, 0x01, 0xD0...0xD8:  // Markers without a segment.
        offset += 2
        continue
      case 0xD9:  // End of the image.
        return
      case 0xDA:  // Start of its data, in which no other marker looks like the end's.
        hasEnd = (offset..<bytes.count - 1).contains {
          bytes[$0] == 0xFF && bytes[$0 + 1] == 0xD9
        }
        return
      default: break
      }
      let length = Int(bytes[offset + 2]) << 8 | Int(bytes[offset + 3])
      guard length >= 2, offset + 2 + length <= bytes.count else { return }
      let segment = bytes[offset + 4..<offset + 2 + length]
      switch marker {
      case 0xC0...0xCF where ![0xC4, 0xC8, 0xCC].contains(marker):
        if precision == nil { precision = segment.first.map(Int.init) }
      case 0xE1 where segment.starts(with: [0x45, 0x78, 0x69, 0x66, 0, 0]):
        orientation = ExifOrientation.parse(segment.dropFirst(6)) ?? orientation
      default: break
      }
      offset += 2 + length
    }
  }
}
