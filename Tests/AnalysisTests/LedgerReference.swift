import Recordings
import TensorCore

/// ledger.json: see make_ledger.py beside it.
struct LedgerReference: Decodable {
  struct Frozen: Decodable {
    /// nil: no sample leaves early.
    var setting: Double?
    var validationAccuracy: Double
    var validationFinalAccuracy: Double
    var validationMeanMacs: Double
    /// Value, low, high.
    var accuracy: [Double]
    var belowFinal: [Double]
    var meanMacs: [Double]
    var shares: [Double]
  }
  struct Policy: Decodable {
    /// Setting, accuracy, mean MACs, then the exits' shares.
    var curve: [[Double]]
    var choices: [Frozen?]
    /// Budget, accuracy and mean MACs on the validation answers, then on the recorded samples.
    var budgeted: [[Double]]
  }
  struct Expected: Decodable {
    var policies: [String: Policy]
    /// Per exit, samples that leave there, then their accuracy with its interval.
    var leaving: [[Double]]
    /// Count, share, low, high.
    var overthinking: [String: [Double]]
    var wastedMacs: Double
    var oracle: [Double]
    var oracleMeanMacs: Double
  }
  struct Seed: Decodable {
    var logits: [[Float]]
    var validationLogits: [[Float]]
    var expected: Expected
  }
  var classes: Int
  var macs: [Double]
  var threshold: Double
  var drop: Double
  var wanted: Double
  var budget: Double
  var labels: [Int]
  var validationLabels: [Int]
  var seeds: [Seed]
  /// Second seed − first: "accuracy", "meanMacs" and "destructive" with value, low, high.
  var paired: [String: [Double]]

  static func load() throws -> LedgerReference { try Fixture.decode("ledger/ledger.json") }

  /// The answers of a seed as a recording; its maps are of no interest.
  func recording(seed: Int) -> Recording {
    let grid = GridSize(height: 2, width: 2)
    var recording = syntheticRecording(
      sampleCount: labels.count, grids: [GridSize](repeating: grid, count: macs.count),
      classCount: classes, labels: labels, macs: macs)
    recording.logits = seeds[seed].logits
    recording.validation = Recording.Answers(
      labels: validationLabels, logits: seeds[seed].validationLogits)
    return recording
  }
}
