/// How well confidence tells right answers from wrong ones (failure prediction; Hendrycks and Gimpel, 2017).
///
/// AUROC = P(c_right > c_wrong) + ½ P(c_right = c_wrong) over all pairs of a right and a wrong answer: the area under
/// the ROC curve, or the Mann–Whitney statistic over the number of pairs. ½ is chance. Accuracy is not in it, so two
/// models' values compare how they rank their own answers.
struct FailureAUROC: Sendable {
  let value: Double
  /// Per sample, how it sways the value. With V the share of answers of the other kind that a sample is ranked rightly
  /// against, m answers of its own kind and n samples in all: (V − value)·n/√(m(m − 1)). The sum of squares over
  /// n² is the variance of DeLong, DeLong and Clarke-Pearson (1988); sums over several recordings take in that they
  /// answer the same images. nil where only one answer is right, or only one wrong.
  let influence: [Double]?

  /// nil where all answers are right, or all wrong.
  init?(_ scores: AnswerScores) {
    let count = scores.isRight.count
    let right = scores.isRight.count { $0 }
    let wrong = count - right
    guard right > 0, wrong > 0 else { return nil }
    let below = MannWhitney.othersBelow(scores.confidences, scores.isRight)
    var sum = 0.0
    for sample in below.indices where scores.isRight[sample] { sum += below[sample] }
    let value = sum / (Double(right) * Double(wrong))
    self.value = value
    guard right > 1, wrong > 1 else {
      influence = nil
      return
    }
    func scale(_ members: Int) -> Double {
      Double(count) / (Double(members) * Double(members - 1)).squareRoot()
    }
    let scales = (right: scale(right), wrong: scale(wrong))
    influence = below.indices.map { sample in
      scores.isRight[sample]
        ? (below[sample] / Double(wrong) - value) * scales.right
        : (1 - below[sample] / Double(right) - value) * scales.wrong
    }
  }
}
