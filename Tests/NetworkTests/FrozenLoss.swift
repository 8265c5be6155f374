import Network
import TensorCore

/// The loss that a training pass's gradient belongs to: what the gradient takes for constants is held.
///
/// Those are the consistency weights of a batch where they are adaptive, and the maps that exits follow where
/// the gradient stops at them. Elsewhere this is `LossTerms.total`, summed here once more.
struct FrozenLoss {
  private let options: GuidedLossOptions
  private let configuration: NetworkConfiguration
  private let count: Int
  private let exitWeights: [Double]
  private let consistencyWeights: [Double]
  /// Per early exit, the map that it follows.
  private let targets: [[Float]]

  /// - Parameter pass: has just made `terms` from a batch of `count`.
  init(_ options: GuidedLossOptions, _ pass: TrainingPass, _ terms: LossTerms, count: Int) {
    self.options = options
    self.count = count
    configuration = pass.network.configuration
    let exits = configuration.exitCount
    let weights = options.exitWeights ?? [Double](repeating: 1, count: exits)
    exitWeights = weights.map { $0 / weights.reduce(0, +) }
    consistencyWeights = terms.consistencyWeights
    targets = (0..<(exits - 1)).map {
      pass.attention(exit: Self.target(of: $0, options, exits: exits), count: count)
    }
  }

  private static func target(of exit: Int, _ options: GuidedLossOptions, exits: Int) -> Int {
    options.target == .next ? exit + 1 : exits - 1
  }

  /// Of another point, whose forward pass `pass` has just run with `terms`.
  func value(_ pass: TrainingPass, _ terms: LossTerms) -> Double {
    let entropy = zip(exitWeights, terms.crossEntropy).reduce(0) { $0 + $1.0 * $1.1 }
    let consistency = consistencyWeights.indices.reduce(0) { sum, exit in
      sum + consistencyWeights[exit]
        * (options.stopGradient ? distance(exit, pass) : terms.dissimilarity[exit])
    }
    return entropy + options.lambda * consistency
  }

  /// Mean over samples of 1 − cos with the held map.
  private func distance(_ exit: Int, _ pass: TrainingPass) -> Double {
    let grids = configuration.exitGrids
    let target = Self.target(of: exit, options, exits: grids.count)
    let term = ConsistencyTerm(
      early: grids[exit], target: grids[target], input: configuration.input,
      grid: options.alignmentGrid, stopGradient: true)
    var sum = 0.0
    _ = withPointers([
      pass.attention(exit: exit, count: count), targets[exit],
      [Float](repeating: 0, count: term.scratchCount), [0],
    ]) { p in
      for sample in 0..<count {
        // A scale of 0 leaves gradients alone.
        sum += term.evaluate(
          early: p[0] + sample * grids[exit].count, target: p[1] + sample * grids[target].count,
          scale: 0, dEarly: p[3], dTarget: p[3], scratch: p[2])
      }
    }
    return sum / Double(count)
  }
}
