import Foundation

/// Calls a piece of work again and again, in rounds that are long enough for the clock.
struct BenchTimer {
  let rounds: Int
  /// A round repeats the work until it should take this long.
  let leastSeconds: Double

  /// The work's rate, warmed up by two calls of which the second says how many make a round.
  /// - Parameters:
  ///   - units: how many of `unit` a call does: images of a batch, floating-point operations, …
  ///   - operations: floating-point operations of a call, where they are known.
  func measure(
    _ id: String, unit: String, units: Double, operations: Double? = nil, _ work: () -> Void
  ) -> BenchMeasure {
    work()
    let calls = max(1, Int((leastSeconds / Self.seconds(work)).rounded(.up)))
    let times = (0..<rounds).map { _ in
      Self.seconds { for _ in 0..<calls { work() } } / Double(calls)
    }
    return BenchMeasure(
      id, unit: unit, units: units, operations: operations, calls: calls, times: times)
  }

  static func seconds(_ work: () -> Void) -> Double {
    TrainingProgress.seconds(ContinuousClock().measure(work))
  }
}

/// Median and ends of some numbers; the spread of so few rounds is best shown whole.
struct BenchSpread: Encodable {
  var median: Double
  var lowest: Double
  var highest: Double

  /// - Parameter values: one at least.
  init(_ values: [Double]) {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    lowest = sorted[0]
    highest = sorted[sorted.count - 1]
  }
}

/// A figure: how many units of work a second.
struct BenchMeasure: Encodable {
  var id: String
  var unit: String
  var rate: BenchSpread
  /// Of one call: a training step, a batch, a product, a sheet.
  var milliseconds: BenchSpread
  /// Effective rate of the median call, direct convolution counted; absent where nothing is counted.
  var gflops: Double?
  var callsPerRound: Int

  /// - Parameter times: seconds of a call, one a round.
  init(
    _ id: String, unit: String, units: Double, operations: Double? = nil, calls: Int,
    times: [Double]
  ) {
    self.id = id
    self.unit = unit
    callsPerRound = calls
    rate = BenchSpread(times.map { units / $0 })
    milliseconds = BenchSpread(times.map { 1e3 * $0 })
    gflops = operations.map { 1e-6 * $0 / milliseconds.median }
  }
}
