import Analysis
import TensorCore
import TestSupport
import Testing

/// The bound holds for every final map that is tried, and one reaches it.
@Suite struct GridCeilingTests {
  private struct Grids: CustomTestStringConvertible {
    var early: GridSize
    var final: GridSize
    var input: GridSize
    var testDescription: String { "\(early) and \(final) on \(input)" }

    init(_ early: (Int, Int), _ final: (Int, Int), _ input: (Int, Int)) {
      self.early = GridSize(height: early.0, width: early.1)
      self.final = GridSize(height: final.0, width: final.1)
      self.input = GridSize(height: input.0, width: input.1)
    }
  }

  private static let table = [
    Grids((8, 8), (4, 4), (16, 16)), Grids((16, 16), (2, 2), (32, 32)),
    Grids((5, 9), (3, 2), (20, 18)),
    Grids((4, 4), (4, 4), (16, 16)), Grids((6, 6), (1, 1), (12, 12)),
  ]

  private static func cosine(_ a: [Double], _ b: [Double]) -> Double {
    let dot = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    let squares = [a, b].map { $0.reduce(0) { $0 + $1 * $1 } }
    return dot / (squares[0] * squares[1]).squareRoot()
  }

  private static func ceiling(_ map: [Double], _ grids: Grids) -> Double {
    let upsampled = BilinearResampler(from: grids.early, to: grids.input).resample(map)
    let norm = upsampled.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return GridCeiling(grid: grids.early, final: grids.final, input: grids.input)
      .projectedNorm(map.map { Float($0) }) / norm
  }

  /// By steepest ascent over final maps, the best is the ceiling; no step passes it.
  @Test(arguments: table.indices) func isReachedAndNeverPassed(_ row: Int) {
    let grids = Self.table[row]
    var generator = SeededGenerator(seed: 3)
    let map = (0..<grids.early.count).map { _ in
      Double(Float(generator.uniform() * generator.uniform()))
    }
    let ceiling = Self.ceiling(map, grids)
    let early = BilinearResampler(from: grids.early, to: grids.input).resample(map)
    let resampler = BilinearResampler(from: grids.final, to: grids.input)
    var final = (0..<grids.final.count).map { _ in generator.uniform() }
    var best = 0.0
    for _ in 0..<3000 {
      let drawn = resampler.resample(final)
      let cosine = Self.cosine(early, drawn)
      #expect(cosine <= ceiling + 1e-6)
      best = max(best, cosine)
      // The gradient of the cosine, up to a factor: e/‖e‖ − cos · d/‖d‖, brought back to the final grid.
      let (e, d) = (norm(early), norm(drawn))
      let toward = zip(early, drawn).map { $0 / e - cosine * $1 / d }
      let step = resampler.transposed(toward)
      // Interpolation stretches a vector by √(cells of the input / of the final grid) at most.
      let scale = d * Double(grids.final.count) / Double(grids.input.count)
      for cell in final.indices { final[cell] += scale * step[cell] }
    }
    #expect(abs(best - ceiling) < 1e-4, "\(best) and \(ceiling)")
  }

  private func norm(_ values: [Double]) -> Double {
    values.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  /// What the final grid can say it says whole; of one bright cell of a fine grid it can say little.
  @Test func knownCases() {
    let same = Grids((4, 4), (4, 4), (64, 64))
    let ramp = (0..<16).map { Double($0 + 1) }
    #expect(abs(Self.ceiling(ramp, same) - 1) < 1e-6)
    let flat = Grids((32, 32), (4, 4), (64, 64))
    #expect(abs(Self.ceiling([Double](repeating: 0.5, count: 1024), flat) - 1) < 1e-6)
    var peak = [Double](repeating: 0, count: 1024)
    peak[16 * 32 + 16] = 1
    // From PyTorch's interpolation and NumPy's QR decomposition: the script is in docs/BOUNDS.md.
    #expect(abs(Self.ceiling(peak, flat) - 0.128_429_583) < 1e-6, "\(Self.ceiling(peak, flat))")
  }

  /// In an audit every sample's cosine stays below its ceiling's mean, exit by exit.
  @Test func auditPrintsIt() throws {
    let grids = [GridSize(height: 8, width: 8), GridSize(height: 2, width: 2)]
    var generator = SeededGenerator(seed: 9)
    let maps = (0..<12).map { _ in grids.map { uniformMap($0.count, &generator) } }
    let recording = syntheticRecording(
      sampleCount: 12, grids: grids, input: GridSize(height: 16, width: 16)
    ) { maps[$0][$1] }
    let result = try Auditor.audit(
      baseline: [recording], egt: [recording], options: AuditOptions(resamples: 50))
    let consistency = try #require(result.baseline.exits[0].consistency)
    let ceiling = try #require(consistency.ceiling)
    let own = maps.map { Self.ceiling($0[0].map { Double($0) }, Grids((8, 8), (2, 2), (16, 16))) }
    #expect(abs(ceiling - own.reduce(0, +) / 12) < 1e-6)
    #expect(consistency.cosine.value <= ceiling)
    #expect(result.baseline.mean[.ceiling]?.value == ceiling)
  }
}
