/// An 8-bit image in memory: rows from the top, channels interleaved.
package struct PixelImage: Sendable, Equatable {
  /// In pixels, at least 1.
  package let width: Int
  /// In pixels, at least 1.
  package let height: Int
  /// 1 (grey) or 3 (red, green, blue).
  package let channels: Int
  /// [height, width, channels].
  package var pixels: [UInt8]

  /// Requires positive sizes, 1 or 3 channels, and width · height · channels bytes.
  package init(width: Int, height: Int, channels: Int, pixels: [UInt8]) {
    precondition(
      channels == 1 || channels == 3, "an image has 1 or 3 channels, got \(channels)")
    precondition(
      width > 0 && height > 0 && pixels.count == width * height * channels,
      "\(width)×\(height)×\(channels) pixels expected, got \(pixels.count) bytes")
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
  }

  /// An image of one value.
  package init(width: Int, height: Int, channels: Int, filledWith value: UInt8 = 0) {
    self.init(
      width: width, height: height, channels: channels,
      pixels: [UInt8](repeating: value, count: width * height * channels))
  }
}
