import Recordings
import TensorCore

/// The two-model view that pages read until each has been moved to the lists.
extension AuditResult {
  public init(
    classNames: [String], sampleCount: Int, input: GridSize, channels: Int, classCounts: [Int],
    threshold: Double, bootstrapResamples: Int, bootstrapSeed: UInt64, baseline: ModelResult,
    egt: ModelResult, paired: PairedResult?, pairingRefusal: String?, flags: [Flag],
    samples: [SampleResult]
  ) {
    self.init(
      classNames: classNames, sampleCount: sampleCount, input: input, channels: channels,
      classCounts: classCounts, threshold: threshold, bootstrapResamples: bootstrapResamples,
      bootstrapSeed: bootstrapSeed, models: [baseline, egt],
      comparisons: [Comparison(model: 1, refusal: pairingRefusal, paired: paired)], flags: flags,
      samples: samples)
  }
  public var baseline: ModelResult {
    get { models[0] }
    set { models[0] = newValue }
  }
  public var egt: ModelResult {
    get { models[1] }
    set { models[1] = newValue }
  }
  public var paired: PairedResult? {
    get { comparisons.first?.paired }
    set { comparisons[0].paired = newValue }
  }
  public var pairingRefusal: String? {
    get { comparisons.first?.refusal }
    set { comparisons[0].refusal = newValue }
  }
  public var disagreement: Disagreement? {
    get { comparisons.first?.disagreement }
    set { comparisons[0].disagreement = newValue }
  }
  public var faithfulness: Faithfulness? {
    get {
      let models = [baseline.faithfulness, egt.faithfulness]
      guard models.contains(where: { $0 != nil }) else { return nil }
      var result = Faithfulness(
        baseline: models[0], egt: models[1], paired: comparisons.first?.faithfulness?.exits)
      result.pairedMean = comparisons.first?.faithfulness?.mean
      result.arePairedOverRuns = comparisons.first?.faithfulness?.areOverRuns == true
      return result
    }
    set {
      models[0].faithfulness = newValue?.baseline
      models[1].faithfulness = newValue?.egt
      comparisons[0].faithfulness = newValue?.paired.map {
        FaithfulnessComparison(
          exits: $0, mean: newValue!.pairedMean ?? $0[0],
          areOverRuns: newValue!.arePairedOverRuns)
      }
    }
  }
}

public struct Faithfulness: Sendable {
  public var baseline: ModelFaithfulness?
  public var egt: ModelFaithfulness?
  public var paired: [PairedFaithfulness]?
  public var pairedMean: PairedFaithfulness?
  public var arePairedOverRuns = false

  public init(
    baseline: ModelFaithfulness?, egt: ModelFaithfulness?, paired: [PairedFaithfulness]?
  ) {
    self.baseline = baseline
    self.egt = egt
    self.paired = paired
  }
}

extension SampleResult {
  public init(
    index: Int, label: Int, baseline: SampleModel, egt: SampleModel, deltaCosine: Double?
  ) {
    self.init(
      index: index, label: label, models: [baseline, egt], deltas: [nil, deltaCosine],
      finalCosines: [nil, nil])
  }
  public var baseline: SampleModel {
    get { models[0]! }
    set { models[0] = newValue }
  }
  public var egt: SampleModel {
    get { models[1]! }
    set { models[1] = newValue }
  }
  public var deltaCosine: Double? {
    get { deltas[1] }
    set { deltas[1] = newValue }
  }
  public var finalCosine: Double? {
    get { finalCosines[1] }
    set { finalCosines[1] = newValue }
  }
}

extension ClassResult {
  public init(
    label: Int, sampleCount: Int, baseline: ClassModel, egt: ClassModel, deltaCosine: Estimate?
  ) {
    self.init(
      label: label, sampleCount: sampleCount, models: [baseline, egt], deltas: [nil, deltaCosine])
  }
  public var baseline: ClassModel {
    get { models[0]! }
    set { models[0] = newValue }
  }
  public var egt: ClassModel {
    get { models[1]! }
    set { models[1] = newValue }
  }
  public var deltaCosine: Estimate? {
    get { deltas[1] }
    set { deltas[1] = newValue }
  }
}

extension Flag {
  /// "baseline", "egt" or "both".
  public var arm: String { model.map { $0 == 0 ? "baseline" : "egt" } ?? "both" }

  public init(code: String, arm: String, exit: Int?, message: String) {
    self.init(
      code: code, model: ["baseline": 0, "egt": 1][arm], exit: exit, message: message)
  }
}

extension ModelResult {
  /// Of a list of two.
  public enum Arm: String, Sendable {
    case baseline
    case egt
  }

  public init(
    name: Arm, seeds: [UInt64?], lambda: Double?, stopGradient: Bool?, attentionKind: String?,
    exits: [ExitResult], mean: MeanResult, earlyExit: EarlyExitResult, costCurve: [CostPoint]
  ) {
    self.init(
      name: name == .baseline ? "Baseline" : "EGT", index: name == .baseline ? 0 : 1, seeds: seeds,
      lambda: lambda, stopGradient: stopGradient, attentionKind: attentionKind, exits: exits,
      mean: mean, earlyExit: earlyExit, costCurve: costCurve)
  }
}

extension ModelResult {
  public var arm: Arm { index == 0 ? .baseline : .egt }
}

extension Auditor {
  public static func audit(
    baseline: [Recording], egt: [Recording], options: AuditOptions = AuditOptions()
  ) throws(AnalysisFault) -> AuditResult {
    try audit([Model("Baseline", baseline), Model("EGT", egt)], options: options)
  }
}
