import FileKit
import TensorCore

/// What makes pixels a network's input: `(pixel / 255 − mean) / deviation` in each channel.
package struct Normalization: Sendable, Codable, Equatable {
  /// Per channel, of pixels scaled to 0…1.
  package var mean: [Double]
  /// Per channel; the population's (ddof 0), and 1 where a channel is constant.
  package var std: [Double]

  /// Requires one mean and one positive deviation per channel, and at least one channel.
  package init(mean: [Double], std: [Double]) {
    precondition(
      mean.count == std.count && !mean.isEmpty,
      "one mean and one deviation a channel, got \(mean.count) and \(std.count)")
    precondition(std.allSatisfy { $0 > 0 }, "deviations are positive, got \(std)")
    self.mean = mean
    self.std = std
  }

  /// Measured over all pixels of a part (the training part, so that nothing of the test part leaks).
  /// - Parameter channels: 1 or 3; the pixels are [count, height, width, channels].
  package init(measuring split: ImageSplit, channels: Int) {
    precondition(
      channels > 0 && !split.pixels.isEmpty && split.pixels.count % channels == 0,
      "\(split.pixels.count) bytes do not hold pixels of \(channels) channels")
    // Counts are exact, so the result does not depend on the order of summation.
    var counts = [Int](repeating: 0, count: 256 * channels)
    split.pixels.withUnsafeBufferPointer { pixels in
      counts.withUnsafeMutableBufferPointer { counts in
        var offset = 0
        while offset < pixels.count {
          for channel in 0..<channels {
            counts[channel * 256 + Int(pixels[offset + channel])] += 1
          }
          offset += channels
        }
      }
    }
    let pixelCount = Double(split.pixels.count / channels)
    var mean: [Double] = []
    var std: [Double] = []
    for channel in 0..<channels {
      let histogram = counts[channel * 256..<(channel + 1) * 256]
      var sum = 0.0
      for (value, count) in histogram.enumerated() { sum += Double(value * count) }
      let center = sum / pixelCount
      var squares = 0.0
      for (value, count) in histogram.enumerated() {
        let difference = Double(value) - center
        squares += difference * difference * Double(count)
      }
      mean.append(center / 255)
      std.append(squares == 0 ? 1 : (squares / pixelCount).squareRoot() / 255)
    }
    self.init(mean: mean, std: std)
  }

  /// By channel, what each of the 256 pixel values becomes: [channels, 256].
  package var table: [Float] {
    zip(mean, std).flatMap { mean, std in
      (0..<256).map { Float((Double($0) / 255 - mean) / std) }
    }
  }

  /// Refuses what is none of an image of so many channels, or would make infinities of pixels.
  package func validate(channels: Int) throws(ValueProblem) {
    for (name, values) in [("mean", mean), ("std", std)] {
      try ValueCheck.count(name, values.count, channels, of: "numbers, one a channel")
    }
    for channel in 0..<channels {
      try ValueCheck.number("mean[\(channel)]", mean[channel], -1e6...1e6)
      // One pixel that differs by one, among 10¹², has a deviation of 4·10⁻⁹.
      try ValueCheck.number("std[\(channel)]", std[channel], 1e-12...1e6)
    }
  }
}
