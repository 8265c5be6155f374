import ArgumentParser
import Network
import Training

/// How a network is trained; the defaults are the paper's protocol.
struct TrainingOptions: ParsableArguments {
  @Option(
    parsing: .unconditional, help: "Weight of the consistency term (EGT); 0 is the baseline.",
    transform: OptionValue.number)
  var lambda = 0.3
  @Flag(help: "Hold the final map fixed in the consistency term: only early exits move.")
  var stopGradient = false
  @Option(help: "Grid on which an early map and the final one are compared in the loss.")
  var alignmentGrid: GuidedLossOptions.AlignmentGrid = .early
  @Option(
    parsing: .unconditional, help: "Epochs over which λ rises to its value.",
    transform: OptionValue.wholeNumber)
  var lambdaWarmup = 0
  @Option(
    parsing: .unconditional,
    help: "Weights of the exits' cross-entropies, comma-separated (default: equal).",
    transform: OptionValue.numbers)
  var exitWeights: [Double]?
  @Option(
    parsing: .unconditional,
    help: "Weights of the early exits' consistency terms, comma-separated (default: equal).",
    transform: OptionValue.numbers)
  var consistencyWeights: [Double]?
  @Option(help: "How attention maps are normalised.")
  var attention: AttentionKind = .softmax
  @Option(
    parsing: .unconditional, help: "Passes over the training images.",
    transform: OptionValue.wholeNumber)
  var epochs = 50
  @Option(
    parsing: .unconditional, help: "Images a step, at least 2.", transform: OptionValue.wholeNumber)
  var batchSize = 32
  @Option(
    parsing: .unconditional, help: "Adam's learning rate at the start.",
    transform: OptionValue.number)
  var learningRate = 1e-3
  @Option(
    parsing: .unconditional, help: "Epochs between two falls of the learning rate.",
    transform: OptionValue.wholeNumber)
  var stepSize = 15
  @Option(
    parsing: .unconditional, help: "What the learning rate is multiplied by at each fall.",
    transform: OptionValue.number)
  var gamma = 0.5

  func configuration(source: String, data: DataOptions, seed: UInt64) -> TrainingConfiguration {
    TrainingConfiguration(
      source: source, data: data.options, attention: attention,
      loss: GuidedLossOptions(
        lambda: lambda, stopGradient: stopGradient, alignmentGrid: alignmentGrid,
        exitWeights: exitWeights, consistencyWeights: consistencyWeights),
      lambdaWarmup: lambdaWarmup, epochs: epochs, batchSize: batchSize,
      schedule: StepSchedule(initial: learningRate, every: stepSize, factor: gamma), seed: seed)
  }
}

extension AttentionKind: ExpressibleByArgument {}
extension GuidedLossOptions.AlignmentGrid: ExpressibleByArgument {}
