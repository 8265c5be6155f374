import Datasets
import Network
import TensorCore

/// Runs all exits over a part of a dataset, in batches, with the running statistics.
struct Evaluator {
  static let batchSize = 32

  let network: EarlyExitNetwork
  let normalization: Normalization
  private let pass: InferencePass

  init(_ network: EarlyExitNetwork, normalization: Normalization, lanes: Lanes) {
    self.network = network
    self.normalization = normalization
    pass = InferencePass(network, capacity: Self.batchSize, lanes: lanes)
  }

  /// Calls `visit` for each batch of the part, in order, while the pass holds its results.
  func run(
    over split: ImageSplit, visit: (_ pass: InferencePass, _ samples: ArraySlice<Int>) -> Void
  ) {
    let configuration = network.configuration
    pass.reload()
    let order = BatchOrder(count: split.count, batchSize: Self.batchSize)
    for number in 0..<order.batchCount {
      let samples = order.batch(number)
      split.fill(
        pass.input, indices: samples, pixelsPerImage: configuration.input.count,
        channels: configuration.channels, normalization: normalization)
      pass.run(count: samples.count)
      visit(pass, samples)
    }
  }

  /// Per exit, the share answered rightly; empty for an empty part.
  func accuracy(on split: ImageSplit) -> [Double] {
    guard split.count > 0 else { return [] }
    let exits = network.configuration.exitCount
    var correct = [Int](repeating: 0, count: exits)
    run(over: split) { pass, samples in
      for exit in 0..<exits {
        for (offset, sample) in samples.enumerated()
        where pass.answer(sample: offset, exit: exit).prediction == split.labels[sample] {
          correct[exit] += 1
        }
      }
    }
    return correct.map { Double($0) / Double(split.count) }
  }
}
