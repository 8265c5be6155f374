/// One recording's scores, for intervals over training runs (`RunComponent`).
struct RunMeasures: Sendable {
  let nll: RunNumber
  let brier: RunNumber
  /// The debiased ECE, with the plain ECE's influences.
  let ece: RunNumber

  init(_ scores: AnswerScores, _ error: CalibrationError) {
    nll = RunNumber([Column(scores.nll)])!
    brier = RunNumber([Column(scores.brier)])!
    var ece = RunNumber([Column(error.series)])!
    ece.value = max(0, error.debiased)
    self.ece = ece
  }
}
