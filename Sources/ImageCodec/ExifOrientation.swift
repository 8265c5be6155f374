/// The orientation tag of an EXIF block (a TIFF structure), with every offset checked.
enum ExifOrientation {
  private static let orientationTag = 0x0112
  private static let shortType = 3

  /// - Parameter block: the bytes from the TIFF header on.
  /// - Returns: 1…8, or nil where the block has no valid orientation.
  static func parse(_ block: ArraySlice<UInt8>) -> Int? {
    let bytes = Array(block)
    let littleEndian: Bool
    switch bytes.prefix(4) {
    case [0x49, 0x49, 0x2A, 0x00]: littleEndian = true
    case [0x4D, 0x4D, 0x00, 0x2A]: littleEndian = false
    default: return nil
    }
    func number(at offset: Int, bytes count: Int) -> Int? {
      guard offset >= 0, offset <= bytes.count - count else { return nil }
      let digits = bytes[offset..<offset + count]
      return littleEndian
        ? digits.reversed().reduce(0) { $0 << 8 | Int($1) } : digits.reduce(0) { $0 << 8 | Int($1) }
    }
    guard let directory = number(at: 4, bytes: 4), let count = number(at: directory, bytes: 2)
    else { return nil }
    for entry in 0..<count {
      let offset = directory + 2 + entry * 12
      guard let tag = number(at: offset, bytes: 2) else { return nil }
      guard tag == orientationTag else { continue }
      guard number(at: offset + 2, bytes: 2) == shortType,
        let value = number(at: offset + 8, bytes: 2), (1...8).contains(value)
      else { return nil }
      return value
    }
    return nil
  }
}
