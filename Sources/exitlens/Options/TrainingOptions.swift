import ArgumentParser
import CommandLineKit
import Network
import Training

/// How early exits are guided; the defaults are the paper's form.
struct GuidanceOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: .value(.number, "Weight of the consistency term (EGT); 0 is the baseline."))
  var lambda = 0.3
  @Flag(help: "Hold the maps that exits follow fixed in the consistency term.")
  var stopGradient = false
  @Option(
    help: "Whose map an early exit follows: the final exit's, or the next one's (hierarchical).")
  var consistencyTarget: GuidedLossOptions.ConsistencyTarget = .final
  @Flag(
    help:
      "In each batch, weigh an exit's consistency term by its share of the disagreement, times --consistency-weights."
  )
  var adaptiveWeights = false

  func apply(to loss: inout GuidedLossOptions) {
    loss.lambda = lambda
    loss.stopGradient = stopGradient
    loss.target = consistencyTarget
    loss.adaptiveWeights = adaptiveWeights
  }
}

/// Which network is trained.
struct ArchitectureOptions: ParsableArguments {
  @Option(help: "What a block is: the paper's plain one, or a residual or a separable one.")
  var architecture: Architecture = .plain
}

/// How a network is trained, guidance and architecture aside; the defaults are the paper's protocol.
struct TrainingOptions: ParsableArguments {
  @Option(
    help:
      "Grid on which an early map and the one it follows are compared: its own, that of the map it follows (final), or the input's."
  )
  var alignmentGrid: GuidedLossOptions.AlignmentGrid = .early
  @Option(
    parsing: .unconditional, help: .value(.wholeNumber, "Epochs over which λ rises to its value."))
  var lambdaWarmup = 0
  @Option(
    parsing: .unconditional,
    help: .value(
      .numbers, "Weights of the exits' cross-entropies, with commas or spaces (default: equal)."))
  var exitWeights: NumberList?
  @Option(
    parsing: .unconditional,
    help: .value(
      .numbers,
      "Weights of the early exits' consistency terms, with commas or spaces (default: equal)."))
  var consistencyWeights: NumberList?
  @Option(help: "How attention maps are normalised.")
  var attention: AttentionKind = .softmax
  @Option(parsing: .unconditional, help: .value(.wholeNumber, "Passes over the training images."))
  var epochs = 50
  @Option(parsing: .unconditional, help: .value(.wholeNumber, "Images a step, at least 2."))
  var batchSize = 32
  @Option(parsing: .unconditional, help: .value(.number, "Adam's learning rate at the start."))
  var learningRate = 1e-3
  @Option(
    parsing: .unconditional,
    help: .value(.wholeNumber, "Epochs between two falls of the learning rate."))
  var stepSize = 15
  @Option(
    parsing: .unconditional,
    help: .value(.number, "What the learning rate is multiplied by at each fall."))
  var gamma = 0.5

  /// - Parameter guidance: nil where it is decided elsewhere.
  func configuration(
    source: String, data: DataOptions, architecture: Architecture = .plain,
    guidance: GuidanceOptions?, seed: UInt64
  ) -> TrainingConfiguration {
    var loss = GuidedLossOptions(
      alignmentGrid: alignmentGrid, exitWeights: exitWeights?.values,
      consistencyWeights: consistencyWeights?.values)
    guidance?.apply(to: &loss)
    return TrainingConfiguration(
      source: source, data: data.options, architecture: architecture, attention: attention,
      loss: loss,
      lambdaWarmup: lambdaWarmup, epochs: epochs, batchSize: batchSize,
      schedule: StepSchedule(initial: learningRate, every: stepSize, factor: gamma), seed: seed)
  }
}

extension AttentionKind: ExpressibleByArgument {}
extension GuidedLossOptions.ConsistencyTarget: ExpressibleByArgument {}
extension GuidedLossOptions.AlignmentGrid: ExpressibleByArgument {}
