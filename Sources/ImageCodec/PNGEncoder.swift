import CPNG
import Glibc

/// Pixels to PNG files: 8 bits, grey or RGB as the image is, no metadata, the same bytes every time.
package enum PNGEncoder {
  /// What to spend on a smaller file.
  package enum Effort: Sendable {
    /// For thousands of photographs and overlays: each row's filter by the usual rule of thumb, a short search for
    /// repetitions, Huffman codes. Files as small as zlib's level 6 makes them, several times as fast.
    case fast
    /// The best of zlib, with filters and without: for a few drawings with flat areas.
    case small
  }

  /// A whole file.
  package static func encode(_ image: PixelImage, effort: Effort = .fast) -> [UInt8] {
    switch effort {
    case .fast:
      return file(of: image) {
        exl_png_write_fast(
          image.pixels, UInt32(image.width), UInt32(image.height), Int32(image.channels), &$0, &$1)
      }
    case .small:
      // zlib's strategies: 0 default, 1 filtered.
      let plain = search(image, filters: PNG_FILTER_NONE, strategy: 0)
      let filtered = search(image, filters: allFilters, strategy: 1)
      return filtered.count < plain.count ? filtered : plain
    }
  }

  private static let allFilters =
    PNG_FILTER_NONE | PNG_FILTER_SUB | PNG_FILTER_UP | PNG_FILTER_AVG | PNG_FILTER_PAETH

  private static func search(
    _ image: PixelImage, filters: Int32, strategy: Int32
  ) -> [UInt8] {
    file(of: image) {
      exl_png_write(
        image.pixels, UInt32(image.width), UInt32(image.height), Int32(image.channels), filters, 9,
        strategy, &$0, &$1)
    }
  }

  /// The file that a C writer leaves.
  private static func file(
    of image: PixelImage, write: (inout UnsafeMutablePointer<UInt8>?, inout Int) -> Int32
  ) -> [UInt8] {
    var file: UnsafeMutablePointer<UInt8>?
    var count = 0
    guard write(&file, &count) == 1, let file else {
      fatalError("no memory for a PNG of \(image.width)×\(image.height) pixels")
    }
    defer { free(file) }
    return Array(UnsafeBufferPointer(start: file, count: count))
  }
}
