/// A number with its 95 % confidence interval; bounds are nil where none can be given (too few samples).
///
/// Where nothing else is said, the interval is over images, the recordings (seeds) held fixed. Means over samples have
/// BCa bootstrap intervals (`BootstrapDistribution.estimate`), samples being drawn once for all exits and both models;
/// shares of right answers have Wilson's (`WilsonInterval`), their paired differences Bonett and Price's
/// (`PairedShares`). `RunsEstimate` has intervals over images and training runs.
public struct Estimate: Sendable, Equatable {
  /// The number itself; NaN where it is not defined.
  public var value: Double
  /// The interval's lower bound; nil where there is no interval.
  public var low: Double?
  /// The interval's upper bound; nil where there is no interval.
  public var high: Double?

  /// Without bounds where none are given.
  public init(_ value: Double, low: Double? = nil, high: Double? = nil) {
    self.value = value
    self.low = low
    self.high = high
  }
}
