import ImageCodec
import Testing

@Suite struct PNGEncoderTests {
  /// What is written is read back to the value: noise, flat areas, runs of every length, tiny and
  /// narrow images.
  @Test(arguments: [
    (1, 1), (1, 400), (400, 1), (7, 5), (400, 130), (33, 64), (257, 3), (70_000, 1),
  ])
  func survivesRoundTrip(width: Int, height: Int) throws {
    for channels in [1, 3] {
      let count = width * height * channels
      let flat = (0..<count).map { UInt8($0 * 5 / count * 50) }
      let ramp = (0..<count).map { UInt8(truncatingIfNeeded: $0 / channels) }
      for pixels in [Fixture.pattern(count), noise(count), flat, ramp] {
        let image = PixelImage(width: width, height: height, channels: channels, pixels: pixels)
        for effort in [PNGEncoder.Effort.fast, .small] {
          let file = PNGEncoder.encode(image, effort: effort)
          let decoded = try ImageDecoder.decode(file, name: "\(width)×\(height)×\(channels)")
          #expect(decoded == image)
          #expect(PNGEncoder.encode(image, effort: effort) == file)
        }
      }
    }
  }

  /// A drawing with flat areas takes few bytes, noise hardly more than its pixels.
  @Test func filesAreSmall() {
    let flat = PixelImage(width: 400, height: 130, channels: 3, filledWith: 255)
    #expect(PNGEncoder.encode(flat).count < 2_500)
    #expect(PNGEncoder.encode(flat, effort: .small).count < 600)
    let random = PixelImage(width: 400, height: 130, channels: 3, pixels: noise(156_000))
    #expect(PNGEncoder.encode(random).count < 157_500)
  }

  /// A picture beside itself is found again, within the 32 kB that deflate looks back and not beyond.
  @Test func repetitionsAreFound() throws {
    let (side, copies) = (64, 6)
    let tile = noise(side * side * 3)
    let row = { (y: Int) in
      (0..<copies).flatMap { _ in tile[y * side * 3..<(y + 1) * side * 3] }
    }
    let beside = PixelImage(
      width: side * copies, height: side, channels: 3, pixels: (0..<side).flatMap(row))
    let once = PNGEncoder.encode(
      PixelImage(width: side, height: side, channels: 3, pixels: tile)
    ).count
    let file = PNGEncoder.encode(beside)
    #expect(file.count < once * 3 / 2)
    #expect(try ImageDecoder.decode(file, name: "beside") == beside)

    // Rows of 40,000 bytes.
    let line = noise(40_000)
    let below = PixelImage(width: 40_000, height: 2, channels: 1, pixels: line + line.reversed())
    #expect(try ImageDecoder.decode(PNGEncoder.encode(below), name: "below") == below)
  }

  /// Pseudo-random bytes (xorshift).
  private func noise(_ count: Int) -> [UInt8] {
    var state: UInt32 = 2_463_534_242
    return (0..<count).map { _ in
      state ^= state << 13
      state ^= state >> 17
      state ^= state << 5
      return UInt8(truncatingIfNeeded: state >> 11)
    }
  }
}
