import Analysis
import TensorCore
import TestSupport

/// Results of other numbers of models than two.
enum SampleModels {
  /// Names in which nothing but the end, or nothing but the middle, differs.
  static let names = [
    "Baseline", "EGT with the form of the paper", "EGT with the form of the code",
    "A network of another kind", "EGT λ 0.35, stop-gradient, seed of its own", "One too many",
  ]

  private static func model(_ place: Int, exits: Int) -> ModelView {
    let share = Double(place) / 10
    let cosines = (0..<exits - 1).map { 0.2 + share + 0.5 * Double($0) / Double(exits) }
    let accuracies = (0..<exits).map { 0.5 + share / 4 + 0.3 * Double($0) / Double(exits) }
    let macs = (1...exits).map { 4e6 * Double($0) * (place == 3 ? 2 : 1) }
    var model = SampleResults.arm(
      .baseline, cosines: cosines, accuracies: accuracies,
      shares: accuracies.map { _ in 1 / Double(exits) }, macs: macs, meanMacs: macs[exits / 2])
    (model.name, model.index) = (names[place], place)
    model.faithfulness = SampleFaithfulness.arm(exits, lift: share / 10)
    model.calibration = SampleCalibration.exits(exits, shift: share / 2, answers: 1364)
    SampleResults.fill(&model, lift: share)
    return model
  }

  /// - Parameter exits: one a model.
  static func result(exits: [Int]) -> AuditResult {
    var result = SampleResults.result()
    let models = exits.enumerated().map { model($0, exits: $1) }
    result.models = models.map(\.model)
    for model in models { model.write(into: &result) }
    result.comparisons = models.dropFirst().map { model in
      guard model.exits.count == exits[0] else {
        return Comparison(model: model.index, refusal: "\(model.name) has other exits", paired: nil)
      }
      var comparison = Comparison(model: model.index, refusal: nil, paired: nil)
      comparison.disagreement = SampleDisagreement.disagreement(exits: exits[0]) { exit in
        McNemarTest(
          bothRight: 1000, onlyReferenceRight: 7 * exit, onlyModelRight: 9 * model.index,
          bothWrong: 200)
      }
      return comparison
    }
    for model in models.dropFirst() where model.exits.count == exits[0] {
      SampleResults.paired(model).write(into: &result, model: model.index)
    }
    return result
  }

  static let results: [(String, AuditResult)] = [
    ("alone", result(exits: [5])), ("three models", result(exits: [5, 5, 3])),
    ("five models of twelve exits", result(exits: [12, 12, 12, 12, 12])),
    ("six models", result(exits: [4, 4, 4, 4, 4, 4])),
  ]
}
