/// Where samples leave one network at a threshold, and whether the answer that they leave with is right.
struct EarlyExitSimulation: Sendable {
  /// Per sample, from 1: the first exit whose confidence is at least the threshold, else the final one.
  let leavesAt: [Int]
  /// Per sample.
  let isRight: [Bool]

  /// - Parameter answers: one entry an exit.
  init(_ answers: [ExitAnswers], threshold: Double) {
    let final = answers.count - 1
    let exits = answers[0].confidences.indices.map { sample in
      answers.firstIndex { $0.confidences[sample] >= threshold } ?? final
    }
    leavesAt = exits.map { $0 + 1 }
    isRight = exits.enumerated().map { sample, exit in answers[exit].isRight[sample] }
  }

  /// Per exit, the share of samples that leave there.
  func shares(exitCount: Int) -> [Double] {
    var counts = [Int](repeating: 0, count: exitCount)
    for exit in leavesAt { counts[exit - 1] += 1 }
    return counts.map { Double($0) / Double(leavesAt.count) }
  }

  /// The thresholds of a cost curve: steps of 0.05, a closer look near 1, and the audit's own.
  static func thresholds(including threshold: Double) -> [Double] {
    let fixed = (0...19).map { Double($0) / 20 } + [0.99, 0.999, 1]
    return fixed.contains(threshold) ? fixed : (fixed + [threshold]).sorted()
  }
}
