import Analysis
import Recordings
import TensorCore
import TestSupport

/// Audit results like those of real runs, in closed form.
enum SampleResults {
  static let macs = [7.1e6, 83e6, 158.9e6, 234.6e6, 271.5e6]
  static let sides = [32, 16, 8, 4, 4]

  enum Side { case baseline, egt }

  /// Agreement with the final map.
  static func agreement(
    _ cosine: Double, null: Double, half: Double = 0.008
  ) -> [Measure: Number] {
    var own = Number(Estimate(cosine, low: cosine - half, high: cosine + half), n: 1364)
    own.null = null
    var centred = Number(Estimate(0.2), n: 1364)
    centred.null = 0
    return [
      .cosine: own, .excess: Number(Estimate(cosine - null), n: 1364), .centred: centred,
      .cosineOnExitGrid: Number(Estimate(cosine), n: 1364),
    ]
  }

  static func arm(
    _ side: Side, cosines: [Double?], accuracies: [Double], shares: [Double],
    macs: [Double] = macs, curve: [CostPoint]? = nil, meanMacs: Double? = 90e6
  ) -> ModelView {
    let exits = accuracies.indices.map { index in
      let cosine = cosines.indices.contains(index) ? cosines[index] : nil
      var numbers = cosine.map { agreement($0, null: 0.8 * $0 - 0.05) } ?? [:]
      numbers[.accuracy] = Number(
        Estimate(
          accuracies[index], low: accuracies[index] - 0.02, high: accuracies[index] + 0.018))
      numbers[.spread] = Number(Estimate(1))
      numbers[.entropy] = Number(Estimate(0.8))
      let side = sides[min(index, 4)]
      return ExitView(
        ExitResult(
          exit: index + 1, grid: GridSize(height: side, width: side), macs: macs[index], n: 1364,
          undefined: 0), numbers)
    }
    let defined = cosines.compactMap { $0 }
    var mean: [Measure: Number] = [:]
    if !defined.isEmpty {
      let cosine = defined.reduce(0, +) / Double(defined.count)
      mean = agreement(cosine, null: 0.8 * cosine - 0.05, half: 0.005)
    }
    mean[.accuracy] = Number(Estimate(0.8))
    mean[.spread] = Number(Estimate(1))
    return ModelView(
      name: side == .egt ? "EGT" : "Baseline", index: side == .egt ? 1 : 0,
      lambda: side == .egt ? 0.3 : 0, exits: exits, mean: MeanView(mean),
      earlyExit: EarlyExitResult(threshold: 0.9, shares: shares, meanMacs: meanMacs),
      earlyAccuracy: Estimate(0.861, low: 0.842, high: 0.878),
      costCurve: curve ?? self.curve(accuracies: accuracies, macs: macs))
  }

  /// Accuracy rises with cost, above the fixed exits.
  static func curve(accuracies: [Double], macs: [Double]) -> [CostPoint] {
    (0...40).map { step in
      let t = Double(step) / 40
      let cost = macs.first! + (macs.last! - macs.first!) * t * t
      let rise = 1 - (1 - t) * (1 - t)
      return CostPoint(
        threshold: t, accuracy: accuracies.first! + (accuracies.last! - accuracies.first!) * rise,
        meanMacs: cost)
    }
  }

  static func result(
    baseline: ModelView = arm(
      .baseline, cosines: [0.312, 0.401, 0.455, 0.628],
      accuracies: [0.702, 0.791, 0.834, 0.857, 0.859],
      shares: [0.279, 0.268, 0.171, 0.102, 0.180]),
    egt: ModelView = arm(
      .egt, cosines: [0.655, 0.702, 0.768, 0.905], accuracies: [0.695, 0.799, 0.842, 0.866, 0.872],
      shares: [0.305, 0.262, 0.158, 0.095, 0.180], meanMacs: 84e6)
  ) -> AuditResult {
    AuditResult(
      classNames: ["a", "b"], sampleCount: 1364, input: GridSize(height: 64, width: 64),
      channels: 3, classCounts: [682, 682], threshold: 0.9, bootstrapResamples: 2000,
      bootstrapSeed: 1, baseline: baseline, egt: egt, paired: nil, pairingRefusal: nil, flags: [],
      samples: [])
  }
}
