import CPNG

/// PNG through libpng's simplified interface, which returns errors: a longjmp must not cross Swift.
enum PNGDecoder {
  static func decode(_ bytes: [UInt8], name: String) throws(ImageCodecFault) -> DecodedImage {
    let chunks = PNGChunks(bytes)
    guard chunks.isComplete else {
      throw .damaged(name: name, reason: "the file is cut short (no IEND chunk)")
    }
    let result = bytes.withUnsafeBytes { buffer in
      Result { () throws(ImageCodecFault) in try decode(buffer, name: name) }
    }
    let image = try result.get()
    return DecodedImage(
      image: image.oriented(chunks.orientation),
      deepLevels: chunks.bitDepth == 16 ? levels(of: image) : nil)
  }

  private static func levels(of image: PixelImage) -> [Int] {
    var counts = [Int](repeating: 0, count: 256)
    for value in image.pixels { counts[Int(value)] += 1 }
    return counts
  }

  private static func decode(
    _ bytes: UnsafeRawBufferPointer, name: String
  ) throws(ImageCodecFault) -> PixelImage {
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    guard png_image_begin_read_from_memory(&image, bytes.baseAddress, bytes.count) != 0 else {
      throw .damaged(name: name, reason: message(of: image))
    }
    let width = Int(image.width)
    let height = Int(image.height)
    do throws(ImageCodecFault) {
      try ImageDecoder.check(width: width, height: height, name: name)
    } catch {
      png_image_free(&image)
      throw error
    }

    // Without this flag 16-bit files that do not say otherwise would count as linear light.
    image.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
    let hasColor = image.format & png_uint_32(PNG_FORMAT_FLAG_COLOR) != 0
    let hasAlpha = image.format & png_uint_32(PNG_FORMAT_FLAG_ALPHA) != 0
    image.format =
      (hasColor ? png_uint_32(PNG_FORMAT_FLAG_COLOR) : 0)
      | (hasAlpha ? png_uint_32(PNG_FORMAT_FLAG_ALPHA) : 0)
    let channels = hasColor ? 3 : 1
    let samples = channels + (hasAlpha ? 1 : 0)

    var succeeded = false
    var pixels = [UInt8](unsafeUninitializedCapacity: width * height * samples) { buffer, count in
      succeeded = png_image_finish_read(&image, nil, buffer.baseAddress, 0, nil) != 0
      guard succeeded else { return }
      count = width * height * channels
      if hasAlpha { compositeOverWhite(buffer.baseAddress!, width * height, channels: channels) }
    }
    guard succeeded else { throw .damaged(name: name, reason: message(of: image)) }
    // A damaged chunk that is not critical (a transparency table, say) is dropped with a warning;
    // the picture would silently be another one.
    let warning = message(of: image)
    if warning.contains("CRC error") {
      pixels = []
      throw .damaged(name: name, reason: warning)
    }
    return PixelImage(width: width, height: height, channels: channels, pixels: pixels)
  }

  /// Turns `count` pixels with alpha into pixels without, in place.
  private static func compositeOverWhite(
    _ pixels: UnsafeMutablePointer<UInt8>, _ count: Int, channels: Int
  ) {
    var source = 0
    var target = 0
    for _ in 0..<count {
      let alpha = Int(pixels[source + channels])
      for channel in 0..<channels {
        let value = Int(pixels[source + channel]) * alpha + 255 * (255 - alpha)
        pixels[target + channel] = UInt8((value + 127) / 255)
      }
      source += channels + 1
      target += channels
    }
  }

  /// libpng's message, free of a trailing zero.
  private static func message(of image: png_image) -> String {
    withUnsafeBytes(of: image.message) { buffer in
      String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
