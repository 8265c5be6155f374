import CPNG
import Glibc

/// Pixels to PNG files: 8 bits, grey or RGB as the image is, no metadata, the same bytes every time.
public enum PNGEncoder {
  /// What to spend on a smaller file.
  public enum Effort: Sendable {
    /// Paeth filter, run lengths and Huffman codes: for thousands of photographs and overlays, which
    /// longer searches hardly make smaller.
    case fast
    /// The best of zlib, with filters and without: for a few drawings with flat areas.
    case small
  }

  /// A whole file.
  public static func encode(_ image: PixelImage, effort: Effort = .fast) -> [UInt8] {
    switch effort {
    case .fast:
      return write(image, filters: PNG_FILTER_PAETH, level: 1, strategy: 3)
    case .small:
      let plain = write(image, filters: PNG_FILTER_NONE, level: 9, strategy: 0)
      let filtered = write(image, filters: allFilters, level: 9, strategy: 1)
      return filtered.count < plain.count ? filtered : plain
    }
  }

  private static let allFilters =
    PNG_FILTER_NONE | PNG_FILTER_SUB | PNG_FILTER_UP | PNG_FILTER_AVG | PNG_FILTER_PAETH

  /// - Parameter strategy: zlib's: 0 default, 1 filtered, 3 run lengths.
  private static func write(
    _ image: PixelImage, filters: Int32, level: Int32, strategy: Int32
  ) -> [UInt8] {
    var file: UnsafeMutablePointer<UInt8>?
    var count = 0
    let status = exl_png_write(
      image.pixels, UInt32(image.width), UInt32(image.height), Int32(image.channels), filters,
      level, strategy, &file, &count)
    guard status == 1, let file else {
      fatalError("no memory for a PNG of \(image.width)×\(image.height) pixels")
    }
    defer { free(file) }
    return Array(UnsafeBufferPointer(start: file, count: count))
  }
}
