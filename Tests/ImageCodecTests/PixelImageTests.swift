import ImageCodec
import Testing

@Suite struct PixelImageTests {
  @Test func lumaIsPillows() throws {
    let image = PixelImage(width: 16, height: 16, channels: 3, pixels: Fixture.pattern(768))
    let expected = try Fixture.hex(Fixture.lines("luma.txt")[0][0])
    #expect(image.grey().pixels == expected)
  }

  @Test func greySurvivesColour() {
    let image = PixelImage(width: 16, height: 16, channels: 1, pixels: Array(0...255))
    #expect(image.rgb().grey() == image)
    #expect(image.rgb().rgb() == image.rgb())
    #expect(image.isGrey && image.rgb().isGrey)
  }

  @Test func oneColouredPixelIsNoGrey() {
    var image = PixelImage(width: 5, height: 4, channels: 3, filledWith: 9)
    image.pixels[59] = 10
    #expect(!image.isGrey)
  }
}
