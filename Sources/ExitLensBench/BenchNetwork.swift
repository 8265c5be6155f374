import CommandLineKit
import Network
import TensorCore
import Training

/// A network and a batch made from fixed seeds, so that every process measures the same work.
struct BenchSubject {
  /// Images of a training step and of the larger inference batch.
  static let batch = 32
  static let classes = 10
  static let loss = GuidedLossOptions(lambda: 0.3)
  static let learningRate = 1e-3

  let network: EarlyExitNetwork
  /// [images, height, width, channels], as if normalised.
  let pixels: [Float]
  let labels: [Int]

  /// - Parameters:
  ///   - side: height and width of the images.
  ///   - channels: their colours; nil for 1 at 32×32 and 3 otherwise.
  static func configuration(
    side: Int, channels: Int? = nil, architecture: Architecture = .plain
  ) -> NetworkConfiguration {
    NetworkConfiguration(
      input: GridSize(height: side, width: side), channels: channels ?? (side == 32 ? 1 : 3),
      classes: classes, architecture: architecture)
  }

  init(
    side: Int, channels: Int? = nil, images: Int = batch, architecture: Architecture = .plain
  ) {
    let configuration = Self.configuration(
      side: side, channels: channels, architecture: architecture)
    network = EarlyExitNetwork(configuration, seed: 1)
    // Untouched batch norms are the identity, and would hide from a comparison a wrong use of them.
    for tensor in network.tensors where tensor.name.contains(".norm.") {
      var generator = SeededGenerator(seed: 2, stream: tensor.name)
      let start: Float =
        tensor.name.hasSuffix(".weight") || tensor.name.hasSuffix("_var") ? 1 : 0
      network.load(
        tensor.values.map { _ in start + Float(generator.uniform(-0.5, 0.5)) }, named: tensor.name)
    }
    var generator = SeededGenerator(seed: 3, stream: "images")
    let count = images * configuration.input.count * configuration.channels
    pixels = (0..<count).map { _ in Float(generator.uniform(-2, 2)) }
    labels = (0..<images).map { _ in Int.random(in: 0..<Self.classes, using: &generator) }
  }

  /// A step's operations: forward once and backward twice, less the images' gradient, which nobody needs.
  var trainingOperations: Double {
    let first = network.configuration.block(0).firstConvolutions
    return 3 * inferenceOperations - 2 * Double(first.reduce(0) { $0 + $1.macs })
  }

  /// An image's operations through all exits, direct convolution counted.
  var inferenceOperations: Double { 2 * network.configuration.cumulativeMacs.last! }
}

/// The training step and inference over all exits.
enum BenchNetwork {
  static func training(
    _ item: BenchCase, _ architecture: Architecture, _ timer: BenchTimer, _ lanes: Lanes
  ) -> BenchMeasure {
    let subject = BenchSubject(
      side: item == .training64 ? 64 : 32, architecture: architecture)
    return training(item.rawValue, subject, timer, lanes)
  }

  static func training(
    _ id: String, _ subject: BenchSubject, _ timer: BenchTimer, _ lanes: Lanes
  ) -> BenchMeasure {
    let steps = BenchSteps(subject, lanes: lanes)
    let images = Double(subject.labels.count)
    return timer.measure(
      id, unit: "images/s", units: images,
      operations: images * subject.trainingOperations
    ) { _ = steps.step() }
  }

  static func inference(
    _ item: BenchCase, _ architecture: Architecture, _ timer: BenchTimer, _ lanes: Lanes
  ) -> BenchMeasure {
    let isLarge = item == .inference64x1 || item == .inference64x32
    let count = item == .inference64x1 || item == .inference32x1 ? 1 : BenchSubject.batch
    let subject = BenchSubject(side: isLarge ? 64 : 32, architecture: architecture)
    let pass = InferencePass(subject.network, capacity: count, lanes: lanes)
    let perImage = subject.pixels.count / BenchSubject.batch
    pass.input.update(from: subject.pixels, count: count * perImage)
    return timer.measure(
      item.rawValue, unit: "images/s", units: Double(count),
      operations: Double(count) * subject.inferenceOperations
    ) { pass.run(count: count) }
  }
}

/// Training steps on one batch, as `Trainer` does them, without reading images.
struct BenchSteps {
  private let labels: [Int]
  private let pass: TrainingPass
  private let adam: Adam

  init(_ subject: BenchSubject, lanes: Lanes) {
    labels = subject.labels
    pass = TrainingPass(
      subject.network, loss: BenchSubject.loss, capacity: subject.labels.count, lanes: lanes)
    pass.input.update(from: subject.pixels, count: subject.pixels.count)
    adam = Adam(subject.network.table.parameterLayout)
  }

  /// Forward, loss, backward and Adam; returns the loss before the step.
  func step() -> Double {
    pass.forward(count: labels.count)
    let terms = pass.backward(labels: labels)
    adam.update(
      pass.network.parameters, gradients: pass.gradients,
      learningRate: BenchSubject.learningRate, lanes: pass.lanes)
    return terms.total
  }
}
