/// A model's faithfulness while it waits for the bootstrap.
struct FaithfulnessQuestions {
  private let scan: ModelFaithfulnessScan
  /// [exit]
  private var pending: [[FaithfulnessMeasure: Pending<BootstrapDistribution>]] = []
  /// [exit], means without an interval.
  private var means: [[FaithfulnessMeasure: Double]] = []
  /// Over the early exits.
  private var early: [FaithfulnessMeasure: Pending<BootstrapDistribution>] = [:]

  /// Asks a bootstrap over `scan.samples`.
  init(_ scan: ModelFaithfulnessScan, exitCount: Int, bootstrap: inout Bootstrap) {
    self.scan = scan
    var early: [FaithfulnessMeasure: [[Double?]]] = [:]
    for exit in 0..<exitCount {
      var pending: [FaithfulnessMeasure: Pending<BootstrapDistribution>] = [:]
      var means: [FaithfulnessMeasure: Double] = [:]
      for measure in scan.measures(exit: exit) {
        let series = scan.series(exit: exit, measure)!
        means[measure] = series.definedMean
        if measure.hasInterval, let mean = bootstrap.mean(of: series) {
          pending[measure] = mean
          if exit < exitCount - 1 { early[measure, default: []].append(series) }
        }
      }
      self.pending.append(pending)
      self.means.append(means)
    }
    for measure in [FaithfulnessMeasure.advantage, .roadGap] {
      self.early[measure] = early[measure].flatMap { bootstrap.average(of: $0) }
    }
  }

  /// The model's numbers, given the bootstrap's answer; nil where no recording has any.
  func result(_ distributions: [BootstrapDistribution]) -> ModelFaithfulness? {
    guard !scan.runs.isEmpty else { return nil }
    var result = ModelFaithfulness(
      sampleCount: scan.sampleCount, recordingCount: scan.runs.count,
      exits: pending.indices.map { exit in
        var result = ExitFaithfulness(exit: exit + 1)
        let numbers = Answers(
          pending: pending[exit], means: means[exit], distributions: distributions)
        result.masking = masking(exit, numbers)
        result.road = road(exit, numbers)
        result.randomized = randomized(exit, numbers)
        result.gradCAM = gradCAM(exit, numbers)
        result.samples = samples(exit)
        return result
      })
    result.meanAdvantage = early[.advantage]?.value(in: distributions).estimate
    result.meanRoadGap = early[.roadGap]?.value(in: distributions).estimate
    return result
  }

  /// One exit's estimates and means.
  private struct Answers {
    let pending: [FaithfulnessMeasure: Pending<BootstrapDistribution>]
    let means: [FaithfulnessMeasure: Double]
    let distributions: [BootstrapDistribution]

    subscript(measure: FaithfulnessMeasure) -> Estimate? {
      pending[measure]?.value(in: distributions).estimate
    }
  }

  private func samples(_ exit: Int) -> [SampleFaithfulness] {
    let paths: [(FaithfulnessMeasure, WritableKeyPath<SampleFaithfulness, Double?>)] = [
      (.deletionArea, \.deletionArea), (.randomDeletionArea, \.randomDeletionArea),
      (.insertionArea, \.insertionArea), (.randomInsertionArea, \.randomInsertionArea),
      (.roadGap, \.roadGap), (.gradCAM(.cosine), \.gradCAMCosine),
      (.gradCAM(.centred), \.gradCAMCentred), (.gradCAM(.spearman), \.gradCAMSpearman),
    ]
    var samples = scan.samples.map { SampleFaithfulness(index: $0) }
    for (measure, path) in paths {
      for (place, value) in (scan.series(exit: exit, measure) ?? []).enumerated() {
        samples[place][keyPath: path] = value
      }
    }
    let measured = Set(scan.runs.flatMap(\.places))
    return samples.indices.filter(measured.contains).map { samples[$0] }
  }

