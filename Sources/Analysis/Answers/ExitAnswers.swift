import Glibc

/// What one exit answered, sample by sample.
struct ExitAnswers: Sendable {
  /// The class of the largest logit; the first of several.
  private(set) var predictions: [Int] = []
  /// The largest softmax probability, in Double: 1 / Σ exp(z_c − max z).
  private(set) var confidences: [Double] = []
  private(set) var isRight: [Bool] = []

  init() {}

  /// - Parameter logits: [labels.count, classCount], finite.
  init(logits: [Float], classCount: Int, labels: [Int]) {
    predictions.reserveCapacity(labels.count)
    confidences.reserveCapacity(labels.count)
    isRight.reserveCapacity(labels.count)
    logits.withUnsafeBufferPointer { logits in
      for (sample, label) in labels.enumerated() {
        let row = logits.baseAddress! + sample * classCount
        let best = row.firstOfLargest(classCount)
        var sum = 0.0
        for index in 0..<classCount { sum += exp(Double(row[index]) - Double(row[best])) }
        predictions.append(best)
        confidences.append(1 / sum)
        isRight.append(best == label)
      }
    }
  }
}
