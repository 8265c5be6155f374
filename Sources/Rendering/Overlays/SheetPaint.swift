import ImageCodec

/// What all kinds of sheets have in common on the paper.
enum SheetPaint {
  /// Between tiles: visible but quiet on a white and on a near-black page.
  static let gutter: UInt8 = 128

  /// Diagonal lines, white with a black edge, over what has no value; nil between the lines.
  static func hatch(x: Int, y: Int) -> UInt8? {
    switch (x + y) % 6 {
    case 0: 255
    case 1: 0
    default: nil
    }
  }
}

extension PixelImage {
  /// An empty sheet.
  init(sheet layout: SheetLayout, channels: Int) {
    self.init(
      width: layout.width, height: layout.height, channels: channels,
      filledWith: SheetPaint.gutter)
  }

  /// Puts a photo on a sheet.
  /// - Parameters:
  ///   - photo: with at most as many channels; grey becomes equal red, green and blue.
  ///   - factor: the side of a photo's pixel on the sheet.
  mutating func paint(_ photo: PixelImage, at origin: (x: Int, y: Int), factor: Int = 1) {
    let (width, channels) = (width, channels)
    pixels.withUnsafeMutableBufferPointer { pixels in
      photo.pixels.withUnsafeBufferPointer { source in
        for y in 0..<photo.height {
          let first = ((origin.y + y * factor) * width + origin.x) * channels
          var target = first
          for x in 0..<photo.width {
            let start = (y * photo.width + x) * photo.channels
            for _ in 0..<factor {
              for channel in 0..<channels {
                pixels[target + channel] = source[start + min(channel, photo.channels - 1)]
              }
              target += channels
            }
          }
          for copy in 1..<factor {
            (pixels.baseAddress! + first + copy * width * channels)
              .update(from: pixels.baseAddress! + first, count: target - first)
          }
        }
      }
    }
  }
}
