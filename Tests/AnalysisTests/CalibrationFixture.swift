import Recordings
import TensorCore

/// calibration.json: see make_calibration.py beside it.
struct CalibrationFixture: Decodable {
  struct Answers: Decodable {
    var labels: [Int]
    var logits: [Float]
  }
  struct Interval: Decodable {
    var value: Double
    var low: Double?
    var high: Double?
  }
  struct Scores: Decodable {
    var accuracy: Double
    var confidence: Double
    var nll: Double
    var brier: Double
    var ece: Double
    var debiased: Double
    var null: Double
    var nullDeviation: Double
    var equalMass: Double
    var auroc: Interval?
  }
  struct Bin: Decodable {
    var bin: Int
    var count: Int
    var confidence: Double?
    var accuracy: Double?
    var low: Double?
    var high: Double?
    var lowest: Double?
    var highest: Double?
  }
  struct Fit: Decodable {
    var temperature: Double
    var isAtBound: Bool
    var before: Double
    var after: Double
  }
  struct Case: Decodable {
    var name: String
    var classCount: Int
    var labels: [Int]
    var logits: [Float]
    var validation: Answers
    var scores: Scores
    var widths: [Bin]
    var masses: [Bin]
    var fit: Fit?
    var scaled: Scores?
  }
  struct Arm: Decodable {
    struct Bin: Decodable {
      var count: Int
      var images: Int
      var accuracy: Double?
    }
    var nll: Double
    var brier: Double
    var ece: Double
    var debiased: Double
    var null: Double
    var auroc: Interval
    var bins: [Bin]
  }
  struct Pair: Decodable {
    var classCount: Int
    var labels: [Int]
    var baseline: [[Float]]
    var egt: [[Float]]
    var left: Arm
    var right: Arm
    var auroc: Interval
  }
  var cases: [Case]
  var pair: Pair

  static func load() throws -> CalibrationFixture {
    try Fixture.decode("calibration/calibration.json")
  }
}

/// A recording of two exits that both answer with these logits.
func answering(
  _ logits: [Float], labels: [Int], classCount: Int,
  validation: (labels: [Int], logits: [Float])? = nil
) -> Recording {
  var recording = syntheticRecording(
    sampleCount: labels.count, classCount: classCount, labels: labels)
  recording.logits = [logits, logits]
  recording.validation = validation.map {
    Recording.Answers(labels: $0.labels, logits: [$0.logits, $0.logits])
  }
  return recording
}
