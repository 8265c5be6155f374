import Network
import TensorCore
import Testing
import Training

/// Ten steps of Adam with StepLR: every loss against the one PyTorch recorded in float32.
@Suite struct TwinTrainingTests {
  struct File: Decodable { let runs: [Run] }

  /// A training that the twin recorded.
  struct Run: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    /// Not in files made before there were others than plain ones.
    let architecture: Architecture?
    let widths: [Int]
    let height: Int
    let width: Int
    let channels: Int
    let classes: Int
    let batch: Int
    let steps: Int
    let seed: UInt64
    let attentionGain: Float
    let strength: Double
    let learningRate: Double
    let stepSize: Int
    let gamma: Double
    let tolerance: Double
    let imageSum: Int
    let labels: [Int]
    let losses: [Double]
    let crossEntropy: [Double]
    let distance: [Double]
    let learningRates: [Double]

    var testDescription: String { name }

    var configuration: NetworkConfiguration {
      NetworkConfiguration(
        input: GridSize(height: height, width: width), channels: channels, classes: classes,
        widths: widths, architecture: architecture ?? .plain)
    }
  }

  static let runs = ["training.json", "architectures-training.json"].flatMap {
    (try? TwinFixture.json($0, as: File.self).runs) ?? []
  }

  @Test func everyRunIsThere() {
    #expect(Self.runs.map(\.name) == ["small", "full", "full-fast", "residual", "separable"])
    #expect(Self.runs.allSatisfy { $0.losses.count == 10 })
    #expect(Self.runs[1].widths == NetworkConfiguration.paperWidths)
  }

  @Test(arguments: runs)
  func tenLossesArePyTorchs(run: Run) throws {
    let images = PatternImages(
      seed: run.seed, count: run.steps * run.batch, height: run.height, width: run.width,
      channels: run.channels, classes: run.classes)
    #expect(images.labels == run.labels)
    #expect(images.pixels.reduce(0) { $0 + Int($1) } == run.imageSum)

    let network = EarlyExitNetwork(run.configuration, seed: 0)
    Self.fill(network, run)
    let lanes = Lanes(2)
    let pass = TrainingPass(
      network, loss: GuidedLossOptions(lambda: run.strength), capacity: run.batch, lanes: lanes)
    let adam = Adam(network.table.parameterLayout)
    let schedule = StepSchedule(
      initial: run.learningRate, every: run.stepSize, factor: run.gamma)
    let pixels = run.height * run.width * run.channels * run.batch
    for step in 0..<run.steps {
      let input = PatternImages.networkInput(images.pixels[(step * pixels)..<((step + 1) * pixels)])
      pass.input.update(from: input, count: input.count)
      pass.forward(count: run.batch)
      let terms = pass.backward(
        labels: Array(images.labels[(step * run.batch)..<((step + 1) * run.batch)]))
      let rate = schedule.rate(epoch: step)
      #expect(abs(rate - run.learningRates[step]) <= 1e-15)
      adam.update(
        network.parameters, gradients: pass.gradients, learningRate: rate, lanes: lanes)

      let difference = TwinDifference.relative(terms.total, to: run.losses[step])
      #expect(difference <= run.tolerance, "step \(step + 1)")
      let entropy = terms.crossEntropy.reduce(0, +) / Double(terms.crossEntropy.count)
      #expect(TwinDifference.relative(entropy, to: run.crossEntropy[step]) <= 2 * run.tolerance)
      #expect(abs(terms.consistency - run.distance[step]) <= 2 * run.tolerance)
      // Before anything has been learnt, only rounding may differ.
      if step == 0 { #expect(difference <= 1e-6) }
    }
  }

  /// The committed weights and images are those that both languages make from the seed.
  @Test func smallRunIsMadeFromItsSeed() throws {
    let run = try #require(Self.runs.first { $0.name == "small" })
    let fixture = try TwinFixture("training-small.safetensors")
    let images = PatternImages(
      seed: run.seed, count: run.steps * run.batch, height: run.height, width: run.width,
      channels: run.channels, classes: run.classes)
    #expect(try fixture.reader.bytes(named: "images") == images.pixels)
    #expect(try fixture.labels("labels") == images.labels)
    let network = EarlyExitNetwork(run.configuration, seed: 0)
    Self.fill(network, run)
    for tensor in network.tensors {
      let expected = try fixture.reader.floats(
        named: "weights.\(tensor.name)", shape: tensor.shape)
      #expect(tensor.values == expected, "\(tensor.name)")
    }
  }

  /// `twin.fill`: convolutions in order, then each exit's attention and head, from one generator.
  static func fill(_ network: EarlyExitNetwork, _ run: Run) {
    var generator = LinearCongruential(seed: run.seed)
    for tensor in network.tensors {
      let count = tensor.values.count
      let scale: Float
      if tensor.name.hasSuffix("conv.weight") {
        scale = (1 / Float(tensor.shape.dropFirst().reduce(1, *))).squareRoot()
      } else if tensor.name.hasPrefix("exits.") {
        let exit = Int(tensor.name.split(separator: ".")[1])!
        let root = (1 / Float(run.widths[exit])).squareRoot()
        scale = tensor.name.contains("attention") ? run.attentionGain * root : root
      } else {
        continue
      }
      network.load(generator.values(count, scale: scale), named: tensor.name)
    }
  }
}
