import Analysis
import Recordings
import TestSupport

/// Faithfulness numbers made by hand, for both arms and their differences.
enum SyntheticFaithfulness {
  static func add(to audit: inout SyntheticAudit, egtOnly: Bool = false) {
    audit.result.models[0].faithfulness = egtOnly ? nil : arm(0)
    audit.result.models[1].faithfulness = arm(-0.05)
    audit.result.comparisons[0].faithfulness =
      egtOnly
      ? nil
      : FaithfulnessComparison(
        exits: (1...5).map(paired), mean: paired(0), areOverRuns: false)
    // Only that it is there, and what it says about itself, is read from a recording.
    let recorded = RecordedFaithfulness(samples: [0, 3])
    audit.egt[0].faithfulness = recorded
    audit.egt[0].manifest.provenance?.faithfulness = [
      .init("deletion", "pixels become <grey>"), .init("{{x}}", "=1+1"),
    ]
    if !egtOnly {
      audit.baseline[0].faithfulness = recorded
      audit.baseline[0].manifest.provenance?.faithfulness =
        audit.egt[0].manifest.provenance?.faithfulness
    }
  }

  private static func interval(_ value: Double) -> Estimate {
    SyntheticAudit.interval(value, 0.02)
  }

  private static func paired(_ exit: Int) -> PairedFaithfulness {
    PairedFaithfulness(
      exit: exit, deletionGain: interval(-0.05), insertionGain: interval(0.01),
      advantage: interval(exit == 4 ? 0.03 : -0.05), roadGap: exit == 5 ? nil : interval(0.001),
      gradCAMCentred: interval(0.04))
  }

  private static func arm(_ lift: Double) -> ModelFaithfulness {
    var result = ModelFaithfulness(
      sampleCount: 12, recordingCount: 1, exits: (1...5).map { exit($0, lift) })
    result.meanAdvantage = interval(0.1 + lift)
    result.meanRoadGap = interval(0.2 + lift)
    return result
  }

  private static func exit(_ number: Int, _ lift: Double) -> ExitFaithfulness {
    func curve(_ gain: Double) -> MaskingCurve {
      MaskingCurve(
        area: interval(0.311 + lift), randomArea: interval(0.412), gain: interval(gain + lift),
        curve: [0.9, 0.4, 0.1], randomCurve: [0.9, 0.5, 0.1])
    }
    func agreement(_ value: Double) -> AgreementWithNull {
      AgreementWithNull(value: interval(value), null: 0.234, excess: interval(value - 0.234))
    }
    var exit = ExitFaithfulness(exit: number)
    exit.masking = MaskingFaithfulness(
      fractions: [0, 0.5, 1], deletion: curve(0.101), insertion: curve(0.05),
      advantage: interval(number == 5 ? 0.06 + lift : 0.075 + lift), wholeImage: 0.9,
      allDeleted: 0.1, noneInserted: 0.2)
    exit.road = RoadFaithfulness(
      fractions: [0.25, 0.75],
      mostRelevantFirst: RoadCurve(probabilities: [0.5, 0.25], accuracies: [0.55, 0.3]),
      leastRelevantFirst: RoadCurve(probabilities: [0.88, 0.66], accuracies: [0.8, 0.7]),
      gap: interval(0.395 + lift))
    exit.randomized = (1...number + 1).map {
      RandomizedStage(
        stage: $0, spearman: interval(0.127 + lift), centred: interval(0.1),
        structuralSimilarity: number > 3 ? nil : interval(0.05), lowestDraw: -0.321,
        highestDraw: 0.456, n: 60, undefined: number == 1 ? 3 : 0)
    }
    exit.gradCAM = GradCAMAgreement(
      cosine: agreement(0.8 + lift), centred: agreement(0.6 + lift), spearman: agreement(0.5),
      n: 11, undefined: 1)
    var sample = SampleFaithfulness(index: 3)
    sample.deletionArea = 0.25
    exit.samples = [sample]
    return exit
  }
}
