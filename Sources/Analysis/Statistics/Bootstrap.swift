import TensorCore

/// Resamples images, and training runs where there are several, for many numbers at once.
///
/// Images are drawn with replacement; every number of every run and of all models is computed from the same draws, so
/// differences are paired. A series' mean is the sum over its defined images divided by their number among the draws.
/// *Nested* numbers draw runs as well: as many as there are, with replacement, from each of two models by itself or, where
/// runs are matched by seed, whole pairs; all runs of a resample see the same drawn images (images and runs are crossed;
/// Owen's (2007) pigeonhole bootstrap). Draws are made in resample r by stream r of the seed: results do not depend on
/// the number of threads, nor on what else is asked.
package struct Bootstrap {
  private let sampleCount: Int
  private let resamples: Int
  private let seed: UInt64
  private var designs: [RunDesign]
  /// Values with 0 where undefined, and masks of 0 and 1; [sampleCount] each, no two alike.
  private var table: BootstrapTable
  private var series: [Series] = []
  private var statistics: [Statistic] = []

  private struct Series {
    var values: Int
    /// nil where every sample is defined.
    var mask: Int?
    var definedCount: Int
  }

  /// A number that runs are drawn for: model − reference, or that of one of them where the other is empty.
  package struct Nested: Sendable {
    /// [recording][series]; a run's number is the average of its series' means. A run without series is left out.
    package var reference: [[Int]]
    package var model: [[Int]]
    /// Which of the bootstrap's designs says how their runs belong together.
    package var design: Int

    package init(reference: [[Int]] = [], model: [[Int]] = [], design: Int = 0) {
      self.reference = reference
      self.model = model
      self.design = design
    }
  }

  private enum Statistic {
    case average([Int])
    /// Mean over standard deviation; `squares` is a column.
    case standardised(Int, squares: Int)
    case nested(Nested)
  }

  package init(sampleCount: Int, resamples: Int, seed: UInt64, design: RunDesign? = nil) {
    self.sampleCount = sampleCount
    table = BootstrapTable(sampleCount: sampleCount)
    self.resamples = resamples
    self.seed = seed
    designs = design.map { [$0] } ?? []
  }

  /// Adds a design, or finds the one that is the same; returns its number, for `Nested`.
  package mutating func add(_ design: RunDesign) -> Int {
    if let known = designs.firstIndex(of: design) { return known }
    designs.append(design)
    return designs.count - 1
  }

  /// Adds a series, one value a sample; returns its number, or nil where no value is defined.
  package mutating func add(_ values: some Collection<Double?>) -> Int? {
    precondition(
      values.count == sampleCount, "\(sampleCount) samples expected, got \(values.count)")
    let definedCount = values.count { $0 != nil }
    guard definedCount > 0 else { return nil }
    series.append(
      Series(
        values: table.add(values.map { $0 ?? 0 }),
        mask: definedCount < sampleCount ? table.add(values.map { $0 == nil ? 0 : 1 }) : nil,
        definedCount: definedCount))
    return series.count - 1
  }

  /// Asks for the average of some series' means; returns its place in `run()`'s answer.
  package mutating func ask(forAverageOf numbers: [Int]) -> Int {
    precondition(!numbers.isEmpty, "an average of no series")
    statistics.append(.average(numbers))
    return statistics.count - 1
  }

  /// Asks for a series' mean over its standard deviation (ddof 1); undefined where all values are the same.
  package mutating func ask(forStandardisedMeanOf number: Int) -> Int {
    let squares = table.add(table.column(series[number].values).map { $0 * $0 })
    statistics.append(.standardised(number, squares: squares))
    return statistics.count - 1
  }

  /// Asks for the mean over drawn runs of their numbers.
  package mutating func ask(forNested nested: Nested) -> Int {
    precondition(
      designs.indices.contains(nested.design), "runs can be drawn only where their design is known")
    statistics.append(.nested(nested))
    return statistics.count - 1
  }

  /// Resamples, and returns one distribution a statistic.
  package func run() -> [BootstrapDistribution] {
    // Enough to read the table seldom, few enough for their counts to stay near.
    let batch = 32
    let batches = ParallelLoop.map((resamples + batch - 1) / batch) { number in
      rows(number * batch..<min((number + 1) * batch, resamples))
    }
    let sums = (0..<table.columnCount).map { table.column($0).reduce(0, +) }
    let everyRun = designs.map { RunDraw(everyOf: $0) }
    return statistics.indices.map { statistic in
      BootstrapDistribution(
        value: value(of: statistics[statistic], sums: sums, runs: everyRun),
        definedCount: definedCount(of: statistics[statistic]),
        resampled: batches.flatMap { rows in rows.map { $0[statistic] } },
        influences: influences(on: statistics[statistic], sums: sums))
    }
  }

  /// The statistics of some resamples.
  private func rows(_ numbers: Range<Int>) -> [[Double]] {
    var counts = [Float](repeating: 0, count: numbers.count * sampleCount)
    var runs: [[RunDraw]] = []
    counts.withUnsafeMutableBufferPointer { counts in
      for (place, number) in numbers.enumerated() {
        var generator = SeededGenerator(seed: seed, stream: UInt64(number))
        generator.draw(
          sampleCount, countingInto: counts.baseAddress! + place * sampleCount, of: sampleCount)
        // Each design draws from here on by itself: another one changes nothing.
        runs.append(
          designs.map { design in
            var own = generator
            return RunDraw(from: design, &own)
          })
      }
    }
    return zip(table.sums(counts, resamples: numbers.count), runs).map { sums, runs in
      statistics.map { value(of: $0, sums: sums, runs: runs) }
    }
  }
}

