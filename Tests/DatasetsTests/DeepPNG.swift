/// Writes 16×16 grey PNG files of 16 bits, which the program itself never does.
enum DeepPNG {
  static func encode(_ value: (_ pixel: Int) -> Int) -> [UInt8] {
    var rows: [UInt8] = []
    for row in 0..<16 {
      rows.append(0)
      for column in 0..<16 { rows += big(value(row * 16 + column), 2) }
    }
    var (a, b) = (1, 0)
    for byte in rows {
      a = (a + Int(byte)) % 65521
      b = (b + a) % 65521
    }
    // One stored block: nothing is compressed.
    let size = big(rows.count, 2)
    let block = [1, size[1], size[0], ~size[1], ~size[0]] + rows
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      + chunk("IHDR", big(16, 4) + big(16, 4) + [16, 0, 0, 0, 0])
      + chunk("IDAT", [0x78, 0x01] + block + big(b << 16 | a, 4)) + chunk("IEND", [])
  }

  private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let content = Array(name.utf8) + data
    var sum: UInt32 = ~0
    for byte in content {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return big(data.count, 4) + content + big(Int(~sum), 4)
  }

  private static func big(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).reversed().map { UInt8(number >> (8 * $0) & 255) }
  }
}
