import Analysis
import TestSupport

/// Faithfulness of exits in closed form.
enum SampleFaithfulness {
  static func arm(
    _ exitCount: Int, lift: Double = 0, masking: Bool = true, road: Bool = true,
    randomized: Bool = true, gradCAM: Bool = true
  ) -> ModelFaithfulness {
    ModelFaithfulness(
      sampleCount: 200, recordingCount: 1,
      exits: (1...exitCount).map { number in
        var exit = ExitFaithfulness(exit: number)
        if masking { exit.masking = self.masking(number, lift) }
        if road { exit.road = self.road(lift) }
        if randomized { exit.randomized = (1...number + 1).map { stage($0, lift) } }
        if gradCAM { exit.gradCAM = self.gradCAM(number, lift) }
        return exit
      })
  }

  static func estimate(_ value: Double, _ half: Double = 0.02) -> Estimate {
    Estimate(value, low: value - half, high: value + half)
  }

  private static func masking(_ exit: Int, _ lift: Double) -> MaskingFaithfulness {
    let fractions = (0...4).map { Double($0) / 4 }
    func curve(_ power: Int) -> [Double] {
      fractions.map { share in (0..<power).reduce(0.9) { value, _ in value * (1 - share) } }
    }
    func masking(_ own: [Double], _ random: [Double]) -> MaskingCurve {
      MaskingCurve(
        area: estimate(0.3), randomArea: estimate(0.4), gain: estimate(0.1 + lift), curve: own,
        randomCurve: random)
    }
    return MaskingFaithfulness(
      fractions: fractions, deletion: masking(curve(3), curve(1)),
      insertion: masking(curve(1).reversed(), curve(3).reversed()), advantage: estimate(0.1 + lift),
      wholeImage: 0.9, allDeleted: 0, noneInserted: 0)
  }

  private static func road(_ lift: Double) -> RoadFaithfulness {
    let most = RoadCurve(probabilities: [0.5, 0.3, 0.1], accuracies: [0.6, 0.4, 0.2])
    let least = RoadCurve(probabilities: [0.9, 0.8, 0.7], accuracies: [0.9, 0.8, 0.7])
    return RoadFaithfulness(
      fractions: [0.1, 0.5, 0.9], mostRelevantFirst: most, leastRelevantFirst: least,
      gap: estimate(0.5 + lift))
  }

  private static func stage(_ number: Int, _ lift: Double) -> RandomizedStage {
    let spearman = number == 2 && lift < 0 ? nil : estimate(0.4 / Double(number) + lift)
    return RandomizedStage(
      stage: number, spearman: spearman, centred: spearman, structuralSimilarity: nil,
      lowestDraw: spearman.map { $0.value - 0.3 }, highestDraw: spearman.map { $0.value + 0.3 },
      n: 1000, undefined: 0)
  }

  private static func gradCAM(_ exit: Int, _ lift: Double) -> GradCAMAgreement {
    func agreement(_ value: Double) -> AgreementWithNull {
      AgreementWithNull(value: estimate(value), null: 0.3, excess: estimate(value - 0.3))
    }
    return GradCAMAgreement(
      cosine: agreement(0.8 + lift), centred: agreement(0.5 + lift),
      spearman: agreement(-0.2 - lift), n: 199, undefined: 1)
  }

  private static func result(_ baseline: ModelFaithfulness?, _ egt: ModelFaithfulness?)
    -> AuditResult
  {
    var result = SampleResults.result()
    result.models[0].faithfulness = baseline
    result.models[1].faithfulness = egt
    return result
  }

  /// Both models; one alone, with other exits; parts; numbers that are not finite.
  static let results: [(String, AuditResult)] = {
    var odd = arm(2)
    odd.exits[0].masking?.deletion.gain = Estimate(.nan)
    odd.exits[0].randomized[0].spearman = Estimate(.infinity, low: nil, high: nil)
    odd.exits[1].gradCAM?.cosine = AgreementWithNull(
      value: Estimate(0.2), null: nil, excess: nil)
    return [
      ("faithful", result(arm(5), arm(5, lift: -0.05))),
      ("one faithful", result(nil, arm(9))),
      ("Grad-CAM only", result(arm(3, masking: false, road: false, randomized: false), nil)),
      ("odd faithfulness", result(odd, arm(5, gradCAM: false))),
    ]
  }()
}
