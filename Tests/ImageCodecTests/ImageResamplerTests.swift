import ImageCodec
import Testing

@Suite struct ImageResamplerTests {
  /// Shrinking and enlarging, grey and colour, to the value of Pillow's BILINEAR.
  @Test func equalsPillow() throws {
    for line in try Fixture.lines("resampled.txt") {
      let numbers = line.prefix(5).map { Int($0)! }
      let source = PixelImage(
        width: numbers[0], height: numbers[1], channels: numbers[2],
        pixels: Fixture.pattern(numbers[0] * numbers[1] * numbers[2]))
      let result = ImageResampler.resize(source, width: numbers[3], height: numbers[4])
      #expect(result.pixels == Fixture.hex(line[5]), "\(numbers)")
    }
  }

  @Test func keepsConstants() {
    for value: UInt8 in [0, 1, 128, 254, 255] {
      let image = PixelImage(width: 37, height: 11, channels: 3, filledWith: value)
      let result = ImageResampler.resize(image, width: 16, height: 16)
      #expect(result.pixels.allSatisfy { $0 == value })
    }
  }

  @Test func sameSizeIsTheSameImage() {
    let image = PixelImage(width: 9, height: 7, channels: 1, pixels: Fixture.pattern(63))
    #expect(ImageResampler.resize(image, width: 9, height: 7) == image)
  }
}
