import Analysis
import Recordings
import TensorCore
import Testing

/// Functions of two maps on the grid that all exits share, and their nulls.
struct MapFunctionTests {
  private static let shared = GridSize(height: 2, width: 2)

  /// Tells which map and which final map it was given: cells of sample n sum to 4·(n + 1) at every exit.
  private static let pair = MapFunction(key: "pair") { map, final, grid in
    #expect(grid == shared)
    func sample(_ cells: UnsafePointer<Double>) -> Double {
      (0..<4).reduce(0) { $0 + cells[$1] } / 4 - 1
    }
    return sample(map) * 1000 + sample(final)
  }

  private func scan(
    samples: Int, undefined: Int? = nil, seed: UInt64 = 3
  ) throws -> FunctionColumns {
    let recording = syntheticRecording(
      sampleCount: samples, grids: [GridSize(height: 4, width: 4), Self.shared],
      input: GridSize(height: 8, width: 8)
    ) { sample, exit in
      let level = sample == undefined ? 0 : Float(sample + 1)
      return exit == 0
        ? (0..<16).map { level + ($0 % 2 == 0 ? 0.5 : -0.5) }
        : [level - 0.5, level + 0.5, level - 0.5, level + 0.5].map { level == 0 ? 0 : $0 }
    }
    let scan = try RecordingScan(
      recording, sharedGrid: Self.shared, functions: [Self.pair], seed: seed)
    #expect(scan.exits[1].consistency == nil)
    return try #require(scan.exits[0].consistency?.functions["pair"])
  }

  @Test func valuesAreOfOneImageAndNullsOfTwo() throws {
    let columns = try scan(samples: 150)
    #expect(columns.values.count == 150 && columns.nulls.count == 150)
    var partners: Set<Int> = []
    for sample in 0..<150 {
      #expect(columns.values[sample] == Double(sample * 1000 + sample))
      let null = Int(try #require(columns.nulls[sample]))
      let (map, final) = (null / 1000, null % 1000)
      #expect(map == sample && final != sample && final < 150)
      partners.insert(final)
    }
    // Drawn with replacement from all others: 1 − 1/e of them on average.
    #expect(partners.count > 75)
  }

  @Test func partnersComeFromTheSeed() throws {
    #expect(try scan(samples: 100).nulls == scan(samples: 100).nulls)
    #expect(try scan(samples: 100).nulls != scan(samples: 100, seed: 4).nulls)
  }

  /// Neither the undefined image nor those whose partner it is have a null.
  @Test func undefinedMapsHaveNone() throws {
    let columns = try scan(samples: 3, undefined: 1)
    #expect(columns.values[1] == nil && columns.nulls[1] == nil && columns.excess[1] == nil)
    #expect(columns.values[0] == 0 && columns.values[2] == 2002)
    for sample in [0, 2] {
      let null = columns.nulls[sample]
      #expect(null == nil || null == Double(sample * 1000 + 2 - sample))
    }
  }

  @Test func oneImageHasNoNull() throws {
    let columns = try scan(samples: 1)
    #expect(columns.values[0] == 0 && columns.nulls.isEmpty && columns.excess[0] == nil)
  }

  @Test func withoutASharedGridNothingIsDefined() throws {
    let point = GridSize(height: 1, width: 1)
    let recording = syntheticRecording(sampleCount: 3, grids: [point, point]) { sample, _ in
      [Float(sample + 1)]
    }
    let scan = try RecordingScan(
      recording, sharedGrid: nil, functions: [Self.pair], seed: 3)
    let columns = try #require(scan.exits[0].consistency?.functions["pair"])
    #expect(columns.values.allSatisfy { $0 == nil } && columns.values.count == 3)
    #expect(columns.excess.allSatisfy { $0 == nil } && columns.excess.count == 3)
  }
}
