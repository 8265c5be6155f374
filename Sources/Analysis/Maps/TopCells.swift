/// How far the largest cells of two maps lie in the same places.
///
/// A map's top p % are the cells at least as large as its k-th largest cell, k = ⌈p · cells / 100⌉: all cells that
/// tie with it are in, so the set may be larger than k, and no tie is broken by place.
package struct TopCells: Sendable, Equatable {
  package var firstCount: Int
  package var secondCount: Int
  /// In both.
  package var sharedCount: Int

  /// Intersection over union (Jaccard, 1901), 0…1.
  package var intersectionOverUnion: Double {
    Double(sharedCount) / Double(firstCount + secondCount - sharedCount)
  }

  /// k.
  package static func count(percent: Int, of cells: Int) -> Int {
    max(1, (percent * cells + 99) / 100)
  }

  /// - Parameters:
  ///   - first: [count], finite; so is `second`.
  ///   - firstThreshold: its k-th largest cell; `secondThreshold` the other's.
  init(
    _ first: UnsafePointer<Float>, atLeast firstThreshold: Float,
    _ second: UnsafePointer<Float>, atLeast secondThreshold: Float, count: Int
  ) {
    (firstCount, secondCount, sharedCount) = (0, 0, 0)
    for index in 0..<count {
      let isFirst = first[index] >= firstThreshold
      let isSecond = second[index] >= secondThreshold
      firstCount += isFirst ? 1 : 0
      secondCount += isSecond ? 1 : 0
      sharedCount += isFirst && isSecond ? 1 : 0
    }
  }

  /// Of two arrays, finite.
  package init(_ first: [Float], _ second: [Float], percent: Int) {
    precondition(first.count == second.count, "\(first.count) cells against \(second.count)")
    func threshold(_ cells: UnsafeBufferPointer<Float>) -> Float {
      let ranked = RankedCells(count: cells.count)
      ranked.load(cells.baseAddress!)
      return ranked.largest(Self.count(percent: percent, of: cells.count))
    }
    self = first.withUnsafeBufferPointer { first in
      second.withUnsafeBufferPointer { second in
        TopCells(
          first.baseAddress!, atLeast: threshold(first), second.baseAddress!,
          atLeast: threshold(second), count: first.count)
      }
    }
  }

  /// The intersection over union that two sets of these sizes have on average when each is drawn from the cells
  /// at random: Σ_j P(j) · j / (a + b − j), j being hypergeometric (a drawn from n of which b count). Exact.
  package static func chance(_ first: Int, _ second: Int, of cells: Int) -> Double {
    precondition(
      first > 0 && second > 0 && max(first, second) <= cells,
      "sets of \(first) and \(second) among \(cells) cells")
    let (low, high) = (max(0, first + second - cells), min(first, second))
    // Weights relative to the mode, by the ratio of neighbours, until they no longer count: the probability at
    // either end may be too small for a Double.
    let mode = min(high, max(low, (first + 1) * (second + 1) / (cells + 2)))
    func agreement(_ shared: Int) -> Double { Double(shared) / Double(first + second - shared) }
    var (weights, sum) = (1.0, agreement(mode))
    var weight = 1.0
    for shared in stride(from: mode, to: high, by: 1) {
      weight *=
        Double(first - shared) * Double(second - shared)
        / (Double(shared + 1) * Double(cells - first - second + shared + 1))
      weights += weight
      sum += weight * agreement(shared + 1)
      if weight < 1e-20 { break }
    }
    weight = 1
    for shared in stride(from: mode, to: low, by: -1) {
      weight *=
        Double(shared) * Double(cells - first - second + shared)
        / (Double(first - shared + 1) * Double(second - shared + 1))
      weights += weight
      sum += weight * agreement(shared - 1)
      if weight < 1e-20 { break }
    }
    return sum / weights
  }
}
