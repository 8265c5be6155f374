import TensorCore

/// Percentile bootstrap of many means at once (Efron and Tibshirani, 1993, chapter 13).
///
/// Samples (images) are drawn with replacement; every series is averaged over the same draws, so differences are
/// paired. A series' mean is the sum over its defined samples divided by their number among the draws. Draws are
/// made in resample r by stream r of the seed: results do not depend on the number of threads.
struct Bootstrap {
  private let sampleCount: Int
  private let resamples: Int
  private let seed: UInt64
  /// Values with 0 where undefined, and masks of 0 and 1; [sampleCount] each.
  private var columns: [[Double]] = []
  private var series: [Series] = []
  private var statistics: [[Int]] = []

  private struct Series {
    var values: Int
    /// nil where every sample is defined.
    var mask: Int?
    var definedCount: Int
  }

  init(sampleCount: Int, resamples: Int, seed: UInt64) {
    self.sampleCount = sampleCount
    self.resamples = resamples
    self.seed = seed
  }

  /// Adds a series, one value a sample; returns its number, or nil where no value is defined.
  mutating func add(_ values: [Double?]) -> Int? {
    precondition(
      values.count == sampleCount, "\(sampleCount) samples expected, got \(values.count)")
    let definedCount = values.count { $0 != nil }
    guard definedCount > 0 else { return nil }
    columns.append(values.map { $0 ?? 0 })
    var entry = Series(values: columns.count - 1, mask: nil, definedCount: definedCount)
    if definedCount < sampleCount {
      let mask = values.map { $0 == nil ? 0.0 : 1 }
      let known = series.lazy.compactMap(\.mask).first { [columns] in columns[$0] == mask }
      if let known {
        entry.mask = known
      } else {
        columns.append(mask)
        entry.mask = columns.count - 1
      }
    }
    series.append(entry)
    return series.count - 1
  }

  /// Asks for the average of some series' means; returns its place in `run()`'s answer.
  mutating func ask(forAverageOf numbers: [Int]) -> Int {
    precondition(!numbers.isEmpty, "an average of no series")
    statistics.append(numbers)
    return statistics.count - 1
  }

  /// Resamples, and returns one distribution a statistic.
  func run() -> [BootstrapDistribution] {
    let table = Table(columns, sampleCount: sampleCount)
    let chunk = 256
    let chunks = ParallelLoop.map((resamples + chunk - 1) / chunk) { number in
      rows(number * chunk..<min((number + 1) * chunk, resamples), table)
    }
    let sums = columns.map { $0.reduce(0, +) }
    return statistics.indices.map { statistic in
      let numbers = statistics[statistic]
      return BootstrapDistribution(
        value: average(of: numbers, sums: sums),
        definedCount: numbers.map { series[$0].definedCount }.min()!,
        resampled: chunks.flatMap { rows in rows.map { $0[statistic] } })
    }
  }

  /// The statistics of some resamples.
  private func rows(_ numbers: Range<Int>, _ table: Table) -> [[Double]] {
    var draws = [Int32](repeating: 0, count: sampleCount)
    return numbers.map { number in
      var generator = SeededGenerator(seed: seed, stream: UInt64(number))
      for index in draws.indices { draws[index] = Int32(generator.index(below: sampleCount)) }
      let sums = table.sums(over: draws)
      return statistics.map { average(of: $0, sums: sums) }
    }
  }

  /// The average of the means that are defined in a resample; NaN where none is.
  private func average(of numbers: [Int], sums: [Double]) -> Double {
    var total = 0.0
    var count = 0
    for number in numbers {
      let entry = series[number]
      let defined = entry.mask.map { sums[$0] } ?? Double(sampleCount)
      guard defined > 0 else { continue }
      total += sums[entry.values] / defined
      count += 1
    }
    return total / Double(count)
  }
}

extension Bootstrap {
  /// The columns side by side, so that a draw reads one row.
  private struct Table: Sendable {
    /// Columns a pass: eight SSE registers of sums.
    private static let width = 16

    private let columnCount: Int
    private let blockCount: Int
    /// [blockCount, sampleCount, width], zeros where columns end.
    private let values: [Double]
    private let sampleCount: Int

    init(_ columns: [[Double]], sampleCount: Int) {
      columnCount = columns.count
      blockCount = (columns.count + Self.width - 1) / Self.width
      self.sampleCount = sampleCount
      var values = [Double](repeating: 0, count: blockCount * sampleCount * Self.width)
      for (number, column) in columns.enumerated() {
        let (block, place) = number.quotientAndRemainder(dividingBy: Self.width)
        for sample in 0..<sampleCount {
          values[(block * sampleCount + sample) * Self.width + place] = column[sample]
        }
      }
      self.values = values
    }

    /// Each column's sum over the drawn samples.
    func sums(over draws: [Int32]) -> [Double] {
      var result: [Double] = []
      result.reserveCapacity(blockCount * Self.width)
      values.withUnsafeBytes { bytes in
        for block in 0..<blockCount {
          var first = SIMD8<Double>.zero
          var second = SIMD8<Double>.zero
          let base = bytes.baseAddress! + block * sampleCount * Self.width * 8
          for draw in draws {
            let row = base + Int(draw) * Self.width * 8
            first += row.loadUnaligned(as: SIMD8<Double>.self)
            second += row.loadUnaligned(fromByteOffset: 64, as: SIMD8<Double>.self)
          }
          for index in 0..<8 { result.append(first[index]) }
          for index in 0..<8 { result.append(second[index]) }
        }
      }
      return Array(result.prefix(columnCount))
    }
  }
}
