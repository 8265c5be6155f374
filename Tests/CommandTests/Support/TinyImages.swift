import ImageCodec

/// Grey 16×16 images whose class shows as a bright quarter.
enum TinyImages {
  /// Fills class folders below `folder`, each with `count` images, no two the same.
  static func write(
    _ scratch: Scratch, _ folder: String = "data", classes: [String] = ["ant", "bee", "cat"],
    count: Int = 12
  ) throws {
    for (label, name) in classes.enumerated() {
      for index in 0..<count {
        try scratch.write(
          "\(folder)/\(name)/\(index / 10)\(index % 10).png", png(label: label, index: index))
      }
    }
  }

  static func png(label: Int, index: Int) -> [UInt8] {
    var state = UInt32(truncatingIfNeeded: 1 + label * 7919 + index * 104_729)
    let pixels = (0..<256).map { position -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      let quarter = position / 128 * 2 + position % 16 / 8
      return UInt8(state >> 26) + (quarter == label % 4 ? 150 : 20)
    }
    return PNGEncoder.encode(PixelImage(width: 16, height: 16, channels: 1, pixels: pixels))
  }
}
