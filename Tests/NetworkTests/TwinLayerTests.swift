import Network
import TensorCore
import Testing
import Training

/// Each layer alone, forward and backward, against PyTorch in float64.
///
/// Sums here have at most some hundred terms of order 1, so 1e-5 of the largest value is several times
/// what rounding makes, and far below what a wrong index or factor makes.
@Suite struct TwinLayerTests {
  struct File: Decodable {
    struct Norms: Decodable { let pooled: [Bool] }
    struct Consistency: Decodable {
      struct Case: Decodable {
        let name: String
        let target: GuidedLossOptions.ConsistencyTarget
        let grid: GuidedLossOptions.AlignmentGrid
        let stopGradient: Bool
        let weights: [Double]
        let loss: Double
        let distances: [Double]
      }
      let early: [GridSize]
      let final: GridSize
      let input: GridSize
      let cases: [Case]
    }
    struct AdamRun: Decodable {
      let steps: Int
      let learningRates: [Double]
    }
    let convolutions: Int
    let norms: Norms
    let exits: Int
    let crossEntropies: [Double]
    let consistency: Consistency
    let adam: AdamRun
  }

  let file: File
  let fixture: TwinFixture

  init() throws {
    file = try TwinFixture.json("layers.json", as: File.self)
    fixture = try TwinFixture("layers.safetensors")
  }

  private func expect(
    _ values: [Float], _ name: String, within tolerance: Float = 1e-5, scale: Float? = nil
  ) throws {
    let difference = TwinDifference.relative(values, to: try fixture.floats(name), scale: scale)
    #expect(difference <= tolerance, "\(name)")
  }

  /// PyTorch's [out, in, 3, 3] to the layer's [out, 3, 3, in], or back.
  private func reordered(_ weight: [Float], inputs: Int, toPyTorch: Bool) -> [Float] {
    var result = weight
    for o in 0..<(weight.count / (9 * inputs)) {
      for tap in 0..<9 {
        for c in 0..<inputs {
          let (theirs, ours) = ((o * inputs + c) * 9 + tap, (o * 9 + tap) * inputs + c)
          if toPyTorch { result[theirs] = weight[ours] } else { result[ours] = weight[theirs] }
        }
      }
    }
    return result
  }

  /// Blocks of scratch that live as long as the caller holds the arena.
  private func blocks(_ number: Int, of count: Int) -> (Arena, [UnsafeMutablePointer<Float>]) {
    var layout = ArenaLayout()
    let slots = (0..<number).map { _ in layout.reserve(count) }
    let arena = Arena(layout)
    return (arena, slots.map { arena[$0] })
  }

  private func channelScratch(_ channels: Int, _ lanes: Lanes) -> (Arena, ChannelScratch) {
    let (arena, block) = blocks(1, of: ChannelScratch.count(channels: channels, lanes: lanes.count))
    return (arena, ChannelScratch(block[0], channels: channels, lanes: lanes.count))
  }

  @Test(arguments: [1, 2, 3])
  func convolution(laneCount: Int) throws {
    #expect(file.convolutions == 5)
    let lanes = Lanes(laneCount)
    for index in 0..<file.convolutions {
      let name = "conv.\(index)"
      let shape = try fixture.shape("\(name).x")
      let (count, inputs) = (shape[0], shape[3])
      let layer = Convolution(
        grid: try fixture.grid("\(name).x"), inputs: inputs,
        outputs: try fixture.shape("\(name).y")[3])
      let weight = reordered(
        try fixture.floats("\(name).weight"), inputs: inputs, toPyTorch: false)
      let x = try fixture.floats("\(name).x")
      let (scratchArena, scratch) = blocks(laneCount, of: layer.scratchCount(images: count))
      let (partialArena, partials) = blocks(laneCount - 1, of: layer.weightCount)
      var y = [Float](repeating: .nan, count: count * layer.grid.count * layer.outputs)
      layer.forward(x, weight: weight, into: &y, count: count, scratch: scratch, lanes: lanes)
      try expect(y, "\(name).y")
      var dx = [Float](repeating: .nan, count: x.count)
      var dWeight = [Float](repeating: 0, count: weight.count)
      let dy = try fixture.floats("\(name).dy")
      dx.withUnsafeMutableBufferPointer { dx in
        layer.backward(
          x, weight: weight, dy: dy, dx: dx.baseAddress!, dWeight: &dWeight, count: count,
          scratch: scratch, partialWeights: partials, lanes: lanes)
      }
      try expect(dx, "\(name).dx")
      try expect(reordered(dWeight, inputs: inputs, toPyTorch: true), "\(name).dweight")
      withExtendedLifetime((scratchArena, partialArena)) {}
    }
  }