extension Bootstrap {
  /// NaN where undefined.
  private func value(of statistic: Statistic, sums: [Double], runs: [RunDraw]) -> Double {
    switch statistic {
    case .average(let numbers): return average(of: numbers, sums: sums)
    case .standardised(let number, let squares):
      let count = count(series[number], sums)
      let mean = sums[series[number].values] / count
      let variance = (sums[squares] - count * mean * mean) / (count - 1)
      // Rounding leaves about 1e-16 of the squares where all values are the same.
      return variance > 1e-14 * mean * mean ? mean / variance.squareRoot() : .nan
    case .nested(let nested):
      func mean(_ recordings: [[Int]], _ drawn: [Int]) -> Double {
        let values = drawn.map { average(of: recordings[$0], sums: sums) }.filter { !$0.isNaN }
        return values.reduce(0, +) / Double(values.count)
      }
      let drawn = runs[nested.design]
      if nested.model.isEmpty { return mean(nested.reference, drawn.reference) }
      if nested.reference.isEmpty { return mean(nested.model, drawn.model) }
      return mean(nested.model, drawn.model) - mean(nested.reference, drawn.reference)
    }
  }

  /// The average of the means that are defined in a resample; NaN where none is.
  private func average(of numbers: [Int], sums: [Double]) -> Double {
    var total = 0.0
    var averaged = 0
    for number in numbers {
      let count = count(series[number], sums)
      guard count > 0 else { continue }
      total += sums[series[number].values] / count
      averaged += 1
    }
    return total / Double(averaged)
  }

  private func count(_ series: Series, _ sums: [Double]) -> Double {
    series.mask.map { sums[$0] } ?? Double(sampleCount)
  }

  private func definedCount(of statistic: Statistic) -> Int {
    switch statistic {
    case .average(let numbers): numbers.map { series[$0].definedCount }.min()!
    case .standardised(let number, _): series[number].definedCount
    case .nested(let nested):
      (nested.reference + nested.model).joined().map { series[$0].definedCount }.min() ?? 0
    }
  }

  /// The empirical influence function; empty for nested numbers, whose quantiles are taken as they are.
  private func influences(on statistic: Statistic, sums: [Double]) -> [Double] {
    switch statistic {
    case .average(let numbers):
      var result = [Double](repeating: 0, count: sampleCount)
      for number in numbers { add(deviations(of: number, sums), to: &result) }
      return result
    case .standardised(let number, let squares):
      let count = count(series[number], sums)
      let mean = sums[series[number].values] / count
      let variance = (sums[squares] - count * mean * mean) / (count - 1)
      // d = m / s changes by (x − m) / s − d · ((x − m)² / s² − 1) / 2.
      let deviation = variance.squareRoot()
      return deviations(of: number, sums).enumerated().map { sample, value in
        let z = value * count / Double(sampleCount) / deviation
        let isDefined = series[number].mask.map { table[$0, sample] > 0 } ?? true
        return isDefined ? z - mean / deviation * (z * z - 1) / 2 : 0
      }
    case .nested: return []
    }
  }

  /// A sample's deviation from the series' mean, times all samples over defined ones; 0 where undefined.
  private func deviations(of number: Int, _ sums: [Double]) -> [Double] {
    let entry = series[number]
    let count = count(entry, sums)
    let mean = sums[entry.values] / count
    let factor = Double(sampleCount) / count
    return (0..<sampleCount).map { sample in
      let isDefined = entry.mask.map { table[$0, sample] > 0 } ?? true
      return isDefined ? (table[entry.values, sample] - mean) * factor : 0
    }
  }

  private func add(_ values: [Double], to total: inout [Double]) {
    for index in total.indices { total[index] += values[index] }
  }
}

/// The runs that a resample sees, by number.
private struct RunDraw {
  var reference: [Int]
  var model: [Int]

  /// Every run once.
  init(everyOf design: RunDesign) {
    reference = Array(0..<design.referenceCount)
    model = Array(0..<design.modelCount)
  }

  init(from design: RunDesign, _ generator: inout SeededGenerator) {
    if let pairs = design.pairs {
      let drawn = pairs.map { _ in pairs[generator.index(below: pairs.count)] }
      reference = drawn.map(\.reference)
      model = drawn.map(\.model)
    } else {
      reference = Self.draw(design.referenceCount, &generator)
      model = Self.draw(design.modelCount, &generator)
    }
  }

  private static func draw(_ count: Int, _ generator: inout SeededGenerator) -> [Int] {
    (0..<count).map { _ in generator.index(below: count) }
  }
}
