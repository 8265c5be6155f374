/// statistics.json: see make_statistics.py beside it.
struct StatisticsFixture: Decodable {
  struct Distribution: Decodable {
    /// Arguments, then the value.
    var cumulative: [[Double]]
    var quantile: [[Double]]
  }
  struct Beta: Decodable {
    var value: [[Double]]
    var inverse: [[Double]]
  }
  struct McNemar: Decodable {
    /// Both right, only the baseline, only EGT, both wrong.
    var table: [Int]
    var p: Double
    var midP: Double
    var oddsRatio: Double?
    var low: Double?
    var high: Double?
  }
  struct PairedShares: Decodable {
    var table: [Int]
    var value: Double
    var low: Double
    var high: Double
    var p: Double
  }
  struct Holm: Decodable {
    var p: [Double]
    var adjusted: [Double]
  }
  struct Interval: Decodable {
    var value: Double
    var n: Int
    var bca: [Double]
    var percentile: [Double]
    var error: Double
  }
  struct Bootstrap: Decodable {
    var small: [Double]
    var large: [Double]
    var other: [Double]
    var mask: [Double]
    var meanOfSmall: Interval
    var meanOfLarge: Interval
    var averageOfTwo: Interval
    var standardised: Interval
  }
  struct StudentTests: Decodable {
    var left: [Double]
    var right: [Double]
    var welch: [Double]
    var welchP: Double
    var welchFreedom: Double
    var pairs: [Double]
    var paired: [Double]
    var pairedP: Double
  }
  struct Components: Decodable {
    /// [run][image]
    var table: [[Double]]
    var apparent: Double
    var variance: Double
  }
  struct Nested: Decodable {
    var resamples: Int
    var seed: UInt64
    /// By arm, [run][series][image].
    var runs: [String: [[[Double?]]]]
    var egtSeeds: [UInt64]
    var baselineSeeds: [UInt64]
    var percentiles: [String: [Double]]
  }
  struct Widened: Decodable {
    struct Interval: Decodable {
      var degreesOfFreedom: Double
      var low: Double
      var high: Double
    }
    /// Value, low, high.
    var images: [Double]
    var independent: Interval
    var matched: Interval
  }

  var normal: Distribution
  var student: Distribution
  var beta: Beta
  /// Right, of, low, high.
  var wilson: [[Double]]
  var mcnemar: [McNemar]
  var pairedShares: [PairedShares]
  var holm: [Holm]
  var bootstrap: Bootstrap
  var studentTests: StudentTests
  var components: Components
  var nested: Nested
  var widened: Widened

  static func load() throws -> StatisticsFixture {
    try Fixture.decode("statistics/statistics.json")
  }
}