  @Test(arguments: [1, 2, 3])
  func normReluPool(laneCount: Int) throws {
    let lanes = Lanes(laneCount)
    for (index, pooled) in file.norms.pooled.enumerated() {
      let name = "norm.\(index)"
      let shape = try fixture.shape("\(name).y")
      let (count, channels) = (shape[0], shape[3])
      let layer = NormReluPool(
        grid: try fixture.grid("\(name).y"), channels: channels, pools: pooled)
      let gamma = try fixture.floats("\(name).weight")
      let beta = try fixture.floats("\(name).bias")
      var mean = try fixture.floats("\(name).mean")
      var variance = try fixture.floats("\(name).variance")
      var y = try fixture.floats("\(name).y")
      var z = [Float](repeating: .nan, count: count * layer.outputGrid.count * channels)

      let scale = zip(gamma, variance).map { $0 / ($1 + BatchNorm.epsilon).squareRoot() }
      let shift = (0..<channels).map { beta[$0] - mean[$0] * scale[$0] }
      layer.activate(y, scale: scale, shift: shift, into: &z, count: count, lanes: lanes)
      try expect(z, "\(name).evaluated")

      let (arena, kept) = blocks(2, of: channels)
      let statistics = BatchNorm.Statistics(mean: kept[0], inverseDeviation: kept[1])
      let (scratchArena, scratch) = channelScratch(channels, lanes)
      layer.forward(
        y, gamma: gamma, beta: beta, into: &z, count: count, statistics: statistics,
        runningMean: &mean, runningVariance: &variance, scratch: scratch, lanes: lanes)
      try expect(z, "\(name).z")
      try expect(mean, "\(name).meanAfter", within: 1e-6)
      try expect(variance, "\(name).varianceAfter", within: 1e-6)

      var dGamma = [Float](repeating: 0, count: channels)
      var dBeta = dGamma
      layer.backward(
        inPlace: &y, dz: try fixture.floats("\(name).dz"), gamma: gamma, beta: beta,
        dGamma: &dGamma, dBeta: &dBeta, count: count, statistics: statistics, scratch: scratch,
        lanes: lanes)
      try expect(y, "\(name).dy")
      try expect(dGamma, "\(name).dweight")
      try expect(dBeta, "\(name).dbias")
      withExtendedLifetime((arena, scratchArena)) {}
    }
  }

  @Test(arguments: AttentionKind.allCases)
  func attentionExit(kind: AttentionKind) throws {
    #expect(file.exits == 4)
    for index in 0..<file.exits {
      let name = "exit.\(kind.rawValue).\(index)"
      let shape = try fixture.shape("\(name).x")
      let (count, channels) = (shape[0], shape[3])
      let classes = try fixture.shape("\(name).logits")[1]
      let layer = AttentionExit(
        grid: try fixture.grid("\(name).x"), channels: channels, classes: classes, kind: kind)
      let (arena, block) = blocks(12, of: max(count, classes) * channels * layer.grid.count)
      let keys = ["attention.weight", "attention.bias", "head.weight", "head.bias"]
      for (position, key) in keys.enumerated() {
        let values = try fixture.floats("\(name).\(key)")
        block[position].update(from: values, count: values.count)
      }
      let parameters = AttentionExit.Parameters(
        attentionWeight: block[0], attentionBias: block[1], headWeight: block[2],
        headBias: block[3])
      let gradients = AttentionExit.Parameters(
        attentionWeight: block[4], attentionBias: block[5], headWeight: block[6],
        headBias: block[7])
      let activations = AttentionExit.Activations(
        attention: block[8], pooled: block[9], logits: block[10])
      func values(_ pointer: UnsafeMutablePointer<Float>, like name: String) throws -> [Float] {
        Array(
          UnsafeBufferPointer(
            start: pointer, count: try fixture.reader.tensor(named: name).count))
      }
      // Scores of ±100 carry a rounding of 1e-5 into their exponential.
      let tolerance: Float = index == 3 ? 1e-4 : 1e-5

      let x = try fixture.floats("\(name).x")
      layer.forward(x, parameters, into: activations, count: count, lanes: Lanes(2))
      for (pointer, key) in [(block[8], "map"), (block[9], "pooled"), (block[10], "logits")] {
        try expect(try values(pointer, like: "\(name).\(key)"), "\(name).\(key)", within: tolerance)
      }

      var dMap = try fixture.floats("\(name).dmap")
      var dx = [Float](repeating: 0, count: x.count)
      let (scratchArena, scratch) = channelScratch(channels, Lanes(2))
      layer.backward(
        x, parameters, activations, dLogits: try fixture.floats("\(name).dlogits"),
        dAttention: &dMap, dx: &dx, gradients: gradients, dPooled: block[11], count: count,
        scratch: scratch, lanes: Lanes(2))
      try expect(dx, "\(name).dx", within: tolerance)
      let weightScale = TwinDifference.largest(try fixture.floats("\(name).d.head.weight"))
      for (position, key) in keys.enumerated() {
        // With a softmax the bias's gradient is rounding, and with one cell the weight's as well.
        try expect(
          try values(block[4 + position], like: "\(name).\(key)"), "\(name).d.\(key)",
          within: tolerance, scale: key.hasPrefix("attention") ? weightScale : nil)
      }
      withExtendedLifetime((arena, scratchArena)) {}
    }
  }

