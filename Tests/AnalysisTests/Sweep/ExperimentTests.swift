import Analysis
import Recordings
import TensorCore
import Testing

/// A sweep's settings: each as an audit by itself would have it, and times that are means over runs.
@Suite struct ExperimentTests {
  private func recordings(
    _ lambda: Double, grid: Int = 2, times: [Double?] = [nil, nil]
  ) -> [Recording] {
    times.enumerated().map { seed, time in
      var provenance = Provenance()
      provenance.lambda = lambda
      provenance.seed = UInt64(seed)
      var generator = SeededGenerator(seed: UInt64(seed), stream: "λ \(lambda)")
      let size = GridSize(height: grid, width: grid)
      var recording = syntheticRecording(
        sampleCount: 24, grids: [size, size], input: GridSize(height: 4, width: 4),
        provenance: provenance,
        map: { _, _ in uniformMap(grid * grid, &generator) },
        prediction: { sample, exit in (sample + seed + exit) % 4 == 0 ? 1 : 0 })
      recording.manifest.latency = time.map { time in
        MeasuredLatency(
          exits: [.init([time / 4]), .init([time])],
          earlyStop: .init(
            threshold: 0.9, times: .init([time / 2]), shares: [0.5, 0.5], speedup: 2),
          images: 1, rounds: 1, threads: 1, machine: [])
      }
      return recording
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

  @Test func timesAreMeansOverRuns() throws {
    let models = [recordings(0, times: [4, nil]), recordings(1, times: [2, 6])]
    let result = try Auditor.audit(
      baseline: models[0], egt: models[1], options: AuditOptions(resamples: 20))
    let experiment = Experiment(
      result,
      models.enumerated().map { index, recordings in
        Experiment.Setting(
          architecture: "plain", form: "paper", lambda: Double(index),
          latencies: recordings.compactMap(\.manifest.latency))
      }, missing: [])
    let one = try #require(experiment.rows[0].times(threshold: 0.9))
    #expect(one.runs == 1 && one.final.value == 4 && one.final.deviation == nil)
    let two = try #require(experiment.rows[1].times(threshold: 0.9))
    #expect(two.runs == 2 && two.final.value == 4 && two.early.value == 2)
    #expect(try abs(#require(two.final.deviation) - 8.0.squareRoot()) < 1e-12)
    #expect(two.speedup.value == 2 && two.speedup.deviation == 0)
    #expect(experiment.rows[1].times(threshold: 0.8) == nil)
  }
}
