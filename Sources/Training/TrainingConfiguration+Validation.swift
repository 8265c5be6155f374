import FileKit
import Network

extension TrainingConfiguration {
  /// Weights and rates beyond this overflow 32-bit floats as soon as they are squared.
  private static let largest = 1e16

  /// What λ may be.
  package static let lambdas = 0...largest

  /// Refuses numbers that no training can use, whether they come from options, a run.json or a plan.json. The data's
  /// options are checked by themselves.
  func validate() throws(ValueProblem) {
    try NetworkConfiguration.validate(widths: widths)
    let count = ValueCheck.largestCount
    try ValueCheck.whole("epochs", epochs, 1...count)
    // One image has no batch statistics.
    try ValueCheck.whole("batchSize", batchSize, 2...count)
    try ValueCheck.number(
      "schedule.initial", schedule.initial, .leastNonzeroMagnitude...Self.largest,
      expected: "a positive number, at most \(Self.largest)")
    try ValueCheck.whole("schedule.every", schedule.every, 1...count)
    try ValueCheck.number(
      "schedule.factor", schedule.factor, .leastNonzeroMagnitude...1,
      expected: "more than 0, at most 1")
    try ValueCheck.number(
      "loss.lambda", loss.lambda, Self.lambdas,
      expected: "a number of at least 0, at most \(Self.largest)")
    try ValueCheck.whole("lambdaWarmup", lambdaWarmup, 0...count)
    try Self.validate(loss.exitWeights, "loss.exitWeights", widths.count)
    try Self.validate(loss.consistencyWeights, "loss.consistencyWeights", widths.count - 1)
  }

  private static func validate(
    _ weights: [Double]?, _ key: String, _ count: Int
  ) throws(ValueProblem) {
    guard let weights else { return }
    guard weights.count == count, weights.allSatisfy({ (0...largest).contains($0) }),
      weights.contains(where: { $0 > 0 })
    else {
      throw ValueProblem(
        key, expected: "\(count) weights of at least 0, at most \(largest), not all 0",
        got: "\(weights)")
    }
  }

  /// The first option with a value that cannot work, or nil.
  package var problem: (option: String, expected: String, got: String)? {
    do {
      try validate()
      return nil
    } catch {
      return (Self.options[error.key] ?? error.key, error.expected, error.got)
    }
  }

  /// What a command calls a value.
  private static let options = [
    "epochs": "--epochs", "batchSize": "--batch-size", "schedule.initial": "--learning-rate",
    "schedule.every": "--step-size", "schedule.factor": "--gamma", "loss.lambda": "--lambda",
    "lambdaWarmup": "--lambda-warmup", "loss.exitWeights": "--exit-weights",
    "loss.consistencyWeights": "--consistency-weights",
  ]
}
