import Analysis
import Recordings
import TensorCore
import TestSupport
import Testing

struct PermutationNullTests {
  /// Independent uniform 8×8 maps score 0.75 = E[u]² / E[u²]: the trap that the null is there for.
  @Test func unrelatedUniformMapsHaveNoExcess() throws {
    var generator = SeededGenerator(seed: 5)
    let grid = GridSize(height: 8, width: 8)
    let recording = syntheticRecording(sampleCount: 300, grids: [grid, grid], input: grid) { _, _ in
      uniformMap(64, &generator)
    }
    let result = try Auditor.audit(
      baseline: [recording], egt: [recording], options: AuditOptions(resamples: 2000))
    let consistency = try #require(result.baseline.exits[0].consistency)
    #expect(isClose(consistency.cosine.value, 0.75, 0.01))
    #expect(isClose(consistency.null, 0.75, 0.01))
    let excess = try #require(consistency.excess)
    #expect(abs(excess.value) < 0.01)
    #expect(excess.low! < 0 && excess.high! > 0)
    #expect(abs(consistency.centred.value) < 0.03)
    #expect(result.flags.contains { $0.code == "NO-EXCESS" && $0.exit == 1 })
  }

  @Test func relatedMapsHaveExcess() throws {
    var generator = SeededGenerator(seed: 6)
    let grid = GridSize(height: 8, width: 8)
    let maps = (0..<50).map { _ in uniformMap(64, &generator) }
    let recording = syntheticRecording(sampleCount: 50, grids: [grid, grid], input: grid) {
      sample, exit in
      exit == 0 ? maps[sample] : maps[sample].map { $0 * 3 }
    }
    let result = try Auditor.audit(baseline: [recording], egt: [recording])
    let consistency = try #require(result.baseline.exits[0].consistency)
    #expect(isClose(consistency.cosine.value, 1, 1e-12))
    #expect(isClose(consistency.null, 0.75, 0.02))
    #expect(consistency.excess!.low! > 0.2)
    #expect(!result.flags.contains { $0.code == "NO-EXCESS" })
  }

  /// With two samples the null is the mean of the two crossed cosines.
  @Test func crossesTwoSamples() throws {
    let line = GridSize(height: 1, width: 2)
    let maps: [[[Float]]] = [[[1, 0], [3, 4]], [[0, 1], [4, 3]]]
    let recording = syntheticRecording(sampleCount: 2, grids: [line, line], input: line) {
      maps[$0][$1]
    }
    let result = try Auditor.audit(baseline: [recording], egt: [recording])
    let consistency = try #require(result.baseline.exits[0].consistency)
    // Own: 3/5 and 3/5. Crossed: 4/5 and 4/5. Centred: own −1 and −1, crossed 1 and 1.
    #expect(isClose(consistency.cosine.value, 0.6, 1e-12))
    #expect(isClose(consistency.null, 0.8, 1e-12))
    #expect(isClose(consistency.excess?.value, -0.2, 1e-12))
    #expect(isClose(consistency.centred.value, -1, 1e-12))
    #expect(isClose(consistency.centredNull, 1, 1e-12))
  }

  @Test func oneSampleHasNone() throws {
    let recording = syntheticRecording(sampleCount: 1)
    let result = try Auditor.audit(baseline: [recording], egt: [recording])
    let consistency = try #require(result.baseline.exits[0].consistency)
    #expect(consistency.null == nil && consistency.excess == nil && consistency.centredNull == nil)
    #expect(consistency.cosine.low == nil && consistency.cosine.high == nil)
    #expect(result.baseline.mean[.cosine]?.null == nil)
    #expect(result.paired?.mean[.cosine]?.estimate.low == nil && result.paired?.mean.p == nil)
  }
}
