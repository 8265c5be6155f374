/// One exit's scores, each recording at one temperature: per sample, means over the recordings.
struct ExitMeasures: Sendable {
  let confidence: Double
  /// [sampleCount]
  let nll: [Double]
  let brier: [Double]
  /// A series whose mean is the ECE (`CalibrationError.series`).
  let eceSeries: [Double]
  let ece: Double
  /// At least 0.
  let debiased: Double
  let null: Double
  let equalMass: Double
  /// Whether perfect calibration gives as large an ECE in more than 2.5 % of samples. The recordings answer the same
  /// images, so the mean over them is taken to vary as much as one.
  let isWithinChance: Bool
  /// One a recording.
  let runs: [RunMeasures]

  /// - Parameter recordings: at least one, all of the same samples.
  init(_ recordings: [AnswerScores]) {
    let errors = recordings.map(CalibrationError.init)
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    func series(_ lists: [[Double]]) -> [Double] {
      lists.count == 1
        ? lists[0] : lists[0].indices.map { sample in mean(lists.map { $0[sample] }) }
    }
    runs = zip(recordings, errors).map { RunMeasures($0, $1) }
    confidence = mean(recordings.map { mean($0.confidences) })
    nll = series(recordings.map(\.nll))
    brier = series(recordings.map(\.brier))
    eceSeries = series(errors.map(\.series))
    ece = mean(errors.map(\.value))
    debiased = max(0, mean(errors.map(\.debiased)))
    null = mean(errors.map(\.null))
    equalMass = mean(errors.map(\.equalMass))
    isWithinChance =
      ece <= null + NormalDistribution.upper95 * mean(errors.map(\.nullDeviation))
  }
}
