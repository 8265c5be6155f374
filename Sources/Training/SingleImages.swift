import Datasets
import Network
import TensorCore

/// Images of a part of a dataset as a network sees them, answered one at a time: only the network takes time.
package struct SingleImages {
  /// The number of images; `answer` takes 0 ..< count.
  package let count: Int
  private let pass: InferencePass
  /// One image after another, normalised.
  private let inputs: [Float]
  private let inputSize: Int

  /// - Parameter samples: which images of the part, in this order.
  package init(
    _ network: EarlyExitNetwork, normalization: Normalization, split: ImageSplit,
    samples: [Int], lanes: Lanes
  ) {
    let configuration = network.configuration
    let size = configuration.input.count * configuration.channels
    count = samples.count
    inputSize = size
    pass = InferencePass(network, capacity: 1, lanes: lanes)
    inputs = [Float](unsafeUninitializedCapacity: samples.count * size) { buffer, count in
      split.fill(
        buffer.baseAddress!, indices: samples[...], pixelsPerImage: configuration.input.count,
        channels: configuration.channels, normalization: normalization)
      count = samples.count * size
    }
  }

  /// The final exit included.
  package var exitCount: Int { pass.configuration.exitCount }

  /// Stops at the first exit whose confidence reaches the threshold.
  package func answer(_ image: Int, threshold: Double) -> InferencePass.Answer {
    load(image)
    return pass.answer(threshold: threshold)
  }

  /// Stops at an exit (from 0).
  package func answer(_ image: Int, stoppingAt exit: Int) -> InferencePass.Answer {
    load(image)
    return pass.answer(stoppingAt: exit)
  }

  /// What an exit (from 0) answered to the image that has just run at least so far.
  package func lastAnswer(ofExit exit: Int) -> InferencePass.Answer {
    pass.answer(sample: 0, exit: exit)
  }

  private func load(_ image: Int) {
    inputs.withUnsafeBufferPointer {
      pass.input.update(from: $0.baseAddress! + image * inputSize, count: inputSize)
    }
  }
}
