import Network
import TensorCore
import Testing

/// The whole network and the whole loss against central differences, through every parameter.
@Suite struct LossGradientTests {
  init() throws { _ = try BLAS.open() }

  private static let labels = [0, 2, 1, 2]

  private static func network(
    _ kind: AttentionKind, _ architecture: Architecture = .plain, widths: [Int] = [4, 9, 5],
    seed: UInt64 = 5
  ) -> EarlyExitNetwork {
    EarlyExitNetwork(
      NetworkConfiguration(
        input: GridSize(height: 9, width: 8), channels: 3, classes: 3, widths: widths,
        attention: kind, architecture: architecture), seed: seed)
  }

  private static let options: [(AttentionKind, GuidedLossOptions)] = [
    (.softmax, GuidedLossOptions(lambda: 0.7)),
    (.softmax, GuidedLossOptions(lambda: 0.7, stopGradient: true)),
    (.softmax, GuidedLossOptions(lambda: 0.7, alignmentGrid: .input)),
    (
      .sigmoid,
      GuidedLossOptions(
        lambda: 0.7, alignmentGrid: .final, exitWeights: [1, 2, 3], consistencyWeights: [3, 1])
    ),
    (.softmax, GuidedLossOptions(lambda: 0.7, target: .next)),
    (.softmax, GuidedLossOptions(lambda: 0.7, stopGradient: true, target: .next)),
    (.softmax, GuidedLossOptions(lambda: 0.7, target: .next, alignmentGrid: .final)),
    (.softmax, GuidedLossOptions(lambda: 0.7, adaptiveWeights: true)),
    (
      .sigmoid,
      GuidedLossOptions(
        lambda: 2, stopGradient: true, target: .next, alignmentGrid: .input,
        consistencyWeights: [1, 3], adaptiveWeights: true)
    ),
  ]

  @Test(arguments: options.indices)
  func everyParameter(index: Int) {
    let (kind, options) = Self.options[index]
    expectGradients(of: Self.network(kind), options, "\(kind), \(options)")
  }

  /// Of the residual networks the first has a 1×1 convolution past every block, the second none past the last two.
  @Test(arguments: [
    (Architecture.residual, [4, 9, 5]), (.residual, [9, 9, 9]), (.separable, [4, 9, 5]),
  ])
  func everyParameterOfOtherArchitectures(architecture: Architecture, widths: [Int]) {
    let network = Self.network(.softmax, architecture, widths: widths, seed: 10)
    // A smaller step and another seed, because there are more ReLUs on the way.
    expectGradients(
      of: network, GuidedLossOptions(lambda: 0.7), step: 1e-3, "\(architecture) \(widths)")
  }

  private func expectGradients(
    of network: EarlyExitNetwork, _ options: GuidedLossOptions, step: Float = 3e-3,
    _ comment: String
  ) {
    let pass = TrainingPass(network, loss: options, capacity: 4, lanes: Lanes(2))
    let images = values(4 * 72 * 3, seed: 21)
    func run() -> LossTerms {
      for index in images.indices { pass.input[index] = images[index] }
      pass.forward(count: 4)
      return pass.backward(labels: Self.labels)
    }
    let terms = run()
    let loss = FrozenLoss(options, pass, terms, count: 4)
    #expect(abs(loss.value(pass, terms) - terms.total) < 1e-9)
    let names = network.table.parameters.map(\.name)
    let gradients = Dictionary(
      uniqueKeysWithValues: names.map { ($0, pass.gradient(named: $0)) })
    for name in names {
      let original = network.tensors.first { $0.name == name }!.values
      var generator = SeededGenerator(seed: 1, stream: name)
      let places = Array(generator.permutation(original.count).prefix(12)).sorted()
      expectGradient(
        gradients[name]!,
        matches: { moved in
          network.load(moved, named: name)
          let terms = run()
          return loss.value(pass, terms)
        }, at: original, places: places, step: step, tolerance: 5e-2, allowedKinks: 0.35,
        "\(name), \(comment)")
      network.load(original, named: name)
    }
  }

  @Test func lambdaOfAStepReplacesTheOptions() {
    let network = Self.network(.softmax)
    let pass = TrainingPass(
      network, loss: GuidedLossOptions(lambda: 0.7), capacity: 4, lanes: Lanes(1))
    let images = values(4 * 72 * 3, seed: 21)
    for index in images.indices { pass.input[index] = images[index] }
    pass.forward(count: 4)
    let without = pass.backward(labels: Self.labels, lambda: 0)
    let with = pass.backward(labels: Self.labels)
    #expect(abs(with.total - without.total - 0.7 * with.consistency) < 1e-12)
    #expect(with.consistency > 0)
  }
}
