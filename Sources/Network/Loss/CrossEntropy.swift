import Glibc

/// Softmax cross-entropy: −log p[label], natural logarithm.
package enum CrossEntropy {
  /// - Parameters:
  ///   - logits: [count, classes].
  ///   - scale: what the gradient of the summed loss is multiplied by: weight / count.
  ///   - dLogits: [count, classes]; overwritten by scale · (p − one-hot).
  /// - Returns: the mean over samples, and how many have their largest logit at the label (first on ties).
  package static func evaluate(
    _ logits: UnsafePointer<Float>, labels: UnsafePointer<Int>, count: Int, classes: Int,
    scale: Float, dLogits: UnsafeMutablePointer<Float>
  ) -> (loss: Double, correct: Int) {
    var total = 0.0
    var correct = 0
    for sample in 0..<count {
      let row = logits + sample * classes
      let gradient = dLogits + sample * classes
      let label = labels[sample]
      precondition(0 <= label && label < classes, "label \(label) outside 0..<\(classes)")
      var best = 0
      for k in 1..<classes where row[k] > row[best] { best = k }
      if best == label { correct += 1 }
      var sum = 0.0
      for k in 0..<classes { sum += exp(Double(row[k] - row[best])) }
      total += log(sum) - Double(row[label] - row[best])
      for k in 0..<classes {
        let probability = exp(Double(row[k] - row[best])) / sum
        gradient[k] = scale * Float(probability - (k == label ? 1 : 0))
      }
    }
    return (total / Double(count), correct)
  }
}
