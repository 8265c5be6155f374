import Datasets
import FileKit
import Foundation
import Network
import TensorCore
import Training

/// A network of Tests/NetworkTests/Fixtures with its images, and what others' code said about it: see
/// Fixtures/faithfulness/make_faithfulness.py.
struct PeerNetwork {
  static let headGain: Float = 16

  let network: EarlyExitNetwork
  let split: ImageSplit
  /// pixel / 64 − 2, as the twin has it.
  let normalization: Normalization
  let peers: SafetensorsReader

  init(_ name: String, _ attention: AttentionKind) throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    let fixture = try SafetensorsReader(
      path: tests.deletingLastPathComponent()
        .appendingPathComponent("NetworkTests/Fixtures/network-\(name).safetensors").path)
    peers = try SafetensorsReader(
      path: tests.appendingPathComponent("Fixtures/faithfulness/faithfulness.safetensors").path)
    let shape = try fixture.tensor(named: "images").shape
    network = EarlyExitNetwork(
      NetworkConfiguration(
        input: GridSize(height: shape[1], width: shape[2]), channels: shape[3], classes: 5,
        widths: [8, 12, 16, 16, 20], attention: attention), seed: 0)
    for tensor in network.tensors {
      let gain = tensor.name.hasSuffix("head.weight") ? Self.headGain : 1
      network.load(
        try fixture.floats(named: "weights.\(tensor.name)", shape: tensor.shape).map { $0 * gain },
        named: tensor.name)
    }
    var split = ImageSplit()
    split.pixels = try fixture.bytes(named: "images")
    split.labels = [Int](repeating: 0, count: shape[0])
    split.identifiers = (0..<shape[0]).map { "\($0)" }
    self.split = split
    normalization = Normalization(
      mean: [Double](repeating: 128 / 255, count: shape[3]),
      std: [Double](repeating: 64 / 255, count: shape[3]))
  }

  var configuration: NetworkConfiguration { network.configuration }

  func batch(_ options: FaithfulnessOptions, lanes: Lanes) -> ImageBatch {
    ImageBatch(
      Array(split.labels.indices), of: split, configuration: configuration,
      normalization: normalization, options: options, lanes: lanes)
  }

  /// The images as the network takes them: [count, height, width, channels].
  var input: [Float] { split.pixels.map { Float($0) / 64 - 2 } }

  /// Orders of the images' pixels by the attributions that the peers were given; no two pixels of an image tie.
  func orders(_ map: String) throws -> [PixelOrder] {
    let pixels = configuration.input.count
    let maps = try peers.floats(named: map)
    var generator = SeededGenerator(seed: 0)
    let ties = PixelOrder(random: pixels, using: &generator)
    return split.labels.indices.map {
      PixelOrder(descending: Array(maps[$0 * pixels..<($0 + 1) * pixels]), ties: ties)
    }
  }
}

/// max |value − reference| / max |reference|; infinite where counts differ or a value is not a number.
func relativeDifference(_ values: some Collection<Float>, _ reference: [Float]) -> Float {
  guard values.count == reference.count else { return .infinity }
  var largest: Float = 0
  for (value, expected) in zip(values, reference) {
    let difference = abs(value - expected)
    if difference.isNaN { return .infinity }
    largest = max(largest, difference)
  }
  return largest / (reference.map(abs).max() ?? 0)
}