  private func masking(_ exit: Int, _ numbers: Answers) -> MaskingFaithfulness? {
    guard let advantage = numbers[.advantage],
      let recorded = scan.runs.lazy.compactMap(\.faithfulness.masking).first
    else { return nil }
    func curve(
      _ own: FaithfulnessMeasure, _ random: FaithfulnessMeasure, _ gain: FaithfulnessMeasure,
      _ path: KeyPath<MaskingScan.Curves, [Double]>,
      _ randomPath: KeyPath<MaskingScan.Curves, [Double]>
    ) -> MaskingCurve {
      MaskingCurve(
        area: numbers[own]!, randomArea: numbers[random]!, gain: numbers[gain]!,
        curve: scan.curve(exit: exit, path), randomCurve: scan.curve(exit: exit, randomPath))
    }
    return MaskingFaithfulness(
      fractions: recorded.fractions.map { Double($0) },
      deletion: curve(
        .deletionArea, .randomDeletionArea, .deletionGain, \.deletion, \.randomDeletion),
      insertion: curve(
        .insertionArea, .randomInsertionArea, .insertionGain, \.insertion, \.randomInsertion),
      advantage: advantage, wholeImage: numbers.means[.wholeImage]!,
      allDeleted: numbers.means[.allDeleted]!, noneInserted: numbers.means[.noneInserted]!)
  }

  private func road(_ exit: Int, _ numbers: Answers) -> RoadFaithfulness? {
    guard let gap = numbers[.roadGap],
      let recorded = scan.runs.lazy.compactMap(\.faithfulness.road).first
    else { return nil }
    return RoadFaithfulness(
      fractions: recorded.fractions.map { Double($0) },
      mostRelevantFirst: RoadCurve(
        probabilities: scan.curve(exit: exit, \.roadMost),
        accuracies: scan.curve(exit: exit, \.roadMostAccuracy)),
      leastRelevantFirst: RoadCurve(
        probabilities: scan.curve(exit: exit, \.roadLeast),
        accuracies: scan.curve(exit: exit, \.roadLeastAccuracy)),
      gap: gap)
  }

  private func randomized(_ exit: Int, _ numbers: Answers) -> [RandomizedStage] {
    let runs = scan.runs.filter { $0.faithfulness.randomized != nil }
    guard let stages = runs.first?.exits[exit].drawMeans.count else { return [] }
    let total = runs.reduce(0) { $0 + $1.faithfulness.randomized!.draws * $1.places.count }
    return (0..<stages).map { stage in
      let draws = runs.flatMap { $0.exits[exit].drawMeans[stage].compactMap { $0 } }
      let defined = runs.reduce(0) { $0 + $1.exits[exit].randomizedDefined[stage] }
      return RandomizedStage(
        stage: stage + 1, spearman: numbers[.randomized(stage: stage, .spearman)],
        centred: numbers[.randomized(stage: stage, .centred)],
        structuralSimilarity: numbers[.randomized(stage: stage, .structuralSimilarity)],
        lowestDraw: draws.min(), highestDraw: draws.max(), n: defined, undefined: total - defined)
    }
  }

  private func gradCAM(_ exit: Int, _ numbers: Answers) -> GradCAMAgreement? {
    func agreement(_ kind: FaithfulnessMeasure.Agreement) -> AgreementWithNull? {
      guard let value = numbers[.gradCAM(kind)] else { return nil }
      let null = numbers.means[.gradCAMNull(kind)]
      var excess = numbers[.gradCAMExcess(kind)]
      // A reader who subtracts must get what is printed: see `ModelNumbers`.
      if let null { excess?.value = value.value - null }
      return AgreementWithNull(value: value, null: null, excess: excess)
    }
    guard let cosine = agreement(.cosine), let centred = agreement(.centred),
      let spearman = agreement(.spearman)
    else { return nil }
    let counts = scan.counts(exit: exit, .gradCAM(.cosine))
    return GradCAMAgreement(
      cosine: cosine, centred: centred, spearman: spearman, n: counts.defined,
      undefined: counts.undefined)
  }
}
