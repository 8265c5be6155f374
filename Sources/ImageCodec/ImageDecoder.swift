/// PNG and JPEG files to pixels.
///
/// Grey images have one channel, all others three. Transparency is composited over white, on the
/// 8-bit values as browsers do. Greater bit depths are scaled to 8 bits; a PNG's gAMA chunk is
/// honoured (the result is sRGB), colour profiles are not. EXIF orientation is applied.
package enum ImageDecoder {
  /// The most pixels that an image may announce: more is taken for a header bomb.
  package static let pixelLimit = 100_000_000

  /// Decodes a whole file.
  /// - Parameters:
  ///   - bytes: the file's content; the format is told from its first bytes.
  ///   - name: what error messages call the image.
  package static func decode(_ bytes: [UInt8], name: String) throws(ImageCodecFault) -> PixelImage {
    try open(bytes, name: name).image
  }

  /// The same, with what there is to say of the file.
  package static func open(_ bytes: [UInt8], name: String) throws(ImageCodecFault) -> DecodedImage {
    switch ImageFormat(bytes) {
    case .png: try PNGDecoder.decode(bytes, name: name)
    case .jpeg: try JPEGDecoder.decode(bytes, name: name)
    case .other(let what): throw .unsupported(name: name, what: what)
    case nil: throw .notAnImage(name: name, start: Array(bytes.prefix(4)))
    }
  }

  /// Refuses a size before anything of that size is allocated.
  static func check(width: Int, height: Int, name: String) throws(ImageCodecFault) {
    guard width > 0, height > 0 else {
      throw .damaged(name: name, reason: "a size of \(width)×\(height)")
    }
    let (count, overflow) = width.multipliedReportingOverflow(by: height)
    guard !overflow, count <= pixelLimit else {
      throw .tooLarge(name: name, width: width, height: height, limit: pixelLimit)
    }
  }
}
