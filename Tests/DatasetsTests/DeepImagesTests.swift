import Datasets
import Testing

/// Images of 16 bits that use few of their values.
@Suite struct DeepImagesTests {
  /// The note on 20 grey images of 16×16 whose values are these.
  private func note(_ value: (_ image: Int, _ pixel: Int) -> Int) throws -> String? {
    let folder = TemporaryFolder()
    for image in 0..<20 {
      folder.write(
        "\(image % 2 == 0 ? "a" : "b")/\(image).png", DeepPNG.encode { value(image, $0) })
    }
    return try DatasetLoader.load(folder.path, options: DatasetOptions(size: 16)).summary.notes?
      .first { $0.name == "few grey levels" }?.text
  }

  @Test func bytesInWords() throws {
    #expect(
      try note { image, pixel in (pixel + image) % 256 }
        == "20 images of 16 bits: grey levels 0 to 1 of 0 to 255 only, as 8-bit values have; "
        + "multiply the values by 257 to use the whole range")
  }

  @Test func narrowRangeAroundTheMiddle() throws {
    let text =
      "20 images of 16 bits: grey levels 124 to 131 of 0 to 255 only; "
      + "stretch the values to 0 to 65535 to use the whole range"
    #expect(try note { image, pixel in 31768 + (pixel * 8 + image) % 2001 } == text)
    // A hot pixel in every fifth image hides nothing.
    #expect(
      try note { image, pixel in
        pixel == 7 && image % 5 == 0 ? 65535 : 31768 + (pixel * 8 + image) % 2001
      } == text)
  }

  @Test func wholeRange() throws {
    #expect(try note { image, pixel in pixel * 257 ^ image } == nil)
  }
}
