import Analysis
import Foundation
import Recordings
import Rendering
import TestSupport

/// Every chart on every kind of result that it must survive.
enum SampleFigures {
  static func charts(of result: AuditResult) -> [any Figure] {
    let all: [(any Figure)?] =
      [
        ConsistencyDotPlot(result), AccuracyCostCurve(result), ExitShares(result),
        ConsistencyDistributions(result), DeltaHistograms(result), ExitMatrices(result, .cosine),
        ExitMatrices(result, .centred), SimilarityPanels(result), ConcentrationPanels(result),
        CorrectnessPanels(result), ReliabilityDiagram(result),
        BudgetCurves(result, policy: .confidence), PolicyPanels(result), OverthinkingBars(result),
        FaithfulnessPanels(result), MaskingCurves(result, .masking), MaskingCurves(result, .road),
        RandomWeightPanels(result), GradCAMPanels(result), DisagreementBars(result),
      ] + ExitPolicy.allCases.map { ThresholdCurves(result, policy: $0) }
    return all.compactMap { $0 }
  }

  /// Epochs of falling loss and rising accuracy.
  static func history(epochs: Int, lambda: Double, exits: Int = 5) -> [Provenance.HistoryRow] {
    (0..<epochs).map { epoch in
      let left = pow(0.9, Double(epoch))
      let accuracy = (0..<exits).map { 0.7 + 0.04 * Double($0) - 0.3 * left }
      return .init(
        epoch: epoch + 1, learningRate: 1e-3, lambda: lambda, loss: 1 + 6 * left,
        consistencyLoss: lambda > 0 ? 0.2 + 0.5 * left : 0.65, crossEntropy: [],
        trainingAccuracy: accuracy, validationAccuracy: accuracy)
    }
  }

  /// Five exits, both models; one exit with few answers; eleven exits of one model.
  static let calibrated: [(String, AuditResult)] = [(5, 5, 1364), (1, 1, 40), (11, 0, 100_000_000)]
    .map { baseline, egt, answers in
      var result = SampleResults.result()
      result.baseline.calibration =
        baseline > 0 ? SampleCalibration.exits(baseline, shift: 0.1, answers: answers) : []
      result.egt.calibration =
        egt > 0 ? SampleCalibration.exits(egt, shift: -0.05, answers: answers) : []
      return ("calibration of \(baseline) and \(egt) exits", result)
    }

  static let identical: AuditResult = {
    var result = SampleResults.result()
    var same = result.baseline
    (same.index, same.name) = (1, "EGT")
    result.egt = same
    return result
  }()

  /// No interval, no null, other exits, negative and undefined numbers, costs three decades apart.
  static let odd: AuditResult = {
    var result = SampleResults.result(
      baseline: SampleResults.arm(
        .baseline, cosines: [nil, 0.401, .nan, 0.628],
        accuracies: [0.702, 0.791, .nan, 0.857, 0.859], shares: [0.979, 0.021, 0, .nan, 0],
        macs: SampleResults.macs.map { 0.6 * $0 }),
      egt: SampleResults.arm(
        .egt, cosines: [-0.2, 0.9], accuracies: [0.9, 0.95, 0.99], shares: [0.2, 0.3, 0.5],
        macs: [5e4, 83e6, 98e6]))
    for index in result.egt.exits.indices {
      result.egt.exits[index][.cosine]?.estimate.low = nil
      result.egt.exits[index][.cosine]?.null = nil
      result.egt.exits[index][.accuracy]?.estimate.low = .nan
    }
    result.threshold = .nan
    result = SampleResults.withMaps(result)
    result.egt.exits[0][.spearman]?.estimate = Estimate(.nan)
    result.egt.exits[0][.sharedSpread]?.estimate = Estimate(40, low: nil, high: .infinity)
    result.baseline.exits[1].correctness?.wrong = nil
    result.baseline.exits[2].cosineHistogram?.counts[3] = 900
    result.baseline.matrix?.cells[1][0].cosine = nil
    return result
  }()

  /// One sample, one exit in one model.
  static let single: AuditResult = {
    var result = SampleResults.result(
      baseline: SampleResults.arm(.baseline, cosines: [], accuracies: [1], shares: [1]),
      egt: SampleResults.arm(
        .egt, cosines: [0.5], accuracies: [1, 1], shares: [1, 0], meanMacs: nil))
    result.sampleCount = 1
    return result
  }()

  static let results =
    [
      ("usual", SampleResults.withMaps(SampleResults.result())), ("identical", identical),
      ("odd", odd), ("single", single), ("ledgers", SampleLedgers.usual),
      ("no validation", SampleLedgers.withoutValidation), ("no costs", SampleLedgers.withoutCosts),
    ] + calibrated + SampleFaithfulness.results + SampleDisagreement.results + SampleModels.results

  /// What models of most samples are called.
  static let two = ["Baseline", "EGT"]

  /// The models of a sample, as its figures' styles name them.
  static func models(named name: String) -> [String] {
    results.first { $0.0 == name }?.1.models.prefix(FigureInput.limit).map(\.name) ?? two
  }

  static let names =
    results.map(\.0) + [
      "latency", "one latency", "training", "one epoch", "one history", "many exits", "gaps",
    ]

  static func figures(named name: String) -> [any Figure] {
    if let result = results.first(where: { $0.0 == name })?.1 { return charts(of: result) }
    if name.hasSuffix("latency") {
      let second = name == "latency" ? SampleLedgers.latency(1.1) : nil
      return [LatencyDots(pair(SampleLedgers.latency(1), second))].compactMap { $0 }
    }
    let usual = history(epochs: 50, lambda: 0.3)
    let training: TrainingCurves? =
      switch name {
      case "one epoch":
        TrainingCurves(
          histories: pair(history(epochs: 1, lambda: 0), history(epochs: 1, lambda: 0.3)))
      case "one history": TrainingCurves(histories: pair([], usual))
      case "many exits":
        TrainingCurves(
          histories: pair(
            history(epochs: 9, lambda: 0, exits: 12), history(epochs: 200, lambda: 0.3, exits: 3)))
      case "gaps":
        TrainingCurves(
          histories: pair(
            history(epochs: 50, lambda: 0),
            usual.map { row in
              var row = row
              if row.epoch == 20 { row.loss = .nan }
              if row.epoch > 40 { row.consistencyLoss = .infinity }
              row.validationAccuracy = []
              return row
            }))
      default: TrainingCurves(histories: pair(history(epochs: 50, lambda: 0), usual))
      }
    return training.map { [$0] } ?? []
  }

  private static func pair<Value>(_ baseline: Value, _ egt: Value) -> [(String, Value)] {
    [("Baseline", baseline), ("EGT", egt)]
  }
}
