import Glibc

/// What one exit's probabilities are worth, sample by sample.
///
/// Probabilities are softmax(z / T) of the logits z, in Double. NLL and Brier score are proper: in expectation no
/// other probabilities score better than the true ones.
struct AnswerScores: Sendable {
  /// The largest probability: 1 / Σ exp((z_c − max z) / T).
  private(set) var confidences: [Double] = []
  /// Whether the class of the largest logit, the first of several, is the label. T does not change it.
  private(set) var isRight: [Bool] = []
  /// −ln p_y of the label y, computed as ln Σ exp(z_c / T) − z_y / T: finite however small p_y is.
  private(set) var nll: [Double] = []
  /// Σ_c (p_c − [c = y])² over all classes, 0…2 (Brier, 1950). For two classes that is twice the binary score.
  private(set) var brier: [Double] = []

  /// - Parameters:
  ///   - logits: [labels.count, classCount], finite.
  ///   - temperature: above 0.
  init(
    logits: [Float], classCount: Int, labels: [Int], temperature: Double = 1
  ) {
    precondition(
      logits.count == labels.count * classCount,
      "\(labels.count) × \(classCount) logits expected, got \(logits.count)")
    precondition(temperature > 0, "a temperature is above 0, got \(temperature)")
    confidences.reserveCapacity(labels.count)
    isRight.reserveCapacity(labels.count)
    nll.reserveCapacity(labels.count)
    brier.reserveCapacity(labels.count)
    logits.withUnsafeBufferPointer { logits in
      for (sample, label) in labels.enumerated() {
        append(logits.baseAddress! + sample * classCount, classCount, label, temperature)
      }
    }
  }

  private mutating func append(
    _ row: UnsafePointer<Float>, _ classCount: Int, _ label: Int, _ temperature: Double
  ) {
    let best = row.firstOfLargest(classCount)
    let top = Double(row[best])
    // The label's share and the rest apart: 1 − p_y would lose its digits where p_y is near 1.
    var (own, rest, squares) = (0.0, 0.0, 0.0)
    for index in 0..<classCount {
      let weight = exp((Double(row[index]) - top) / temperature)
      if index == label {
        own = weight
      } else {
        rest += weight
        squares += weight * weight
      }
    }
    let sum = own + rest
    confidences.append(1 / sum)
    isRight.append(best == label)
    nll.append(log(sum) - (Double(row[label]) - top) / temperature)
    brier.append((rest * rest + squares) / (sum * sum))
  }
}
