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
