import FileKit
import Network
import TensorCore
import Testing

/// Weights of the consistency terms by their share of a batch's disagreement.
@Suite struct AdaptiveWeightTests {
  init() throws { _ = try BLAS.open() }

  private static let labels = [0, 2, 1]

  /// The terms of one batch of images on a small network with exits of 4×4, 2×2 and 2×2 cells.
  private func terms(_ options: GuidedLossOptions) -> LossTerms {
    let network = EarlyExitNetwork(
      NetworkConfiguration(
        input: GridSize(height: 8, width: 8), channels: 1, classes: 3, widths: [4, 6, 5]), seed: 5)
    let pass = TrainingPass(network, loss: options, capacity: 3, lanes: Lanes(1))
    let images = values(3 * 64, seed: 21)
    for index in images.indices { pass.input[index] = images[index] }
    pass.forward(count: 3)
    return pass.backward(labels: Self.labels)
  }

  @Test(arguments: [nil, [3, 1], [0, 2]] as [[Double]?])
  func weightIsTheShareOfTheWeightedDissimilarity(weights: [Double]?) {
    let fixed = terms(GuidedLossOptions(lambda: 0.5, consistencyWeights: weights))
    let adaptive = terms(
      GuidedLossOptions(lambda: 0.5, consistencyWeights: weights, adaptiveWeights: true))
    #expect(adaptive.dissimilarity == fixed.dissimilarity)
    let c = weights ?? [1, 1]
    #expect(fixed.consistencyWeights == c.map { $0 / (c[0] + c[1]) })
    let products = zip(c, fixed.dissimilarity).map { $0 * $1 }
    let total = products[0] + products[1]
    for (weight, product) in zip(adaptive.consistencyWeights, products) {
      #expect(abs(weight - product / total) < 1e-12)
    }
    let consistency = zip(adaptive.consistencyWeights, adaptive.dissimilarity).reduce(0) {
      $0 + $1.0 * $1.1
    }
    #expect(abs(adaptive.consistency - consistency) < 1e-12)
    // Larger terms weigh more, so the sum can only rise where the given weights are equal.
    if weights == nil { #expect(adaptive.consistency > fixed.consistency) }
    #expect(
      abs(adaptive.total - (adaptive.crossEntropy.reduce(0, +) / 3 + 0.5 * consistency)) < 1e-12)
  }

  @Test func givenWeightsWhereNothingDisagrees() {
    let network = EarlyExitNetwork(
      NetworkConfiguration(
        input: GridSize(height: 4, width: 4), channels: 1, classes: 3, widths: [4, 6, 5]), seed: 5)
    // Exits of 2×2, 1×1 and 1×1 cells: the second and third maps are one cell of weight 1.
    let options = GuidedLossOptions(
      lambda: 1, consistencyWeights: [0, 1], adaptiveWeights: true)
    let pass = TrainingPass(network, loss: options, capacity: 3, lanes: Lanes(1))
    let images = values(3 * 16, seed: 3)
    for index in images.indices { pass.input[index] = images[index] }
    pass.forward(count: 3)
    let terms = pass.backward(labels: Self.labels)
    #expect(terms.dissimilarity[0] > 0 && terms.dissimilarity[1] == 0)
    #expect(terms.consistencyWeights == [0, 1])
    #expect(terms.consistency == 0)
  }

  /// run.json of a version without these options.
  @Test func optionsOfOlderRunsAreTheDefaults() throws {
    let text = #"{"alignmentGrid": "input", "lambda": 0.3, "stopGradient": true}"#
    let options = try CanonicalJSON.decode(GuidedLossOptions.self, from: Array(text.utf8)).get()
    #expect(
      options == GuidedLossOptions(lambda: 0.3, stopGradient: true, alignmentGrid: .input))
    let all = GuidedLossOptions(
      lambda: 1, target: .next, consistencyWeights: [1, 2], adaptiveWeights: true)
    #expect(
      try CanonicalJSON.decode(GuidedLossOptions.self, from: CanonicalJSON.encode(all)).get()
        == all)
  }

  @Test func baselineHasNothingThatOnlyTheTermHas() {
    let options = GuidedLossOptions(
      lambda: 1, stopGradient: true, target: .next, exitWeights: [1, 2], adaptiveWeights: true)
    #expect(options.baseline == GuidedLossOptions(exitWeights: [1, 2]))
  }
}
