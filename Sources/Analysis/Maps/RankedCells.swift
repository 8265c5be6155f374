/// A map's cells in order of size: their ranks, and the largest of them. Holds its memory, to be filled again.
///
/// Two cells tie where they are equal as Floats (−0 and 0 are); tied cells share the mean of their ranks.
package final class RankedCells {
  package let count: Int
  /// Ranks from 1 less their mean (count + 1) / 2, [count]; exact, being halves.
  let centredRanks: UnsafeMutablePointer<Double>
  /// Σ of the squares of `centredRanks`: 0 where all cells tie.
  private(set) var squares = 0.0

  /// Ascending after `load`: an order-preserving image of the value in the upper half, the cell's place below.
  private let keys: UnsafeMutablePointer<UInt64>
  private let spare: UnsafeMutablePointer<UInt64>

  package init(count: Int) {
    self.count = count
    centredRanks = .allocate(capacity: count)
    keys = .allocate(capacity: count)
    spare = .allocate(capacity: count)
  }

  deinit {
    centredRanks.deallocate()
    keys.deallocate()
    spare.deallocate()
  }

  /// - Parameter cells: [count], finite.
  package func load(_ cells: UnsafePointer<Float>) {
    for index in 0..<count {
      keys[index] = UInt64(Self.ordered(cells[index])) << 32 | UInt64(UInt32(index))
    }
    if count < 80 { insertionSort() } else { radixSort() }
    rank()
  }

  /// The value of the cell with so many cells at least as large, itself among them; 1 is the largest cell.
  package func largest(_ place: Int) -> Float {
    Self.value(UInt32(keys[count - place] >> 32))
  }

  private func rank() {
    squares = 0
    let middle = Double(count + 1) / 2
    var start = 0
    while start < count {
      let value = keys[start] >> 32
      var end = start + 1
      while end < count, keys[end] >> 32 == value { end += 1 }
      // Ranks start + 1 … end.
      let rank = Double(start + 1 + end) / 2 - middle
      for index in start..<end { centredRanks[Int(keys[index] & 0xFFFF_FFFF)] = rank }
      squares += rank * rank * Double(end - start)
      start = end
    }
  }

  /// Floats in the order of their values as unsigned integers; adding 0 turns −0 into 0.
  private static func ordered(_ value: Float) -> UInt32 {
    let bits = (value + 0).bitPattern
    return bits >> 31 == 1 ? ~bits : bits | 0x8000_0000
  }

  private static func value(_ ordered: UInt32) -> Float {
    Float(bitPattern: ordered >> 31 == 1 ? ordered & 0x7FFF_FFFF : ~ordered)
  }

  private func insertionSort() {
    for index in 1..<max(1, count) {
      let key = keys[index]
      var place = index
      while place > 0, keys[place - 1] > key {
        keys[place] = keys[place - 1]
        place -= 1
      }
      keys[place] = key
    }
  }

  /// Least significant digit first, 8 bits of the value at a time: an even number of passes, so that the result lies
  /// in `keys`. Equal values keep their order.
  private func radixSort() {
    var (from, to) = (keys, spare)
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 256) { places in
      for shift in stride(from: UInt64(32), through: 56, by: 8) {
        places.update(repeating: 0)
        for index in 0..<count { places[Int(from[index] >> shift & 255)] += 1 }
        var sum: Int32 = 0
        for digit in 0..<256 {
          let digits = places[digit]
          places[digit] = sum
          sum += digits
        }
        for index in 0..<count {
          let digit = Int(from[index] >> shift & 255)
          to[Int(places[digit])] = from[index]
          places[digit] += 1
        }
        swap(&from, &to)
      }
    }
  }
}

/// Spearman's rank correlation (1904): Pearson's correlation of the ranks, ties sharing their mean rank.
package enum RankCorrelation {
  /// nil where all cells of a map tie.
  static func spearman(_ first: RankedCells, _ second: RankedCells) -> Double? {
    let scale = (first.squares * second.squares).squareRoot()
    guard scale > 0 else { return nil }
    return DoubleKernels.dot(first.centredRanks, second.centredRanks, first.count) / scale
  }

  /// The same of two arrays, finite.
  package static func spearman(_ first: [Float], _ second: [Float]) -> Double? {
    precondition(first.count == second.count, "\(first.count) cells against \(second.count)")
    let ranked = [first, second].map { cells in
      let result = RankedCells(count: cells.count)
      cells.withUnsafeBufferPointer { result.load($0.baseAddress!) }
      return result
    }
    return spearman(ranked[0], ranked[1])
  }
}
