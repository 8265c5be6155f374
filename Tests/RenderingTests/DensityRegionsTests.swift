import Rendering
import TensorCore
import Testing

@Suite struct DensityRegionsTests {
  private static let shares = [0.5, 0.75, 0.9]

  private func levels(_ cells: [Float]) -> [Float]? {
    cells.withUnsafeBufferPointer {
      DensityRegions.levels(of: $0, enclosing: Self.shares)
    }
  }

  /// The cells of each share's region.
  private func regions(_ cells: [Float]) throws -> [[Int]] {
    try #require(levels(cells)).map { level in cells.indices.filter { cells[$0] >= level } }
  }

  @Test func knownRegions() throws {
    // Of 16: half in one cell, 11 in two, 13 or 15 with one of the 2s or both.
    #expect(try regions([0, 8, 0.5, 2, 2, 0.5, 3]) == [[1], [1, 3, 4, 6], [1, 3, 4, 6]])
    #expect(try regions([0.5, 8, 0.25, 4, 0.25, 3]) == [[1], [1, 3], [1, 3, 5]])
    // Exactly the share is enough: nine tenths of ten parts that are no binary fractions.
    let tenths = [Float](repeating: 0.1, count: 9) + [0.05, 0.05]
    #expect(try regions(tenths)[2] == Array(0..<9))
  }

  @Test func tiesAreAllIn() throws {
    // Half is reached with two of the three equal cells.
    #expect(try regions([3, 1, 3, 3])[0] == [0, 2, 3])
    // Equal but for rounding.
    #expect(try regions([0.3, 0.1, Float(0.3).nextUp, Float(0.3).nextDown])[0] == [0, 2, 3])
  }

  /// Against the definition, on maps from flat to peaked.
  @Test(arguments: [0, 0.01, 1, 8, 60])
  func regionsHoldTheirShareAndNoMoreThanTheyNeed(contrast: Double) throws {
    var random = SeededGenerator(seed: 5, stream: "density regions \(contrast)")
    let cells = (0..<900).map { _ in Float(pow2(contrast * random.normal())) }
    let mass = cells.reduce(0.0) { $0 + Double($1) }
    guard contrast > 0 else {
      #expect(levels(cells) == nil)
      return
    }
    for (share, region) in zip(Self.shares, try regions(cells)) {
      let held = region.map { Double(cells[$0]) }
      #expect(held.reduce(0, +) >= share * mass * (1 - 1e-9))
      let smallest = region.map { cells[$0] }.min()!
      let needed = held.filter { $0 > Double(smallest) * (1 + 3e-6) }
      #expect(needed.reduce(0, +) < share * mass)
      // No cell outside is larger than one inside.
      #expect(cells.indices.allSatisfy { region.contains($0) == (cells[$0] >= smallest) })
    }
  }

  private func pow2(_ exponent: Double) -> Double {
    // Without Foundation: two to a power between −126 and 127.
    let whole = exponent.rounded(.down)
    let scale = Double(sign: .plus, exponent: Int(max(-126, min(126, whole))), significand: 1)
    return scale * (1 + exponent - whole)
  }

  @Test(
    arguments: [
      [0, 0, 0, 0], [0.2, 0.2, 0.2, 0.2], [1, 1, 1, Float(1).nextUp], [0.5, -0.1, 0.3, 0.3],
      [.nan, 1, 0, 0], [.infinity, 1, 0, 0], [7], [2, 1, 1, 1],
    ] as [[Float]])
  func noMassToDivide(cells: [Float]) { #expect(levels(cells) == nil) }

  @Test func theSmallestNumbersHaveRegionsToo() throws {
    let tiny = Float.leastNonzeroMagnitude
    #expect(try regions([tiny, 0, 0, 0]) == [[0], [0], [0]])
    #expect(try regions([.greatestFiniteMagnitude, 1, 0]) == [[0], [0], [0]])
  }
}
