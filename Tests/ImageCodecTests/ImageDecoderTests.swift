import FileKit
import ImageCodec
import Testing

@Suite struct ImageDecoderTests {
  /// Every kind of PNG, to the value.
  @Test(arguments: [
    "grey.png", "rgb.png", "grey-1bit.png", "grey-16bit.png", "rgb-16bit.png", "grey-alpha.png",
    "rgba.png", "palette.png", "palette-alpha.png", "interlaced.png", "one.png",
    "exif-3.png", "exif-6.png", "exif-behind.png", "exif-marked.png", "grey-12in16.png",
  ])
  func decodesPNG(name: String) throws {
    let image = try ImageDecoder.decode(Fixture.bytes(name), name: name)
    #expect(try image == Fixture.expected(name))
  }

  /// Within 2 of another version of libjpeg-turbo, whose inverse transform may round otherwise.
  @Test(arguments: [
    "rgb.jpg", "subsampled.jpg", "grey.jpg", "progressive.jpg", "cmyk.jpg", "ycck.jpg", "jpeg.png",
    "exif-1.jpg", "exif-2.jpg", "exif-3.jpg", "exif-4.jpg", "exif-5.jpg", "exif-6.jpg",
    "exif-7.jpg", "exif-8.jpg", "exif-9.jpg", "exif-outside.jpg", "sampling-410.jpg",
    "sampling-411.jpg", "sampling-441.jpg", "stray-before-end.jpg", "stray-in-header.jpg",
    "bad-codes.jpg",
  ])
  func decodesJPEG(name: String) throws {
    let image = try ImageDecoder.decode(Fixture.bytes(name), name: name)
    let expected = try Fixture.expected(name)
    #expect(
      [image.width, image.height, image.channels]
        == [expected.width, expected.height, expected.channels])
    #expect(Fixture.difference(image, expected) <= 2)
  }

  /// What libjpeg goes on after is told and is no error, as in Pillow.
  @Test(arguments: [
    ("stray-before-end.jpg", "Corrupt JPEG data: 2 extraneous bytes before marker 0xd9"),
    ("stray-in-header.jpg", "Corrupt JPEG data: 3 extraneous bytes before marker 0xda"),
    ("bad-codes.jpg", "Corrupt JPEG data: bad Huffman code"),
  ])
  func warns(name: String, warning: String) throws {
    let decoded = try ImageDecoder.open(Fixture.bytes(name), name: name)
    #expect(decoded.warning?.hasPrefix(warning) == true, "\(decoded.warning ?? "")")
    #expect(try ImageDecoder.open(Fixture.bytes("rgb.jpg"), name: name).warning == nil)
  }

  /// The levels of 16-bit files are told: of a whole range, and of the seventeen that 12 bits leave.
  @Test func tellsDeepLevels() throws {
    func levels(_ name: String) throws -> ClosedRange<Int>? {
      try ImageDecoder.open(Fixture.bytes(name), name: name).deepLevels.map { counts in
        counts.firstIndex { $0 > 0 }!...counts.lastIndex { $0 > 0 }!
      }
    }
    #expect(try levels("grey-12in16.png") == 0...16)
    #expect(try levels("grey-16bit.png")!.upperBound > 200)
    #expect(try levels("rgb-16bit.png")!.upperBound > 200)
    #expect(try levels("grey.png") == nil)
  }

  /// What is wrong with each file, as a list of skipped images prints it.
  @Test(arguments: [
    ("text.png", "not an image: a file that starts with the bytes 68 65 6c 6c"),
    ("empty.png", "not an image: an empty file"),
    ("gif.png", "unsupported image: a GIF image"),
    ("truncated.png", "damaged image: the file is cut short (no IEND chunk)"),
    ("no-end.png", "damaged image: the file is cut short (no IEND chunk)"),
    ("bad-crc.png", "damaged image: IDAT: CRC error"),
    ("bad-transparency-crc.png", "damaged image: tRNS: CRC error"),
    ("few-rows.png", "damaged image: "),
    ("truncated.jpg", "damaged image: "),
    ("header-only.jpg", "damaged image: "),
    ("no-end.jpg", "damaged image: the file is cut short (no end marker)"),
    ("half-with-end.jpg", "damaged image: Corrupt JPEG data: premature end of data segment"),
    ("progressive-half-with-end.jpg", "damaged image: Premature end of JPEG file"),
    ("stray-and-half.jpg", "damaged image: the file is cut short (no end marker)"),
    ("12bit.jpg", "unsupported image: a 12-bit JPEG image"),
    ("bomb.png", "image too large: 100000×100000"),
    ("bomb.jpg", "image too large: 65500×65500"),
  ])
  func refuses(name: String, reason: String) throws {
    let bytes = try Fixture.bytes(name)
    let fault = #expect(throws: ImageCodecFault.self) {
      try ImageDecoder.decode(bytes, name: name)
    }
    #expect(fault?.reason.hasPrefix(reason) == true, "\(fault?.reason ?? "")")
    #expect(fault?.diagnosis.code == .badData)
    #expect(fault?.description.contains(name) == true)
  }

  /// Cut anywhere, a file is an error and never a picture that is half grey.
  @Test(arguments: ["rgb.png", "interlaced.png", "rgb.jpg", "progressive.jpg"])
  func refusesEveryTruncation(name: String) throws {
    let bytes = try Fixture.bytes(name)
    // The last two bytes of a JPEG file are the end marker.
    let end = name.hasSuffix("jpg") ? bytes.count - 2 : bytes.count
    for count in 0..<end {
      #expect(throws: ImageCodecFault.self, "\(count) of \(bytes.count)") {
        try ImageDecoder.decode(Array(bytes[..<count]), name: name)
      }
    }
  }

  /// Whatever the bytes, the answer is an image or an error.
  @Test(arguments: ["palette-alpha.png", "interlaced.png", "exif-6.jpg", "ycck.jpg"])
  func survivesDamage(name: String) throws {
    let bytes = try Fixture.bytes(name)
    for offset in bytes.indices {
      for value in [0, 0x7F, 0xFF, bytes[offset] ^ 1] {
        var damaged = bytes
        damaged[offset] = value
        do throws(ImageCodecFault) {
          let image = try ImageDecoder.decode(damaged, name: name)
          #expect(image.pixels.count == image.width * image.height * image.channels)
        } catch {
          #expect(!error.reason.isEmpty)
        }
      }
    }
  }

  /// 64 megapixels are large and no bomb.
  @Test func decodesLargeImages() throws {
    let image = PixelImage(width: 8000, height: 8000, channels: 1, filledWith: 77)
    let decoded = try ImageDecoder.decode(PNGEncoder.encode(image), name: "large")
    #expect(decoded == image)
  }
}
