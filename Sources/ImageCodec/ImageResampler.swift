/// Resizes 8-bit images with a triangle filter whose support grows with the reduction: antialiased
/// when shrinking, plain bilinear (half-pixel centres) when enlarging.
///
/// This is Pillow's `resize(…, BILINEAR)` to the bit: columns first, then rows, weights in fixed
/// point with 22 bits, rounded to 8 bits in between. (Pillow 13 takes rows first for some shapes,
/// which differs by one level at most.) Make one for a pair of sizes and use it for many images.
package struct ImageResampler: Sendable {
  /// The inputs of one output pixel along one axis: `weights[first + k]` applies to `start + k`.
  private struct Window {
    var start: Int
    var count: Int
    var first: Int
  }

  private struct Axis {
    var windows: [Window] = []
    var weights: [Int32] = []

    init(input: Int, output: Int) {
      let scale = Double(input) / Double(output)
      let support = max(scale, 1)
      for position in 0..<output {
        let center = (Double(position) + 0.5) * scale
        let start = max(Int(center - support + 0.5), 0)
        let end = min(Int(center + support + 0.5), input)
        let values = (start..<end).map { index in
          max(0, 1 - abs((Double(index) - center + 0.5) / support))
        }
        let total = values.reduce(0, +)
        windows.append(Window(start: start, count: values.count, first: weights.count))
        weights += values.map { Int32(0.5 + $0 / total * Double(1 << Self.precision)) }
      }
    }

    static let precision: Int32 = 22
    static let half: Int32 = 1 << (precision - 1)
  }

  /// In pixels, at least 1.
  package let sourceWidth: Int
  /// In pixels, at least 1.
  package let sourceHeight: Int
  /// In pixels, at least 1; the source's own leaves the columns as they are.
  package let targetWidth: Int
  /// In pixels, at least 1; the source's own leaves the rows as they are.
  package let targetHeight: Int
  private let columns: Axis?
  private let rows: Axis?

  /// Requires positive sizes; the aspect ratio may change. Computes all weights.
  package init(sourceWidth: Int, sourceHeight: Int, targetWidth: Int, targetHeight: Int) {
    precondition(
      sourceWidth > 0 && sourceHeight > 0 && targetWidth > 0 && targetHeight > 0,
      "cannot resample \(sourceWidth)×\(sourceHeight) to \(targetWidth)×\(targetHeight)")
    self.sourceWidth = sourceWidth
    self.sourceHeight = sourceHeight
    self.targetWidth = targetWidth
    self.targetHeight = targetHeight
    columns = sourceWidth == targetWidth ? nil : Axis(input: sourceWidth, output: targetWidth)
    rows = sourceHeight == targetHeight ? nil : Axis(input: sourceHeight, output: targetHeight)
  }

  /// Resizes one image; the aspect ratio follows the target, not the image.
  package static func resize(_ image: PixelImage, width: Int, height: Int) -> PixelImage {
    if image.width == width, image.height == height { return image }
    let resampler = ImageResampler(
      sourceWidth: image.width, sourceHeight: image.height, targetWidth: width,
      targetHeight: height)
    let channels = image.channels
    let pixels = [UInt8](unsafeUninitializedCapacity: width * height * channels) { buffer, count in
      image.pixels.withUnsafeBufferPointer {
        resampler.resample($0.baseAddress!, channels: channels, into: buffer.baseAddress!)
      }
      count = width * height * channels
    }
    return PixelImage(width: width, height: height, channels: channels, pixels: pixels)
  }

  /// - Parameters:
  ///   - source: [sourceHeight, sourceWidth, channels].
  ///   - target: [targetHeight, targetWidth, channels]; overwritten.
  package func resample(
    _ source: UnsafePointer<UInt8>, channels: Int, into target: UnsafeMutablePointer<UInt8>
  ) {
    guard let columns else {
      resampleRows(source, channels: channels, into: target)
      return
    }
    guard rows != nil else {
      Self.resample(columns, source, sourceHeight, sourceWidth, channels, into: target)
      return
    }
    let between = UnsafeMutablePointer<UInt8>.allocate(
      capacity: sourceHeight * targetWidth * channels)
    defer { between.deallocate() }
    Self.resample(columns, source, sourceHeight, sourceWidth, channels, into: between)
    resampleRows(between, channels: channels, into: target)
  }

  /// Along the columns of each of `height` rows.
  private static func resample(
    _ axis: Axis, _ source: UnsafePointer<UInt8>, _ height: Int, _ width: Int, _ channels: Int,
    into target: UnsafeMutablePointer<UInt8>
  ) {
    axis.weights.withUnsafeBufferPointer { weights in
      axis.windows.withUnsafeBufferPointer { windows in
        var output = target
        for row in 0..<height {
          let line = source + row * width * channels
          for window in windows {
            for channel in 0..<channels {
              var sum = Axis.half
              var input = line + window.start * channels + channel
              for index in window.first..<window.first + window.count {
                sum &+= Int32(input.pointee) &* weights[index]
                input += channels
              }
              output.pointee = UInt8(clamping: sum >> Axis.precision)
              output += 1
            }
          }
        }
      }
    }
  }

  /// Along the rows; the columns already have the target's width.
  private func resampleRows(
    _ source: UnsafePointer<UInt8>, channels: Int, into target: UnsafeMutablePointer<UInt8>
  ) {
    let stride = targetWidth * channels
    guard let rows else {
      target.update(from: source, count: stride * targetHeight)
      return
    }
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: stride) { sums in
      rows.weights.withUnsafeBufferPointer { weights in
        for (row, window) in rows.windows.enumerated() {
          for index in 0..<stride { sums[index] = Axis.half }
          for line in 0..<window.count {
            let weight = weights[window.first + line]
            let input = source + (window.start + line) * stride
            for index in 0..<stride { sums[index] &+= Int32(input[index]) &* weight }
          }
          let output = target + row * stride
          for index in 0..<stride { output[index] = UInt8(clamping: sums[index] >> Axis.precision) }
        }
      }
    }
  }
}
