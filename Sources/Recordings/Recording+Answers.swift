import FileKit
import TensorCore

extension Recording {
  /// What a recording's answers are called in its file.
  struct AnswerNames {
    var labels: String
    /// From an exit, from 1.
    var logits: @Sendable (Int) -> String

    static let recorded = AnswerNames(
      labels: RecordingLayout.labels, logits: RecordingLayout.logits)
    static let validation = AnswerNames(
      labels: RecordingLayout.validationLabels, logits: RecordingLayout.validationLogits)
  }

  /// Checks labels and logits, of the recorded part or of the validation part: at least one sample, every length,
  /// labels that index the classes, finite logits.
  func validateAnswers(
    _ answers: Answers, names: AnswerNames, at path: String
  ) throws(RecordingFault) {
    guard answers.count > 0 else {
      throw .wrongTensor(
        path: path, name: names.labels, expected: "at least one sample", got: "none")
    }
    guard answers.logits.count == exitCount else {
      throw .wrongField(
        path: path, field: "exits",
        expected: "\(exitCount) tensors \(names.logits(1)) to \(names.logits(exitCount))",
        got: "\(answers.logits.count)")
    }
    for (exit, logits) in answers.logits.enumerated() {
      try check(
        logits.count, shape: [answers.count, classCount], of: names.logits(exit + 1), at: path)
    }
    if let sample = answers.labels.firstIndex(where: { !(0..<classCount).contains($0) }) {
      throw .labelOutOfRange(
        path: path, tensor: names.labels, sample: sample, label: Int64(answers.labels[sample]),
        classCount: classCount)
    }
    for (exit, logits) in answers.logits.enumerated() {
      if let index = logits.firstIndex(where: { !$0.isFinite }) {
        throw .nonFiniteLogit(
          path: path, tensor: names.logits(exit + 1), sample: index / classCount,
          value: logits[index])
      }
    }
  }
}
