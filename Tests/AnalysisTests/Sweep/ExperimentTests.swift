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

  /// The baseline is scanned once for all; on other grids again, as the common grid is then another.
  @Test func everySettingIsAnAuditOfItsOwn() throws {
    let baseline = recordings(0)
    let arms = [(0.1, recordings(0.1)), (0.3, recordings(0.3, grid: 4)), (1, recordings(1))]
    let options = AuditOptions(resamples: 50)
    let experiment = try Auditor.experiment(
      [
        ExperimentGroup(
          architecture: "plain", baseline: baseline,
          arms: arms.map { ExperimentArm(form: "paper", lambda: $0.0, recordings: $0.1) })
      ], missing: [], options: options)
    #expect(experiment.rows.map(\.lambda) == [0, 0.1, 0.3, 1])
    #expect(experiment.rows[0].paired == nil && experiment.rows[0].form == "baseline")
    for (row, arm) in zip(experiment.rows.dropFirst(), arms) {
      let alone = try Auditor.audit(baseline: baseline, egt: arm.1, options: options)
      let (mine, theirs) = (try #require(row.paired?.mean), try #require(alone.paired?.mean))
      #expect(mine.cosine == theirs.cosine && mine.centred == theirs.centred)
      #expect(mine.excess == theirs.excess && mine.cosine != nil)
      #expect(row.paired?.exits.last?.accuracy == alone.paired?.exits.last?.accuracy)
      #expect(row.paired?.exits.last?.spread == alone.paired?.exits.last?.spread)
      #expect(row.flags == alone.flags.filter { $0.arm == "egt" })
      #expect(experiment.baseline(of: row)?.lambda == 0)
    }
  }

  @Test func timesAreMeansOverRuns() throws {
    let experiment = try Auditor.experiment(
      [
        ExperimentGroup(
          architecture: "plain", baseline: recordings(0, times: [4, nil]),
          arms: [.init(form: "paper", lambda: 1, recordings: recordings(1, times: [2, 6]))])
      ], missing: [], options: AuditOptions(resamples: 20))
    let one = try #require(experiment.rows[0].times(threshold: 0.9))
    #expect(one.runs == 1 && one.final.value == 4 && one.final.deviation == nil)
    let two = try #require(experiment.rows[1].times(threshold: 0.9))
    #expect(two.runs == 2 && two.final.value == 4 && two.early.value == 2)
    #expect(try abs(#require(two.final.deviation) - 8.0.squareRoot()) < 1e-12)
    #expect(two.speedup.value == 2 && two.speedup.deviation == 0)
    #expect(experiment.rows[1].times(threshold: 0.8) == nil)
  }
}
