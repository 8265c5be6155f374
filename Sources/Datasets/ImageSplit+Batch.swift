extension ImageSplit {
  /// Fills a batch with normalised images.
  /// - Parameters:
  ///   - destination: [indices.count, height, width, channels]; overwritten.
  ///   - indices: which images, in the batch's order; an index may come twice.
  ///   - pixelsPerImage: height × width.
  ///   - channels: 1 or 3.
  ///   - normalization: of as many channels.
  package func fill(
    _ destination: UnsafeMutablePointer<Float>, indices: ArraySlice<Int>, pixelsPerImage: Int,
    channels: Int, normalization: Normalization
  ) {
    precondition(
      pixels.count == count * pixelsPerImage * channels,
      "\(count) images of \(pixelsPerImage)×\(channels) expected, got \(pixels.count) bytes")
    precondition(
      normalization.mean.count == channels,
      "a normalization of \(channels) channels expected, got \(normalization.mean.count)")
    let size = pixelsPerImage * channels
    normalization.table.withUnsafeBufferPointer { table in
      pixels.withUnsafeBufferPointer { pixels in
        var output = destination
        for index in indices {
          precondition(labels.indices.contains(index), "image \(index) of \(count)")
          let image = UnsafeBufferPointer(rebasing: pixels[index * size..<(index + 1) * size])
          if channels == 1 {
            for offset in 0..<size { output[offset] = table[Int(image[offset])] }
          } else {
            var offset = 0
            while offset < size {
              for channel in 0..<channels {
                output[offset + channel] = table[channel << 8 | Int(image[offset + channel])]
              }
              offset += channels
            }
          }
          output += size
        }
      }
    }
  }
}
