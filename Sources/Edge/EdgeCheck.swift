import Datasets
import Network
import TensorCore

/// Images and what this program's own network makes of them, for the bundle to compare itself with on its device:
/// `check.bin` holds "XLCK", the number of images as 32 bits, the images' bytes, and logits [images, exits, classes].
struct EdgeCheck {
  private static let magic = Array("XLCK".utf8)

  let bytes: [UInt8]

  /// - Parameter images: [height, width, channels] each.
  init(
    _ network: EarlyExitNetwork, images: [[UInt8]], normalization: Normalization, lanes: Lanes
  ) throws(EdgeFault) {
    let configuration = network.configuration
    let pass = InferencePass(network, capacity: 1, lanes: lanes)
    var bytes = Self.magic
    func append(_ number: UInt32) {
      withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
    append(UInt32(images.count))
    for image in images { bytes += image }
    for image in images {
      ImageSplit(pixels: image, labels: [0], identifiers: [""]).fill(
        pass.input, indices: [0], pixelsPerImage: configuration.input.count,
        channels: configuration.channels, normalization: normalization)
      pass.run(count: 1)
      for exit in 0..<configuration.exitCount {
        for logit in pass.logits(exit: exit, count: 1) {
          guard logit.isFinite else { throw .answerNotFinite(exit: exit + 1) }
          append(logit.bitPattern)
        }
      }
    }
    self.bytes = bytes
  }

  /// Images of noise, where there are none of the data.
  static func noise(_ configuration: NetworkConfiguration, count: Int) -> [[UInt8]] {
    var generator = SeededGenerator(seed: 0, stream: "edge check")
    return (0..<count).map { _ in
      (0..<configuration.input.count * configuration.channels).map { _ in
        UInt8(generator.uniform(0, 256))
      }
    }
  }
}