  @Test func crossEntropy() throws {
    #expect(file.crossEntropies.count == 3)
    for (index, expected) in file.crossEntropies.enumerated() {
      let name = "entropy.\(index)"
      let shape = try fixture.shape("\(name).logits")
      var gradient = [Float](repeating: .nan, count: shape[0] * shape[1])
      let (loss, _) = CrossEntropy.evaluate(
        try fixture.floats("\(name).logits"), labels: try fixture.labels("\(name).labels"),
        count: shape[0], classes: shape[1], scale: 1 / Float(shape[0]), dLogits: &gradient)
      #expect(abs(loss - expected) <= 1e-6 * max(1, expected))
      try expect(gradient, "\(name).dlogits", scale: 1 / Float(shape[0]))
    }
  }

  @Test func consistencyTerm() throws {
    let described = file.consistency
    #expect(described.cases.count == 12)
    let grids = described.early + [described.final]
    let maps = try grids.indices.map { try fixture.floats("consistency.map.\($0)") }
    let count = 2
    for item in described.cases {
      let weightSum = item.weights.reduce(0, +)
      var total = 0.0
      let gradients = withPointers(maps + maps.map { $0.map { _ in 0 } }) { pointers in
        let (maps, gradients) = (pointers.prefix(grids.count), pointers.suffix(grids.count))
        for exit in described.early.indices {
          let target = item.target == .next ? exit + 1 : grids.count - 1
          let term = ConsistencyTerm(
            early: grids[exit], target: grids[target], input: described.input, grid: item.grid,
            stopGradient: item.stopGradient)
          var scratch = [Float](repeating: .nan, count: term.scratchCount)
          var distance = 0.0
          for sample in 0..<count {
            let (place, targetPlace) = (sample * grids[exit].count, sample * grids[target].count)
            distance += term.evaluate(
              early: maps[exit] + place, target: maps[target] + targetPlace,
              scale: Float(item.weights[exit] / weightSum / Double(count)),
              dEarly: gradients[grids.count + exit] + place,
              dTarget: gradients[grids.count + target] + targetPlace, scratch: &scratch)
          }
          distance /= Double(count)
          #expect(abs(distance - item.distances[exit]) <= 1e-6)
          total += item.weights[exit] * distance / weightSum
        }
      }.suffix(grids.count)
      #expect(abs(total - item.loss) <= 1e-6)
      for (index, gradient) in gradients.enumerated() {
        if item.stopGradient, index == grids.count - 1 {
          #expect(gradient.allSatisfy { $0 == 0 })
        } else {
          try expect(gradient, "consistency.\(item.name).d.\(index)")
        }
      }
    }
  }

  @Test func adam() throws {
    #expect(file.adam.steps == 5)
    var layout = ArenaLayout()
    let start = try fixture.floats("adam.start")
    let slot = layout.reserve(start.count)
    let (parameters, gradients) = (Arena(layout), Arena(layout))
    parameters[slot].update(from: start, count: start.count)
    let adam = Adam(layout)
    for step in 0..<file.adam.steps {
      let gradient = try fixture.floats("adam.gradient.\(step)")
      gradients[slot].update(from: gradient, count: gradient.count)
      adam.update(
        parameters, gradients: gradients, learningRate: file.adam.learningRates[step],
        lanes: Lanes(2))
      let moved = Array(UnsafeBufferPointer(start: parameters[slot], count: start.count))
      // Of values of order 1 moved by 0.01, whatever the size of their gradient.
      try expect(moved, "adam.after.\(step)", within: 5e-7, scale: 1)
    }
  }
}
