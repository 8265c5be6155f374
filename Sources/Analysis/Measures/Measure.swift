/// Something that is measured of a model: one value an image and exit, and their mean.
///
/// Equal by `key`, which is also its name in CSV and JSON. A new measure is a constant in a file of its own and a line in
/// `Measure.all`.
public struct Measure: Sendable, Hashable {
  /// Which of two values is the better one; a spread has no better side.
  public enum Direction: Sendable { case moreIsBetter, lessIsBetter, neither }
  /// How people read its values.
  public enum Format: Sendable, Equatable {
    case decimals(Int)
    /// With a sign.
    case signed(Int)
    /// As a percentage; differences in points.
    case percent
  }
  /// At which exits it exists.
  public enum Exits: Sendable { case early, all }
  /// What is computed beside the value.
  public enum Inference: Sendable, Comparable {
    /// Nothing.
    case mean
    /// An interval over images.
    case interval
    /// That, tests of differences, effect sizes and intervals over training runs.
    case tested
  }

  /// "cosine"
  public let key: String
  /// "Cosine", as a column's title.
  public let name: String
  /// What it is, in a sentence or two.
  public let definition: String
  /// Values that it can take.
  public let range: ClosedRange<Double>
  /// Which way is better.
  public let direction: Direction
  /// How people read its values.
  public let format: Format
  /// At which exits it exists.
  public let exits: Exits
  /// What is computed beside the value.
  public let inference: Inference
  /// Where its values come from.
  let source: Source

  /// By `key` alone.
  public static func == (left: Measure, right: Measure) -> Bool { left.key == right.key }
  /// By `key` alone.
  public func hash(into hasher: inout Hasher) { hasher.combine(key) }

  /// Values that a difference of two can take.
  public var differences: ClosedRange<Double> {
    let width = range.upperBound - range.lowerBound
    return -width...width
  }

  /// Whether there is something that chance gives for it.
  public var hasNull: Bool { source.null != nil }

  /// Whether models are compared by it: differences of those without an interval would say nothing.
  public var isCompared: Bool {
    source.isCompared && source.series != nil && inference > .mean
  }

  /// Whether it exists at an exit.
  /// - Parameter exit: from 1.
  public func exists(atExit exit: Int, of exitCount: Int) -> Bool {
    exits == .all || exit < exitCount
  }
}

extension Measure {
  /// Where a measure's values lie in a scan, and what stands beside them.
  struct Source: Sendable {
    /// One recording's values at one exit, one an image; what intervals are over. Empty where there are none but a mean.
    var series: (@Sendable (_ scan: ExitScan, _ labels: [Int]) -> Column)?
    /// What chance gives, a mean over images and recordings; nil where nothing is taken for chance.
    var null: (@Sendable (_ scan: ModelScan, _ exit: Int) -> Double?)?
    /// For an excess: the measure that it is the excess of. Its value is that measure's less the null, to the last bit: a
    /// reader who subtracts must get what is printed.
    var base: (@Sendable () -> Measure)?
    /// The value, where it is neither that nor the series' mean.
    var value: (@Sendable (_ scan: ModelScan, _ exit: Int) -> Double?)?
    /// Defined where the number counts an image; nil for the series itself.
    var counted: (@Sendable (_ scan: ExitScan) -> Column)?
    /// Whether models are compared by it.
    var isCompared = true
    /// The function of two maps that gives the series and the null (`Source.init(function:)`).
    var function: MapFunction?
  }
}

extension Measure.Source {
  /// Of a measure that is a function of an exit's map and the final one on the grid that all exits share.
  init(function: MapFunction) {
    let key = function.key
    self.init(
      series: { scan, _ in scan.consistency!.functions[key]!.values },
      null: { scan, exit in scan.series(exit: exit) { $0.functions[key]!.nulls }.definedMean },
      function: function)
  }

  /// Of the excess of such a measure over its null.
  init(excessOf base: @escaping @Sendable () -> Measure) {
    self.init(
      series: { scan, _ in scan.consistency!.functions[base().key]!.excess }, base: base)
  }
}
