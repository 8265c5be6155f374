extension PixelImage {
  /// Whether every pixel is a grey, whatever the number of channels.
  package var isGrey: Bool {
    guard channels == 3 else { return true }
    return pixels.withUnsafeBufferPointer { pixels in
      var offset = 0
      while offset < pixels.count {
        if pixels[offset] != pixels[offset + 1] || pixels[offset] != pixels[offset + 2] {
          return false
        }
        offset += 3
      }
      return true
    }
  }

  /// One channel: the luma of ITU-R BT.601, `(19595 R + 38470 G + 7471 B + 32768) / 65536`, which is
  /// Pillow's mode L to the bit. A grey in three channels keeps its value.
  package func grey() -> PixelImage {
    guard channels == 3 else { return self }
    let result = [UInt8](unsafeUninitializedCapacity: width * height) { buffer, count in
      pixels.withUnsafeBufferPointer { source in
        for pixel in 0..<width * height {
          let red = Int(source[pixel * 3]) * 19595
          let green = Int(source[pixel * 3 + 1]) * 38470
          let blue = Int(source[pixel * 3 + 2]) * 7471
          buffer[pixel] = UInt8((red + green + blue + 32768) >> 16)
        }
      }
      count = width * height
    }
    return PixelImage(width: width, height: height, channels: 1, pixels: result)
  }

  /// Three channels: a grey is repeated.
  package func rgb() -> PixelImage {
    guard channels == 1 else { return self }
    let result = [UInt8](unsafeUninitializedCapacity: pixels.count * 3) { buffer, count in
      pixels.withUnsafeBufferPointer { source in
        for pixel in 0..<source.count {
          buffer[pixel * 3] = source[pixel]
          buffer[pixel * 3 + 1] = source[pixel]
          buffer[pixel * 3 + 2] = source[pixel]
        }
      }
      count = pixels.count * 3
    }
    return PixelImage(width: width, height: height, channels: 3, pixels: result)
  }
}
