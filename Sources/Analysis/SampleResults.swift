import Recordings
import TensorCore

/// The table of samples: the first recording of each arm, side by side.
enum SampleResults {
  static func rows(baseline: ModelScan, egt: ModelScan, labels: [Int]) -> [SampleResult] {
    labels.indices.map { sample in
      let left = arm(baseline, sample)
      let right = arm(egt, sample)
      return SampleResult(
        index: sample, label: labels[sample], baseline: left, egt: right,
        deltaCosine: zip(right.cosines, left.cosines).lazy.map { right, left in
          right.flatMap { right in left.map { right - $0 } }
        }.definedMean)
    }
  }

  private static func arm(_ scan: ModelScan, _ sample: Int) -> SampleModel {
    let exits = scan.exits[0]
    var arm = SampleModel(
      predictions: exits.map { $0.answers.predictions[sample] },
      confidences: exits.map { $0.answers.confidences[sample] },
      cosines: exits.map { $0.consistency?.cosine[sample] },
      centred: exits.map { $0.consistency?.centred[sample] },
      mapMaxima: exits.map { $0.mapMaxima[sample] },
      leavesAt: scan.outcomes[0].exits[sample] + 1)
    func similarity(_ path: (ExitSimilarity) -> Column) -> [Double?] {
      exits.map { $0.consistency.flatMap { path($0.similarity)[sample] } }
    }
    arm.spearman = similarity(\.spearman)
    arm.structuralSimilarity = similarity(\.structuralSimilarity)
    arm.top10 = similarity(\.top10)
    arm.top20 = similarity(\.top20)
    arm.sharedSpread = exits.map { $0.concentration.spread[sample] }
    return arm
  }
}
