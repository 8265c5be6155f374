import Glibc

/// A temperature chosen on validation answers.
public struct TemperatureFit: Sendable, Equatable {
  /// Above 1 where confidences were too high, below 1 where they were too low.
  public var temperature: Double
  /// Whether the least NLL lies at the end of the range that is searched, or beyond it.
  public var isAtBound: Bool
  /// Validation samples, and their mean NLL at temperature 1 and at this one.
  public var sampleCount: Int
  /// Mean −ln p of the label on the validation answers, nats, at temperature 1.
  public var nllBefore: Double
  /// The same at the fitted temperature; never larger.
  public var nllAfter: Double

  package init(
    temperature: Double, isAtBound: Bool, sampleCount: Int, nllBefore: Double, nllAfter: Double
  ) {
    self.temperature = temperature
    self.isAtBound = isAtBound
    self.sampleCount = sampleCount
    self.nllBefore = nllBefore
    self.nllAfter = nllAfter
  }
}

/// Temperature scaling (Guo et al., 2017): the one T that minimises the mean NLL of softmax(z / T) on validation
/// samples. The largest class, and so every answer, stays what it is.
///
/// In β = 1/T the NLL is convex, with derivative Σ_c p_c z_c − z_y and second derivative the variance of z under p
/// (means over samples). Newton's method finds the zero of the derivative, kept between bounds that close in on it; no
/// random numbers, no step size.
public enum TemperatureScaling {
  /// Beyond, probabilities are uniform or certain for any use; no least NLL need exist (all validation answers right).
  public static let range = 0.05...20

  /// nil without samples, and where every sample's logits are all equal: T then changes nothing.
  /// - Parameter logits: [labels.count, classCount], finite.
  static func fit(logits: [Float], classCount: Int, labels: [Int]) -> TemperatureFit? {
    precondition(
      logits.count == labels.count * classCount,
      "\(labels.count) × \(classCount) logits expected, got \(logits.count)")
    let differ = logits.indices.contains { logits[$0] != logits[$0 - $0 % classCount] }
    guard differ else { return nil }
    let (inverse, isAtBound) = logits.withUnsafeBufferPointer { logits in
      zero { Slope(logits.baseAddress!, classCount: classCount, labels: labels, inverse: $0) }
    }
    let temperature = 1 / inverse
    func loss(_ temperature: Double) -> Double {
      let losses = AnswerScores(
        logits: logits, classCount: classCount, labels: labels, temperature: temperature
      ).nll
      return losses.reduce(0, +) / Double(losses.count)
    }
    return TemperatureFit(
      temperature: temperature, isAtBound: isAtBound, sampleCount: labels.count,
      nllBefore: loss(1), nllAfter: loss(temperature))
  }

  /// Where the rising derivative crosses 0, in β.
  private static func zero(_ slope: (Double) -> Slope) -> (inverse: Double, isAtBound: Bool) {
    var (low, high) = (1 / range.upperBound, 1 / range.lowerBound)
    if slope(low).first >= 0 { return (low, true) }
    if slope(high).first <= 0 { return (high, true) }
    var inverse = 1.0
    // Bisection alone would need 60 steps from here to the last bit.
    for _ in 0..<200 {
      let here = slope(inverse)
      if here.first < 0 { low = inverse } else { high = inverse }
      var next = inverse - here.first / here.second
      if !(next > low && next < high) { next = (low + high) / 2 }
      if abs(next - inverse) <= 1e-14 * inverse { return (next, false) }
      inverse = next
    }
    return (inverse, false)
  }

  /// First and second derivative of the mean NLL in β.
  private struct Slope {
    var first = 0.0
    var second = 0.0

    init(
      _ logits: UnsafePointer<Float>, classCount: Int, labels: [Int], inverse: Double
    ) {
      for (sample, label) in labels.enumerated() {
        let row = logits + sample * classCount
        var top = row[0]
        for index in 1..<classCount { top = max(top, row[index]) }
        // Relative to the largest logit, so that nothing overflows or cancels.
        var (sum, mean, square) = (0.0, 0.0, 0.0)
        for index in 0..<classCount {
          let depth = Double(row[index]) - Double(top)
          let weight = exp(depth * inverse)
          sum += weight
          mean += weight * depth
          square += weight * depth * depth
        }
        mean /= sum
        first += mean - (Double(row[label]) - Double(top))
        second += square / sum - mean * mean
      }
      first /= Double(labels.count)
      second /= Double(labels.count)
    }
  }
}
