extension PixelImage {
  /// The image as it is meant to be seen.
  /// - Parameter orientation: EXIF's 1…8, where the first row and column lie: 1 top left, 2 top right,
  ///   3 bottom right, 4 bottom left, 5 left top, 6 right top, 7 right bottom, 8 left bottom.
  func oriented(_ orientation: Int) -> PixelImage {
    guard (2...8).contains(orientation) else { return self }
    let isTransposed = orientation >= 5
    let (newWidth, newHeight) = isTransposed ? (height, width) : (width, height)
    // Where the source's column and row run backwards.
    let mirrorsColumn = [2, 3, 7, 8].contains(orientation)
    let mirrorsRow = [3, 4, 6, 7].contains(orientation)
    let result = [UInt8](unsafeUninitializedCapacity: pixels.count) { buffer, count in
      pixels.withUnsafeBufferPointer { source in
        var target = 0
        for row in 0..<newHeight {
          for column in 0..<newWidth {
            var (sourceRow, sourceColumn) = isTransposed ? (column, row) : (row, column)
            if mirrorsColumn { sourceColumn = width - 1 - sourceColumn }
            if mirrorsRow { sourceRow = height - 1 - sourceRow }
            let start = (sourceRow * width + sourceColumn) * channels
            for channel in 0..<channels { buffer[target + channel] = source[start + channel] }
            target += channels
          }
        }
      }
      count = pixels.count
    }
    return PixelImage(width: newWidth, height: newHeight, channels: channels, pixels: result)
  }
}
