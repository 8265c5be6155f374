import Datasets
import Network
import TensorCore

/// A batch of images as the network takes them, what insertion starts from, and random orders of their pixels.
package struct ImageBatch {
  let grid: GridSize
  let channels: Int
  let count: Int
  /// [count, height, width, channels], normalised.
  let whole: [Float]
  /// The same, blurred.
  let blurred: [Float]
  /// [order][image]
  package let randomOrders: [[PixelOrder]]
  /// [image], which ones they are in the part.
  let samples: [Int]

  var imageSize: Int { grid.count * channels }

  package init(
    _ samples: [Int], of split: ImageSplit, configuration: NetworkConfiguration,
    normalization: Normalization, options: FaithfulnessOptions, lanes: Lanes
  ) {
    self.samples = samples
    grid = configuration.input
    channels = configuration.channels
    count = samples.count
    let (grid, channels, count) = (grid, channels, count)
    let size = grid.count * channels
    let whole = [Float](unsafeUninitializedCapacity: count * size) { buffer, initialised in
      split.fill(
        buffer.baseAddress!, indices: samples[...], pixelsPerImage: grid.count, channels: channels,
        normalization: normalization)
      initialised = count * size
    }
    let blur = GaussianBlur(
      grid: grid, channels: channels, deviation: options.blurDeviation(grid))
    blurred = [Float](unsafeUninitializedCapacity: count * size) { buffer, initialised in
      let blurred = buffer.baseAddress!
      whole.withUnsafeBufferPointer { whole in
        let whole = whole.baseAddress!
        lanes.run(over: count) { _, images in
          for image in images { blur.apply(whole + image * size, into: blurred + image * size) }
        }
      }
      initialised = count * size
    }
    self.whole = whole
    randomOrders = (0..<options.randomOrders).map { number in
      samples.map { sample in
        var generator = SeededGenerator(
          seed: FaithfulnessOptions.seed, stream: "pixel order \(number) of image \(sample)")
        return PixelOrder(random: grid.count, using: &generator)
      }
    }
  }

  /// Copies an image and gives some of its pixels the values of another, or the mean's, which is 0 in the network's input.
  /// - Parameters:
  ///   - source: the images to copy from: `whole` or `blurred`.
  ///   - other: where the pixels come from; nil for the mean.
  func write(
    _ image: Int, of source: [Float], replacing pixels: ArraySlice<Int32>, by other: [Float]?,
    into destination: UnsafeMutablePointer<Float>
  ) {
    let start = image * imageSize
    source.withUnsafeBufferPointer {
      destination.update(from: $0.baseAddress! + start, count: imageSize)
    }
    for pixel in pixels {
      let offset = Int(pixel) * channels
      for channel in offset..<offset + channels {
        destination[channel] = other.map { $0[start + channel] } ?? 0
      }
    }
  }
}
