/// Where an exit's scores, or the differences of two, come from.
struct ScoreSeries {
  private let left: ExitMeasures
  private let right: ExitMeasures?

  init(_ measures: ExitMeasures) { (left, right) = (measures, nil) }

  /// The left's minus the right's, sample by sample.
  init(_ left: ExitMeasures, minus right: ExitMeasures) { (self.left, self.right) = (left, right) }

  private typealias Scores = (
    nll: Pending<BootstrapDistribution>, brier: Pending<BootstrapDistribution>,
    ece: Pending<BootstrapDistribution>
  )

  private func ask(_ bootstrap: inout Bootstrap) -> Scores {
    func ask(_ path: KeyPath<ExitMeasures, [Double]>) -> Pending<BootstrapDistribution> {
      let series = left[keyPath: path]
      let difference = right.map { zip(series, $0[keyPath: path]).map { $0 - $1 } }
      return bootstrap.mean(of: difference ?? series)!
    }
    return (ask(\.nll), ask(\.brier), ask(\.eceSeries))
  }

  func scores(_ bootstrap: inout Bootstrap) -> Pending<CalibrationScores> {
    let pending = ask(&bootstrap)
    return Pending { distributions in
      CalibrationScores(
        confidence: left.confidence, nll: pending.nll.value(in: distributions).estimate,
        brier: pending.brier.value(in: distributions).estimate,
        ece: CalibrationErrorEstimate(
          value: left.ece, debiased: debiased(pending.ece.value(in: distributions).estimate),
          null: left.null, isWithinChance: left.isWithinChance, equalMass: left.equalMass))
    }
  }

  func difference(_ bootstrap: inout Bootstrap) -> Pending<CalibrationDifference> {
    differences(nil, &bootstrap).map(\.images)
  }

  /// The difference with intervals over images, and over images and training runs (`RunsEstimate`; nil with fewer than
  /// three runs a model). The left is the model, the right its reference.
  func differences(
    _ design: RunDesign?, _ bootstrap: inout Bootstrap
  ) -> Pending<(images: CalibrationDifference, runs: CalibrationDifference?)> {
    let pending = ask(&bootstrap)
    return Pending { distributions in
      let nll = pending.nll.value(in: distributions)
      let brier = pending.brier.value(in: distributions)
      let ece = pending.ece.value(in: distributions)
      let images = CalibrationDifference(
        nll: nll.estimate, brier: brier.estimate, ece: debiased(ece.estimate))
      guard let design else { return (images, nil) }
      guard
        let wideNLL = widened(\.nll, -.infinity...Double.infinity, design, nll.estimate(alpha:)),
        let wideBrier = widened(\.brier, -2...2, design, brier.estimate(alpha:)),
        let wideECE = widened(\.ece, -1...1, design, { debiased(ece.estimate(alpha: $0)) })
      else { return (images, nil) }
      return (images, CalibrationDifference(nll: wideNLL, brier: wideBrier, ece: wideECE))
    }
  }

  private func widened(
    _ path: KeyPath<RunMeasures, RunNumber>, _ range: ClosedRange<Double>, _ design: RunDesign,
    _ images: (Double) -> Estimate
  ) -> Estimate? {
    let components = design.components(
      right!.runs.map { $0[keyPath: path] }, left.runs.map { $0[keyPath: path] })
    return RunComponent.widen(images, by: components, range: range)
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
