import Datasets
import Network
import Recordings
import TensorCore

/// The weight-randomisation check (Adebayo et al., 2018), cascading: attention maps after the exit's attention module,
/// then also its block, then also the block before it, … down to the first, have got the weights that a new network
/// would begin with (batch norms included). A map that does not change with the weights does not show what
/// was learned.
package struct WeightRandomization {
  private static let batchSize = 32

  private let network: EarlyExitNetwork
  private let draws: Int
  private let lanes: Lanes

  package init(_ network: EarlyExitNetwork, draws: Int, lanes: Lanes) {
    precondition(draws >= 1, "at least one draw, got \(draws)")
    self.network = network
    self.draws = draws
    self.lanes = lanes
  }

  /// Exit K (from 1) has K + 1 stages: its attention module alone, then with blocks K, K − 1, …, 1.
  package func maps(
    of split: ImageSplit, samples: [Int], normalization: Normalization
  ) -> RecordedFaithfulness.Randomized {
    let configuration = network.configuration
    let exits = 0..<configuration.exitCount
    var values = [[Float]](repeating: [], count: exits.count)
    let order = BatchOrder(count: samples.count, batchSize: Self.batchSize)
    for draw in 0..<draws {
      // All exits at once: with the blocks from `first` (from 0) on random, every exit behind has its next stage.
      for first in (0...exits.count).reversed() {
        let pass = InferencePass(
          randomized(from: first, draw: draw), capacity: Self.batchSize, lanes: lanes)
        for number in 0..<order.batchCount {
          let batch = order.batch(number).map { samples[$0] }
          split.fill(
            pass.input, indices: batch[...], pixelsPerImage: configuration.input.count,
            channels: configuration.channels, normalization: normalization)
          pass.run(count: batch.count)
          for exit in exits where first == exits.count || first <= exit {
            values[exit] += pass.attention(exit: exit, count: batch.count)
          }
        }
      }
    }
    return .init(
      draws: draws, exits: exits.map { .init(stages: $0 + 2, values: values[$0]) })
  }

  /// A new network's weights in every attention module and in the blocks from `first` on; the others' as trained.
  /// Heads do not matter, as maps do not depend on them.
  package func randomized(from first: Int, draw: Int) -> EarlyExitNetwork {
    let result = EarlyExitNetwork(
      network.configuration, seed: FaithfulnessOptions.seed + UInt64(draw))
    let kept = (0..<first).map { "blocks.\($0)." }
    for tensor in network.tensors where kept.contains(where: tensor.name.hasPrefix) {
      result.load(tensor.values, named: tensor.name)
    }
    return result
  }
}
