import TensorCore

/// The pixels of an image, row by row numbers, in the order in which they are masked.
package struct PixelOrder: Sendable {
  package let pixels: [Int32]

  /// A random order of all pixels.
  package init(random count: Int, using generator: inout SeededGenerator) {
    pixels = generator.permutation(count).map { Int32($0) }
  }

  /// Largest values first; NaN counts as the smallest. A map says nothing about pixels of equal value, so these
  /// follow in the order of `ties`.
  package init(descending map: [Float], ties: PixelOrder) {
    precondition(
      map.count == ties.pixels.count, "\(map.count) pixels, an order of \(ties.pixels.count)")
    // The value's rank in the upper half, the place among ties below: plain integers sort fast.
    var keys = ties.pixels.enumerated().map { place, pixel in
      UInt64(Self.descending(map[Int(pixel)])) << 32 | UInt64(place)
    }
    keys.sort()
    pixels = keys.map { ties.pixels[Int($0 & 0xFFFF_FFFF)] }
  }

  /// Floats, the largest first, as unsigned integers in ascending order.
  private static func descending(_ value: Float) -> UInt32 {
    // Adding 0 turns −0 into 0.
    let bits = (value.isNaN ? -.infinity : value + 0).bitPattern
    return bits >> 31 == 1 ? bits : ~(bits | 0x8000_0000)
  }
}
