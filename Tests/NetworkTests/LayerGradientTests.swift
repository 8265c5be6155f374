import Network
import TensorCore
import Testing

/// Every layer's backward pass against central differences of its forward pass.
@Suite struct LayerGradientTests {
  init() throws { _ = try BLAS.open() }

  @Test(arguments: [
    (GridSize(height: 5, width: 4), 3, 2, 1), (GridSize(height: 1, width: 1), 2, 3, 2),
    (GridSize(height: 3, width: 7), 1, 4, 2),
  ])
  func convolution(grid: GridSize, inputs: Int, outputs: Int, lanes: Int) {
    let layer = Convolution(grid: grid, inputs: inputs, outputs: outputs)
    let (count, lanes) = (3, Lanes(lanes))
    let x = values(count * grid.count * inputs, seed: 1)
    let weight = values(layer.weightCount, seed: 2)
    let dy = values(count * grid.count * outputs, seed: 3)
    let scratchCount = layer.scratchCount(images: count)
    func output(_ x: [Float], _ weight: [Float]) -> Double {
      let arrays =
        [x, weight, dy]
        + Array(repeating: [Float](repeating: 7, count: scratchCount), count: lanes.count)
      let result = withPointers(arrays) { p in
        layer.forward(
          p[0], weight: p[1], into: p[2], count: count, scratch: Array(p[3...]), lanes: lanes)
      }
      return weightedSum(result[2], dy)
    }
    let zeros = [Float](repeating: 0, count: weight.count)
    let arrays =
      [x, weight, dy, x, zeros]
      + Array(repeating: [Float](repeating: 7, count: scratchCount), count: lanes.count)
      + Array(repeating: weight, count: lanes.count)
    let gradients = withPointers(arrays) { p in
      layer.backward(
        p[0], weight: p[1], dy: p[2], dx: p[3], dWeight: p[4], count: count,
        scratch: Array(p[5..<(5 + lanes.count)]),
        partialWeights: Array(p[(5 + lanes.count)...].dropLast()), lanes: lanes)
    }
    expectGradient(gradients[3], matches: { output($0, weight) }, at: x, "dx")
    expectGradient(gradients[4], matches: { output(x, $0) }, at: weight, "dWeight")
  }

  @Test(arguments: [true, false], [GridSize(height: 4, width: 6), GridSize(height: 5, width: 3)])
  func normReluPool(pools: Bool, grid: GridSize) {
    // Ten channels: eight go through the vector path, two through the rest.
    let layer = NormReluPool(grid: grid, channels: 10, pools: pools)
    let (count, lanes) = (3, Lanes(2))
    let y = values(count * grid.count * 10, seed: 4)
    // A negative γ, because the winner of a pool is then the smallest y.
    let gamma = values(10, seed: 5).map { $0 < 0 ? $0 - 0.5 : $0 + 0.5 }
    let beta = values(10, seed: 6)
    let dz = values(count * layer.outputGrid.count * 10, seed: 7)
    let ten = [Float](repeating: 0, count: 10)
    let scratch = [Float](
      repeating: 7, count: ChannelScratch.count(channels: 10, lanes: lanes.count))
    func output(_ y: [Float], _ gamma: [Float], _ beta: [Float]) -> Double {
      let result = withPointers([y, gamma, beta, dz, ten, ten, ten, ten, scratch]) { p in
        layer.forward(
          p[0], gamma: p[1], beta: p[2], into: p[3], count: count,
          statistics: .init(mean: p[4], inverseDeviation: p[5]), runningMean: p[6],
          runningVariance: p[7],
          scratch: ChannelScratch(p[8], channels: 10, lanes: lanes.count), lanes: lanes)
      }
      return weightedSum(result[3], dz)
    }
    let arrays = [y, gamma, beta, dz, ten, ten, ten, ten, ten, ten, dz, scratch]
    let gradients = withPointers(arrays) { p in
      let scratch = ChannelScratch(p[11], channels: 10, lanes: lanes.count)
      let statistics = BatchNorm.Statistics(mean: p[4], inverseDeviation: p[5])
      layer.forward(
        p[0], gamma: p[1], beta: p[2], into: p[10], count: count, statistics: statistics,
        runningMean: p[6], runningVariance: p[7], scratch: scratch, lanes: lanes)
      layer.backward(
        inPlace: p[0], dz: p[3], gamma: p[1], beta: p[2], dGamma: p[8], dBeta: p[9],
        count: count, statistics: statistics, scratch: scratch, lanes: lanes)
    }
    expectGradient(
      gradients[0], matches: { output($0, gamma, beta) }, at: y, step: 2e-3, "dy, pools \(pools)")
    expectGradient(gradients[8], matches: { output(y, $0, beta) }, at: gamma, step: 2e-3, "dγ")
    expectGradient(gradients[9], matches: { output(y, gamma, $0) }, at: beta, step: 2e-3, "dβ")
  }

