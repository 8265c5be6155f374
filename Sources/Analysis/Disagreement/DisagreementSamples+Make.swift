extension DisagreementSamples {
  /// - Parameter isSame: per sample, whether the two models' final answers are the same.
  init(
    reference: ModelScan, model: ModelScan, maps: FinalMapAgreement, isSame: [Bool],
    threshold: Double
  ) {
    let left = reference.exits[0].map(\.answers)
    let right = model.exits[0].map(\.answers)
    let all = isSame.indices
    /// By a key, largest first.
    func ranked(_ samples: [Int], by key: (Int) -> Double) -> [Int] {
      samples.sorted { key($0) != key($1) ? key($0) > key($1) : $0 < $1 }
    }
    /// By the final confidence.
    func list(_ answers: [ExitAnswers], where isChosen: (Int) -> Bool) -> [Int] {
      let final = answers[answers.count - 1]
      return ranked(all.filter(isChosen)) { final.confidences[$0] }
    }
    func rightEarly(_ answers: [ExitAnswers]) -> [Int] {
      let final = answers[answers.count - 1]
      return list(answers) { sample in
        !final.isRight[sample] && answers.dropLast().contains { $0.isRight[sample] }
      }
    }
    func confident(_ answers: [ExitAnswers]) -> [Int] {
      let final = answers[answers.count - 1]
      return list(answers) { !final.isRight[$0] && final.confidences[$0] >= threshold }
    }
    // The final exits belong together, whatever their numbers.
    let final = (left[left.count - 1], right[right.count - 1])
    onlyReferenceRight = list(left) { final.0.isRight[$0] && !final.1.isRight[$0] }
    onlyModelRight = list(right) { final.1.isRight[$0] && !final.0.isRight[$0] }
    referenceRightEarly = rightEarly(left)
    modelRightEarly = rightEarly(right)
    referenceConfident = confident(left)
    modelConfident = confident(right)
    guard let null = maps.null else { return }
    elsewhere = ranked(
      all.filter { sample in
        isSame[sample]
          && maps.cosine[sample].map { SameAnswer.isFromElsewhere($0, null: null) } == true
      }
    ) { -maps.cosine[$0]! }
  }
}
