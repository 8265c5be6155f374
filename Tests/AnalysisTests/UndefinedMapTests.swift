import Analysis
import Recordings
import TensorCore
import TestSupport
import Testing

/// Which maps take part in a consistency, and what happens to the others.
struct UndefinedMapTests {
  static let good: [Float] = [1, 2, 3, 5]

  /// Cells of a 2×2 map, and whether a cosine with it means something.
  static let table: [([Float], Bool)] = [
    ([1, 2, 3, 4], true),
    ([0, 0, 0, 1e-30], true),
    ([-1, 2, -3, 4], true),
    ([-4, -3, -2, -1], true),
    ([1, 1, 1, 1.00001], true),
    ([0, 0, 0, 0], false),
    ([-0.0, 0, -0.0, 0], false),
    ([0.25, 0.25, 0.25, 0.25], false),
    ([-7, -7, -7, -7], false),
    // One unit in the last place, as a softmax of equal scores may give.
    ([0.25, 0.25, 0.25, Float(0.25).nextUp], false),
    ([1, 2, .nan, 4], false),
    ([1, 2, .infinity, 4], false),
    ([-.infinity, 2, 3, 4], false),
    ([.nan, .nan, .nan, .nan], false),
  ]

  @Test(arguments: table.indices, [0, 1])
  func decides(row: Int, exit: Int) throws {
    let (cells, isDefined) = Self.table[row]
    // Sample 1 of 3 has the map, at one of the exits.
    let recording = syntheticRecording(sampleCount: 3) {
      $0 == 1 && $1 == exit ? cells : Self.good.map { $0 + Float($0) }
    }
    let result = try Auditor.audit(
      baseline: [recording], egt: [recording], options: AuditOptions(resamples: 50))
    let first = result.baseline.exits[0]
    #expect(first.n == (isDefined ? 3 : 2))
    #expect(first.undefined == (isDefined ? 0 : 1))
    #expect((result.samples[1].baseline.cosines[0] != nil) == isDefined)
    #expect((result.samples[1].deltaCosine != nil) == isDefined)
    #expect(result.baseline.mean.n == first.n)
    let consistency = try #require(first.consistency)
    #expect(consistency.cosine.value.isFinite && consistency.centred.value.isFinite)
    if !isDefined {
      // The other samples' numbers do not feel it: the maps of both exits are the same there.
      #expect(isClose(consistency.cosine.value, 1, 1e-12))
    }
    let flags = result.flags.filter { $0.code == "UNDEFINED-MAPS" && $0.arm == "baseline" }
    #expect(flags.isEmpty == isDefined)
    #expect(flags.allSatisfy { $0.message.contains("1 of 3") })
    #expect(flags.map(\.exit) == (isDefined ? [] : exit == 0 ? [1] : [1, 2]))
  }

  /// One bad cell is found wherever it lies, in whole groups of eight cells or after them.
  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func findsABadCellAnywhere(value: Float) throws {
    let grid = GridSize(height: 3, width: 7)
    let recording = syntheticRecording(sampleCount: 22, grids: [grid, grid], input: grid) {
      sample, exit in
      var map = (0..<21).map { Float($0 + 1) }
      if exit == 0, sample < 21 { map[sample] = value }
      return map
    }
    let result = try Auditor.audit(
      baseline: [recording], egt: [recording], options: AuditOptions(resamples: 10))
    #expect(result.baseline.exits[0].n == 1)
  }

  @Test func leavesOutEverySampleOfA1x1Exit() throws {
    let grids = [
      GridSize(height: 1, width: 1), GridSize(height: 2, width: 2), GridSize(height: 2, width: 2),
    ]
    let recording = syntheticRecording(sampleCount: 4, grids: grids) { sample, exit in
      exit == 0 ? [Float(sample + 1)] : [1, 2, 3, Float(4 + sample)]
    }
    let result = try Auditor.audit(baseline: [recording], egt: [recording])
    let first = result.baseline.exits[0]
    #expect(first[.cosine] == nil && first.n == 0 && first.undefined == 4)
    #expect(first.spread == nil && first.entropy == nil)
    // The mean is over the exits that have a consistency.
    #expect(
      result.baseline.mean[.cosine]?.estimate.value
        == result.baseline.exits[1][.cosine]?.estimate.value)
    #expect(result.baseline.mean.n == 4)
    #expect(result.paired?.exits[0][.cosine]?.estimate == nil)
    #expect(result.paired?.mean[.cosine]?.estimate.value == 0)
    #expect(result.samples[0].deltaCosine == 0)
  }

  @Test func survivesMapsThatAreAllUndefined() throws {
    let recording = syntheticRecording(sampleCount: 4) { _, _ in [.nan, 0, 0, 0] }
    let result = try Auditor.audit(baseline: [recording], egt: [recording])
    #expect(result.baseline.mean[.cosine] == nil && result.baseline.mean.n == 0)
    #expect(result.baseline.exits[0].undefined == 4)
    #expect(result.baseline.exits.allSatisfy { $0.spread == nil && $0.entropy == nil })
    #expect(result.paired?.mean[.cosine]?.estimate == nil && result.paired?.mean.p == nil)
    #expect(result.samples.allSatisfy { $0.deltaCosine == nil })
    #expect(result.samples[0].baseline.mapMaxima == [0, 0])
  }

  @Test func countsOverAllSeeds() throws {
    let clean = syntheticRecording(sampleCount: 3)
    let spoiled = syntheticRecording(sampleCount: 3) { sample, _ in
      sample == 0 ? [0, 0, 0, 0] : [4, 3, 2, Float(sample)]
    }
    let result = try Auditor.audit(baseline: [clean, spoiled], egt: [clean])
    #expect(result.baseline.exits[0].n == 5 && result.baseline.exits[0].undefined == 1)
    #expect(result.baseline.seeds.count == 2)
  }
}
