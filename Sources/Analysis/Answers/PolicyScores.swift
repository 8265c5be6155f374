import Glibc
import Recordings

/// What every exit answered to some samples, and how each policy scores the answers.
struct PolicyScores: Sendable {
  let labels: [Int]
  /// [exit][sample]
  private(set) var isRight: [[Bool]] = []
  private var predictions: [[Int]] = []
  private var confidence: [[Double]] = []
  private var entropy: [[Double]] = []
  private var margin: [[Double]] = []
  private var patience: [[Double]] = []

  var exitCount: Int { isRight.count }
  var sampleCount: Int { labels.count }

  init(_ answers: Recording.Answers, classCount: Int) {
    labels = answers.labels
    for logits in answers.logits { append(logits, classCount) }
  }

  /// [exit][sample]
  func scores(_ policy: ExitPolicy) -> [[Double]] {
    switch policy {
    case .confidence: confidence
    case .entropy: entropy
    case .margin: margin
    case .patience: patience
    }
  }

  private mutating func append(_ logits: [Float], _ classCount: Int) {
    var (predicted, right): ([Int], [Bool]) = ([], [])
    var (largest, certainty, lead, agreements): ([Double], [Double], [Double], [Double]) = (
      [], [], [], []
    )
    let before = predictions.last
    let beforeAgreements = patience.last
    let logarithm = log(Double(classCount))
    logits.withUnsafeBufferPointer { logits in
      for (sample, label) in labels.enumerated() {
        let answer = Answer(logits.baseAddress! + sample * classCount, classCount)
        predicted.append(answer.prediction)
        right.append(answer.prediction == label)
        largest.append(answer.largest)
        // Rounding may leave a uniform answer a hair above ln C.
        certainty.append(classCount == 1 ? 1 : max(0, 1 - answer.entropy / logarithm))
        lead.append(answer.largest - answer.second)
        let agrees = before?[sample] == answer.prediction
        agreements.append(agrees ? beforeAgreements![sample] + 1 : 0)
      }
    }
    predictions.append(predicted)
    isRight.append(right)
    confidence.append(largest)
    entropy.append(certainty)
    margin.append(lead)
    patience.append(agreements)
  }

  /// One row of logits as probabilities, in Double.
  private struct Answer {
    var prediction: Int
    var largest: Double
    /// 0 where there is one class.
    var second = 0.0
    /// −Σ p ln p = ln Σ exp(z − z_max) − Σ p (z − z_max).
    var entropy: Double

    init(_ row: UnsafePointer<Float>, _ classCount: Int) {
      prediction = row.firstOfLargest(classCount)
      let top = Double(row[prediction])
      var (sum, weighted, runnerUp) = (0.0, 0.0, 0.0)
      for index in 0..<classCount {
        let distance = Double(row[index]) - top
        let exponential = exp(distance)
        sum += exponential
        weighted += exponential * distance
        if index != prediction { runnerUp = max(runnerUp, exponential) }
      }
      largest = 1 / sum
      second = runnerUp / sum
      entropy = log(sum) - weighted / sum
    }
  }
}
