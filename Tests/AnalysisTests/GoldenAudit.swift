import TensorCore

/// golden.json: see make_golden.py beside it.
struct GoldenAudit: Decodable {
  struct Interval: Decodable {
    var value: Double
    var low: Double
    var high: Double
    var p: Double?
  }
  struct Exit: Decodable {
    var accuracy: Interval
    var n: Int
    var spread: Double
    var entropy: Double
    var cosine: Interval?
    var centred: Interval?
    var excess: Interval?
    var null: Double?
    var centredNull: Double?
    var onExitGrid: Double?
  }
  struct Mean: Decodable {
    var cosine: Interval
    var centred: Interval
    var excess: Interval
    var n: Int
  }
  struct Sample: Decodable {
    var predictions: [Int]
    var confidences: [Double]
    var cosines: [Double?]
    var centred: [Double?]
    var leavesAt: Int
  }
  struct Arm: Decodable {
    var exits: [Exit]
    var mean: Mean
    var shares: [Double]
    var meanMacs: Double
    var leavingAccuracy: Interval
    var samples: [Sample]
  }
  struct Bilinear: Decodable {
    var source: GridSize
    var target: GridSize
    var cells: [Float]
    var kept: [Int]
    var values: [Float]
  }
  var threshold: Double
  var resamples: Int
  var seed: UInt64
  var baseline: Arm
  var egt: Arm
  /// By "cosine", "excess", "centred", "spread" and "right".
  var paired: [String: [Interval]]
  var pairedMean: [String: Interval]
  /// Standardised means of "cosine" and "spread"; of the cosine's mean over exits.
  var effect: [String: [Interval]]
  var effectMean: Interval
  var bilinear: [Bilinear]

  static let folder = Fixture.path("golden")

  static func load() throws -> GoldenAudit { try Fixture.decode("golden/golden.json") }
}
