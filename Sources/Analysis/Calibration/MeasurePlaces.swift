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

  /// The difference with intervals over images and training runs (`RunsEstimate`); nil with fewer than three runs
  /// an arm. The left is EGT.
  func differenceOverRuns(
    _ distributions: [BootstrapDistribution], _ design: RunDesign
  ) -> CalibrationDifference? {
    guard let right else { return nil }
    func widened(
      _ path: KeyPath<RunMeasures, RunNumber>, _ range: ClosedRange<Double>,
      _ images: (Double) -> Estimate
    ) -> Estimate? {
      let components = design.components(
        right.runs.map { $0[keyPath: path] }, left.runs.map { $0[keyPath: path] })
      return RunComponent.widen(images, by: components, range: range)
    }
    guard
      let nll = widened(
        \.nll, -.infinity...Double.infinity, { distributions[nll].estimate(alpha: $0) }),
      let brier = widened(\.brier, -2...2, { distributions[brier].estimate(alpha: $0) }),
      let ece = widened(\.ece, -1...1, { debiased(distributions[ece].estimate(alpha: $0)) })
    else { return nil }
    return CalibrationDifference(nll: nll, brier: brier, ece: ece)
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
