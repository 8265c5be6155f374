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

  /// - Parameter recordings: at least one, all of the same samples.
  init(_ recordings: [AnswerScores]) {
    let errors = recordings.map(CalibrationError.init)
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    func series(_ lists: [[Double]]) -> [Double] {
      lists.count == 1
        ? lists[0] : lists[0].indices.map { sample in mean(lists.map { $0[sample] }) }
    }
    confidence = mean(recordings.map { mean($0.confidences) })
    nll = series(recordings.map(\.nll))
    brier = series(recordings.map(\.brier))
    eceSeries = series(errors.map(\.series))
    ece = mean(errors.map(\.value))
    debiased = max(0, mean(errors.map(\.debiased)))
    null = mean(errors.map(\.null))
    equalMass = mean(errors.map(\.equalMass))
    isWithinChance =
      ece <= null + WilsonInterval.quantile * mean(errors.map(\.nullDeviation))
  }
}

/// Where an exit's scores, or the differences of two, stand in a bootstrap.
struct MeasurePlaces {
  private let left: ExitMeasures
  private let right: ExitMeasures?
  private let nll: Int
  private let brier: Int
  private let ece: Int

  init(_ measures: ExitMeasures, _ bootstrap: inout Bootstrap) {
    self.init(measures, nil, &bootstrap)
  }

  /// The left's minus the right's, sample by sample.
  init(_ left: ExitMeasures, minus right: ExitMeasures, _ bootstrap: inout Bootstrap) {
    self.init(left, right, &bootstrap)
  }

  private init(_ left: ExitMeasures, _ right: ExitMeasures?, _ bootstrap: inout Bootstrap) {
    self.left = left
    self.right = right
    func place(_ path: KeyPath<ExitMeasures, [Double]>) -> Int {
      let series = left[keyPath: path]
      let difference = right.map { zip(series, $0[keyPath: path]).map { $0 - $1 } }
      return bootstrap.ask(forAverageOf: [bootstrap.add(difference ?? series)!])
    }
    nll = place(\.nll)
    brier = place(\.brier)
    ece = place(\.eceSeries)
  }

  func scores(_ distributions: [BootstrapDistribution]) -> CalibrationScores {
    CalibrationScores(
      confidence: left.confidence, nll: distributions[nll].estimate,
      brier: distributions[brier].estimate,
      ece: CalibrationErrorEstimate(
        value: left.ece, debiased: debiased(distributions[ece].estimate), null: left.null,
        isWithinChance: left.isWithinChance, equalMass: left.equalMass))
  }

  func difference(_ distributions: [BootstrapDistribution]) -> CalibrationDifference {
    CalibrationDifference(
      nll: distributions[nll].estimate, brier: distributions[brier].estimate,
      ece: debiased(distributions[ece].estimate))
  }

  /// The interval of the plain ECE, or of a difference of two, moved to the debiased value.
  private func debiased(_ plain: Estimate) -> Estimate {
    let value = left.debiased - (right?.debiased ?? 0)
    guard let low = plain.low, let high = plain.high else { return Estimate(value) }
    let shift = value - plain.value
    let (lower, upper) = (low + shift, high + shift)
    guard let right else {
      return Estimate(
        value, low: left.isWithinChance ? 0 : max(0, lower), high: max(0, upper))
    }
    return Estimate(
      value, low: lower - (left.isWithinChance ? left.debiased : 0),
      high: upper + (right.isWithinChance ? right.debiased : 0))
  }
}
