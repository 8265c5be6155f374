import CJPEG

/// JPEG through libjpeg-turbo's TurboJPEG interface.
enum JPEGDecoder {
  static func decode(_ bytes: [UInt8], name: String) throws(ImageCodecFault) -> PixelImage {
    let markers = JPEGMarkers(bytes)
    if let precision = markers.precision, precision != 8 {
      throw .unsupported(name: name, what: "a \(precision)-bit JPEG image")
    }
    guard let handle = tjInitDecompress() else {
      throw .damaged(name: name, reason: "libjpeg-turbo cannot start")
    }
    defer { tjDestroy(handle) }

    var width: Int32 = 0
    var height: Int32 = 0
    var subsampling: Int32 = 0
    var colorSpace: Int32 = 0
    let count = UInt(bytes.count)
    guard
      tjDecompressHeader3(
        handle, bytes, count, &width, &height, &subsampling, &colorSpace) == 0
    else { throw .damaged(name: name, reason: message(of: handle)) }
    try ImageDecoder.check(width: Int(width), height: Int(height), name: name)

    let format: TJPF
    let samples: Int
    switch colorSpace {
    case Int32(TJCS_GRAY.rawValue): (format, samples) = (TJPF_GRAY, 1)
    case Int32(TJCS_CMYK.rawValue), Int32(TJCS_YCCK.rawValue): (format, samples) = (TJPF_CMYK, 4)
    default: (format, samples) = (TJPF_RGB, 3)
    }
    let channels = min(samples, 3)
    let pixelCount = Int(width) * Int(height)
    // A progressive file may hold thousands of empty scans of a huge image: limit them.
    let flags = Int32(TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS)
    var succeeded = false
    let pixels = [UInt8](unsafeUninitializedCapacity: pixelCount * samples) { buffer, filled in
      // Warnings (data cut short, wrong codes) fail as well: the rest of the picture is grey.
      succeeded =
        tjDecompress2(
          handle, bytes, count, buffer.baseAddress, width, 0, height, Int32(format.rawValue),
          flags) == 0
      guard succeeded else { return }
      if samples == 4 { convertFromInks(buffer.baseAddress!, pixelCount) }
      filled = pixelCount * channels
    }
    guard succeeded else { throw .damaged(name: name, reason: message(of: handle)) }
    return PixelImage(
      width: Int(width), height: Int(height), channels: channels, pixels: pixels
    ).oriented(markers.orientation)
  }

  /// CMYK to RGB in place: `red = (255 − cyan)(255 − black) / 255`. The file holds 255 − ink, as
  /// Adobe's programs write it (and Pillow, whose rounding this is, assumes of every file).
  private static func convertFromInks(_ pixels: UnsafeMutablePointer<UInt8>, _ count: Int) {
    for pixel in 0..<count {
      let light = Int(pixels[pixel * 4 + 3])
      for channel in 0..<3 {
        let product = (255 - Int(pixels[pixel * 4 + channel])) * light + 128
        pixels[pixel * 3 + channel] = UInt8(light - (product >> 8 + product) >> 8)
      }
    }
  }

  private static func message(of handle: tjhandle) -> String {
    String(cString: tjGetErrorStr2(handle))
  }
}
