extension CorrectnessResult {
  /// Of one early exit, from 0; nil where no sample has a consistency. Each number is the mean over the recordings in
  /// which it is defined, and so is the series behind its interval.
  static func ask(
    _ scan: ModelScan, exit: Int, _ bootstrap: inout Bootstrap
  ) -> Pending<CorrectnessResult>? {
    let contrasts = scan.exits.map {
      CorrectnessContrast($0[exit].consistency!.cosine, isRight: $0[exit].answers.isRight)
    }
    let (right, wrong) = (contrasts.map(\.rightCount), contrasts.map(\.wrongCount))
    guard right.reduce(0, +) + wrong.reduce(0, +) > 0 else { return nil }
    let both = contrasts.filter { $0.auroc != nil }
    func ask(
      _ value: (CorrectnessContrast) -> Double?, _ series: (CorrectnessContrast) -> Column
    ) -> Pending<Estimate>? {
      guard let value = both.map(value).definedMean,
        let mean = bootstrap.mean(of: ModelScan.average(both.map(series)))
      else { return nil }
      return mean.map { distribution in
        // The series' mean differs from it where only some recordings define a sample.
        var estimate = distribution.estimate
        estimate.value = value
        return estimate
      }
    }
    let difference = ask(\.difference, \.differenceSeries)
    let auroc = ask(\.auroc, \.aurocSeries)
    return Pending { distributions in
      CorrectnessResult(
        rightN: right.reduce(0, +), wrongN: wrong.reduce(0, +),
        right: contrasts.map(\.rightMean).definedMean,
        wrong: contrasts.map(\.wrongMean).definedMean,
        difference: difference?.value(in: distributions),
        auroc: auroc?.value(in: distributions))
    }
  }
}