  @Test(arguments: AttentionKind.allCases)
  func attentionExit(kind: AttentionKind) {
    let grid = GridSize(height: 3, width: 4)
    let (count, channels, classes, lanes) = (3, 5, 4, Lanes(2))
    let layer = AttentionExit(grid: grid, channels: channels, classes: classes, kind: kind)
    let x = values(count * grid.count * channels, seed: 8)
    let parameters = [
      values(channels, seed: 9), values(1, seed: 10), values(classes * channels, seed: 11),
      values(classes, seed: 12),
    ]
    let dLogits = values(count * classes, seed: 13)
    let dAttention = values(count * grid.count, seed: 14)
    let pooled = [Float](repeating: 0, count: count * channels)
    func output(_ x: [Float], _ parameters: [[Float]]) -> Double {
      let result = withPointers([x] + parameters + [dAttention, pooled, dLogits]) { p in
        layer.forward(
          p[0],
          .init(attentionWeight: p[1], attentionBias: p[2], headWeight: p[3], headBias: p[4]),
          into: .init(attention: p[5], pooled: p[6], logits: p[7]), count: count, lanes: lanes)
      }
      return weightedSum(result[7], dLogits) + weightedSum(result[5], dAttention)
    }
    let zeros = parameters.map { [Float](repeating: 0, count: $0.count) }
    let arrays =
      [x] + parameters + [dAttention, pooled, dLogits] + zeros
      + [x.map { _ in 0 }, dAttention, pooled, dLogits]
      + [[Float](repeating: 7, count: ChannelScratch.count(channels: channels, lanes: 2))]
    let gradients = withPointers(arrays) { p in
      let own = AttentionExit.Parameters(
        attentionWeight: p[1], attentionBias: p[2], headWeight: p[3], headBias: p[4])
      let activations = AttentionExit.Activations(attention: p[5], pooled: p[6], logits: p[15])
      layer.forward(p[0], own, into: activations, count: count, lanes: lanes)
      layer.backward(
        p[0], own, activations, dLogits: p[7], dAttention: p[13], dx: p[12],
        gradients: .init(
          attentionWeight: p[8], attentionBias: p[9], headWeight: p[10], headBias: p[11]),
        dPooled: p[14], count: count,
        scratch: ChannelScratch(p[16], channels: channels, lanes: lanes.count), lanes: lanes)
    }
    expectGradient(gradients[12], matches: { output($0, parameters) }, at: x, "dx, \(kind)")
    for (index, name) in ["attention.weight", "attention.bias", "head.weight", "head.bias"]
      .enumerated()
    {
      expectGradient(
        gradients[8 + index],
        matches: { moved in
          var all = parameters
          all[index] = moved
          return output(x, all)
        }, at: parameters[index], "\(name), \(kind)")
    }
  }

  @Test func crossEntropy() {
    let (count, classes) = (3, 4)
    let logits = values(count * classes, seed: 15, scale: 3)
    let labels = [2, 0, 3]
    func loss(_ logits: [Float]) -> Double {
      var result = 0.0
      _ = withPointers([logits, logits]) { p in
        result =
          CrossEntropy.evaluate(
            p[0], labels: labels, count: count, classes: classes, scale: 1, dLogits: p[1]
          ).loss
      }
      return result
    }
    let gradients = withPointers([logits, logits]) { p in
      _ = CrossEntropy.evaluate(
        p[0], labels: labels, count: count, classes: classes, scale: 1 / Float(count),
        dLogits: p[1])
    }
    expectGradient(gradients[1], matches: loss, at: logits, "dLogits")
  }

  @Test(arguments: GuidedLossOptions.AlignmentGrid.allCases)
  func consistencyTerm(grid: GuidedLossOptions.AlignmentGrid) {
    let early = GridSize(height: 6, width: 5)
    let final = GridSize(height: 3, width: 2)
    let term = ConsistencyTerm(
      early: early, target: final, input: GridSize(height: 12, width: 9), grid: grid,
      stopGradient: false)
    let (a, b) = (
      values(early.count, seed: 16).map(abs), values(final.count, seed: 17).map(abs)
    )
    let scratch = [Float](repeating: 0, count: term.scratchCount)
    func evaluate(_ a: [Float], _ b: [Float], _ term: ConsistencyTerm) -> (Double, [[Float]]) {
      var value = 0.0
      let zeros = [a.map { _ in Float(0) }, b.map { _ in Float(0) }]
      let result = withPointers([a, b] + zeros + [scratch]) { p in
        value = term.evaluate(
          early: p[0], target: p[1], scale: 1, dEarly: p[2], dTarget: p[3], scratch: p[4])
      }
      return (value, result)
    }
    let gradients = evaluate(a, b, term).1
    expectGradient(
      gradients[2], matches: { evaluate($0, b, term).0 }, at: a, tolerance: 1e-2, "dEarly")
    expectGradient(
      gradients[3], matches: { evaluate(a, $0, term).0 }, at: b, tolerance: 1e-2, "dTarget")

    let stopped = ConsistencyTerm(
      early: early, target: final, input: GridSize(height: 12, width: 9), grid: grid,
      stopGradient: true)
    let stoppedGradients = evaluate(a, b, stopped).1
    #expect(stoppedGradients[2] == gradients[2])
    #expect(stoppedGradients[3].allSatisfy { $0 == 0 })
  }
}
