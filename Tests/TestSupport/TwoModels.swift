import Analysis
import Recordings
import TensorCore

/// Results of a baseline and an EGT model, which most tests are about, with short names for the two.
extension AuditResult {
  public init(
    classNames: [String], sampleCount: Int, input: GridSize, channels: Int, classCounts: [Int],
    threshold: Double, bootstrapResamples: Int, bootstrapSeed: UInt64, baseline: ModelView,
    egt: ModelView, paired: PairedView?, pairingRefusal: String?, flags: [Flag],
    samples: [SampleResult]
  ) {
    self.init(
      classNames: classNames, sampleCount: sampleCount, input: input, channels: channels,
      classCounts: classCounts, threshold: threshold, bootstrapResamples: bootstrapResamples,
      bootstrapSeed: bootstrapSeed, models: [baseline.model, egt.model],
      comparisons: [Comparison(model: 1, refusal: pairingRefusal, paired: nil)], flags: flags,
      samples: samples)
    self.baseline = baseline
    self.egt = egt
    self.paired = paired
  }

  public var baseline: ModelView {
    get { ModelView(models[0], numbers) }
    set { newValue.write(into: &self) }
  }

  public var egt: ModelView {
    get { ModelView(models[1], numbers) }
    set { newValue.write(into: &self) }
  }

  /// Setting nil takes the differences away.
  public var paired: PairedView? {
    get {
      comparisons.first?.paired.map { PairedView($0, numbers, model: comparisons[0].model) }
    }
    set {
      let model = comparisons[0].model
      if let newValue {
        newValue.write(into: &self, model: model)
      } else {
        comparisons[0].paired = nil
        for place in Place.all(exitCount: models[model].exits.count) {
          PlaceNumbers().write(&numbers, place, .difference(model))
        }
      }
    }
  }

  public var pairingRefusal: String? {
    get { comparisons.first?.refusal }
    set { comparisons[0].refusal = newValue }
  }

  public var disagreement: Disagreement? {
    get { comparisons.first?.disagreement }
    set { comparisons[0].disagreement = newValue }
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

extension Flag {
  /// "baseline", "egt" or "both".
  public var arm: String { model.map { $0 == 0 ? "baseline" : "egt" } ?? "both" }

  public init(code: String, arm: String, exit: Int?, message: String) {
    self.init(
      code: code, model: ["baseline": 0, "egt": 1][arm], exit: exit, message: message)
  }
}

extension Number {
  /// A difference.
  public init(delta: Estimate, p: Double?) {
    self.init(delta)
    self.p = p
  }
}

extension Auditor {
  public static func audit(
    baseline: [Recording], egt: [Recording], options: AuditOptions = AuditOptions()
  ) throws(AnalysisFault) -> AuditResult {
    try audit([Model("Baseline", baseline), Model("EGT", egt)], options: options)
  }
}

/// Faithfulness of two models.
public struct Faithfulness: Sendable {
  public var baseline: ModelFaithfulness?
  public var egt: ModelFaithfulness?
  public var paired: [PairedFaithfulness]?
  public var pairedMean: PairedFaithfulness?
  public var arePairedOverRuns: Bool
}

extension AuditResult {
  /// nil where neither model has any.
  public var faithfulness: Faithfulness? {
    let own = models.map(\.faithfulness)
    guard own.contains(where: { $0 != nil }) else { return nil }
    let comparison = comparisons.first?.faithfulness
    return Faithfulness(
      baseline: own[0], egt: own[1], paired: comparison?.exits, pairedMean: comparison?.mean,
      arePairedOverRuns: comparison?.areOverRuns == true)
  }
}
