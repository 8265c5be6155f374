/// What a bootstrap hands out when it is asked for a number, and redeems when it has run: the one form of "ask now, read
/// later".
struct Pending<Value> {
  private let redeem: ([BootstrapDistribution]) -> Value

  init(_ redeem: @escaping ([BootstrapDistribution]) -> Value) { self.redeem = redeem }

  /// A value that needs no bootstrap.
  static func known(_ value: Value) -> Pending { Pending { _ in value } }

  /// - Parameter distributions: what `Bootstrap.run()` of the same bootstrap gave.
  func value(in distributions: [BootstrapDistribution]) -> Value { redeem(distributions) }

  func map<Other>(_ transform: @escaping (Value) -> Other) -> Pending<Other> {
    Pending<Other> { transform(redeem($0)) }
  }
}

extension Bootstrap {
  /// Asks for the mean of a series; nil where no value is defined.
  mutating func mean(of series: some Collection<Double?>) -> Pending<BootstrapDistribution>? {
    add(series).map { number in average(of: [number]) }
  }

  /// Asks for the average of the means of those series that have a defined value; nil where none has.
  mutating func average(
    of series: [some Collection<Double?>]
  ) -> Pending<BootstrapDistribution>? {
    let numbers = series.compactMap { add($0) }
    return numbers.isEmpty ? nil : average(of: numbers)
  }

  private mutating func average(of numbers: [Int]) -> Pending<BootstrapDistribution> {
    let place = ask(forAverageOf: numbers)
    return Pending { $0[place] }
  }

  /// Asks for a series' mean over its standard deviation; nil where no value is defined.
  mutating func standardisedMean(
    of series: some Collection<Double?>
  ) -> Pending<BootstrapDistribution>? {
    add(series).map { number in
      let place = ask(forStandardisedMeanOf: number)
      return Pending { $0[place] }
    }
  }

  /// Asks for the mean over drawn runs of their numbers.
  /// - Parameters:
  ///   - reference: [recording][series], empty for a number of the model alone; `model` the same.
  ///   - design: as `add(_: RunDesign)` returned it.
  mutating func nested(
    reference: [[Column]] = [], model: [[Column]] = [], design: Int
  ) -> Pending<BootstrapDistribution> {
    let place = ask(
      forNested: Nested(
        reference: reference.map { run in run.compactMap { add($0) } },
        model: model.map { run in run.compactMap { add($0) } }, design: design))
    return Pending { $0[place] }
  }
}
