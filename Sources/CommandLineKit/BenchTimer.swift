import Foundation

/// Calls a piece of work again and again, in rounds that are long enough for the clock.
package struct BenchTimer {
  package let rounds: Int
  /// A round repeats the work until it should take this long.
  package let leastSeconds: Double

  package init(rounds: Int, leastSeconds: Double) {
    self.rounds = rounds
    self.leastSeconds = leastSeconds
  }

  /// The work's rate, warmed up by two calls of which the second says how many make a round.
  /// - Parameters:
  ///   - units: how many of `unit` a call does: images of a batch, floating-point operations, …
  ///   - operations: floating-point operations of a call, where they are known.
  package func measure(
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

  package static func seconds(_ work: () -> Void) -> Double {
    Decimals.seconds(ContinuousClock().measure(work))
  }
}

/// Median and ends of some numbers; the spread of so few rounds is best shown whole.
package struct BenchSpread: Encodable {
  package var median: Double
  package var lowest: Double
  package var highest: Double

  /// - Parameter values: one at least.
  package init(_ values: [Double]) {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    lowest = sorted[0]
    highest = sorted[sorted.count - 1]
  }
}

/// A figure: how many units of work a second.
package struct BenchMeasure: Encodable {
  package var id: String
  package var unit: String
  package var rate: BenchSpread
  /// Of one call: a training step, a batch, a product, a sheet.
  package var milliseconds: BenchSpread
  /// Effective rate of the median call, direct convolution counted; absent where nothing is counted.
  package var gflops: Double?
  package var callsPerRound: Int

  /// - Parameter times: seconds of a call, one a round.
  package init(
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
