import CJPEG

/// JPEG through libjpeg-turbo's TurboJPEG interface.
enum JPEGDecoder {
  static func decode(_ bytes: [UInt8], name: String) throws(ImageCodecFault) -> DecodedImage {
    let markers = JPEGMarkers(bytes)
    if let precision = markers.precision, precision != 8 {
      throw .unsupported(name: name, what: "a \(precision)-bit JPEG image")
    }
    // libjpeg makes up an end where there is none, and may have warned of something else before: then it would not say
    // that rows are missing. Pillow refuses such a file too.
    guard markers.hasEnd else {
      throw .damaged(name: name, reason: "the file is cut short (no end marker)")
    }
    guard let handle = tjInitDecompress() else {
      throw .damaged(name: name, reason: "libjpeg-turbo cannot start")
    }
    defer { tjDestroy(handle) }

    var width: Int32 = 0
    var height: Int32 = 0
    var subsampling: Int32 = 0
    var colorSpace: Int32 = -1
    let count = UInt(bytes.count)
    guard
      tjDecompressHeader3(
        handle, bytes, count, &width, &height, &subsampling, &colorSpace) == 0
        || isWarning(message(of: handle))
        // TurboJPEG has no name for 4:1:0 and the like, which libjpeg decodes; all else is filled in.
        || subsampling < 0 && colorSpace >= 0 && width > 0 && height > 0
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
    var warning: String?
    let pixels = [UInt8](unsafeUninitializedCapacity: pixelCount * samples) { buffer, filled in
      succeeded =
        tjDecompress2(
          handle, bytes, count, buffer.baseAddress, width, 0, height, Int32(format.rawValue),
          flags) == 0
      if !succeeded {
        let message = message(of: handle)
        // An end before the last row: the rest of the picture would be grey.
        succeeded = isWarning(message) && !message.contains("premature end")
        if succeeded { warning = message }
      }
      guard succeeded else { return }
      if samples == 4 { convertFromInks(buffer.baseAddress!, pixelCount) }
      filled = pixelCount * channels
    }
    guard succeeded else { throw .damaged(name: name, reason: message(of: handle)) }
    let image = PixelImage(
      width: Int(width), height: Int(height), channels: channels, pixels: pixels)
    return DecodedImage(image: image.oriented(markers.orientation), warning: warning)
  }

  /// Whether a message is one of those after which libjpeg goes on. `tjGetErrorCode` says so too where an error that
  /// ended the work came after a warning; the message is then the error's.
  private static func isWarning(_ message: String) -> Bool {
    [
      "Corrupt JPEG data", "Inconsistent progression", "Warning:", "Invalid SOS parameters",
      "Unknown Adobe color transform",
    ].contains(where: message.hasPrefix)
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
