import Analysis
import Recordings
import TensorCore

/// Audit results like those of real runs, in closed form.
enum SampleResults {
  static let macs = [7.1e6, 83e6, 158.9e6, 234.6e6, 271.5e6]
  static let sides = [32, 16, 8, 4, 4]

  static func consistency(_ cosine: Double, null: Double, half: Double = 0.008) -> ConsistencyResult
  {
    ConsistencyResult(
      cosine: Estimate(cosine, low: cosine - half, high: cosine + half), null: null,
      excess: Estimate(cosine - null), centred: Estimate(0.2), centredNull: 0,
      cosineOnExitGrid: cosine)
  }

  static func arm(
    _ name: ModelResult.Arm, cosines: [Double?], accuracies: [Double], shares: [Double],
    macs: [Double] = macs, curve: [CostPoint]? = nil, meanMacs: Double? = 90e6
  ) -> ModelResult {
    let exits = accuracies.indices.map { index in
      ExitResult(
        exit: index + 1, grid: GridSize(height: sides[min(index, 4)], width: sides[min(index, 4)]),
        macs: macs[index],
        accuracy: Estimate(
          accuracies[index], low: accuracies[index] - 0.02, high: accuracies[index] + 0.018),
        n: 1364, undefined: 0,
        consistency: cosines.indices.contains(index)
          ? cosines[index].map { consistency($0, null: 0.8 * $0 - 0.05) } : nil,
        spread: 1, entropy: 0.8)
    }
    let defined = cosines.compactMap { $0 }
    let mean = defined.isEmpty ? nil : defined.reduce(0, +) / Double(defined.count)
    return ModelResult(
      name: name, seeds: [1], lambda: name == .egt ? 0.3 : 0, stopGradient: false,
      attentionKind: "softmax", exits: exits,
      mean: MeanResult(
        accuracy: 0.8, n: 1364, undefined: 0,
        consistency: mean.map { consistency($0, null: 0.8 * $0 - 0.05, half: 0.005) }, spread: 1),
      earlyExit: EarlyExitResult(
        threshold: 0.9, shares: shares,
        accuracy: Estimate(0.861, low: 0.842, high: 0.878), meanMacs: meanMacs),
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
    baseline: ModelResult = arm(
      .baseline, cosines: [0.312, 0.401, 0.455, 0.628],
      accuracies: [0.702, 0.791, 0.834, 0.857, 0.859],
      shares: [0.279, 0.268, 0.171, 0.102, 0.180]),
    egt: ModelResult = arm(
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
