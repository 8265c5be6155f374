import Analysis
import Recordings
import TensorCore
import TestSupport
import Testing

/// A sweep's settings: each as an audit by itself would have it.
@Suite struct ExperimentTests {
  private func recordings(
    _ lambda: Double, grid: Int = 2
  ) -> [Recording] {
    (0..<2).map { seed in
      var provenance = Provenance()
      provenance.lambda = lambda
      provenance.seed = UInt64(seed)
      var generator = SeededGenerator(seed: UInt64(seed), stream: "λ \(lambda)")
      let size = GridSize(height: grid, width: grid)
      return syntheticRecording(
        sampleCount: 24, grids: [size, size], input: GridSize(height: 4, width: 4),
        provenance: provenance,
        map: { _, _ in uniformMap(grid * grid, &generator) },
        prediction: { sample, exit in (sample + seed + exit) % 4 == 0 ? 1 : 0 })
    }
  }

  /// A model's numbers do not depend on which others stand in the list, but for the grid that all share.
  @Test func everyModelIsAnAuditOfItsOwn() throws {
    let baseline = recordings(0)
    let arms = [(0.1, recordings(0.1)), (0.3, recordings(0.3, grid: 4)), (1, recordings(1))]
    let options = AuditOptions(resamples: 50)
    let result = try Auditor.audit(
      [Model("Baseline", baseline)] + arms.map { Model("λ \($0.0)", $0.1) }, options: options)
    #expect(result.models.map(\.lambda) == [0, 0.1, 0.3, 1])
    #expect(result.comparisons.map(\.model) == [1, 2, 3])
    for (index, arm) in arms.enumerated() {
      let alone = try Auditor.audit(
        [Model("Baseline", baseline), Model("λ \(arm.0)", arm.1)], options: options)
      for measure in [Measure.cosine, .centred, .excess, .accuracy, .spread] {
        for place in Place.all(exitCount: 2) {
          #expect(
            result.numbers[measure, place, model: index + 1]
              == alone.numbers[measure, place, model: 1])
          let number = result.numbers[measure, place, difference: index + 1]
          #expect(number == alone.numbers[measure, place, difference: 1])
        }
      }
      #expect(
        result.flags.filter { $0.model == index + 1 }.map(\.message)
          == alone.flags.filter { $0.model == 1 }.map(\.message))
    }
  }
}
