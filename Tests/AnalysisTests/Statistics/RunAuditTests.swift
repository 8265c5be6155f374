import Analysis
import Recordings
import TensorCore
import TestSupport
import Testing

/// Audits of several recordings an arm, against audits of each recording alone.
struct RunAuditTests {
  static let grid = GridSize(height: 2, width: 2)

  /// Runs of one arm: images have difficulties in common, runs a shift of their own.
  private func arm(_ seeds: [UInt64], lift: Double) -> [Recording] {
    seeds.map { seed in
      var images = SeededGenerator(seed: 99)
      var run = SeededGenerator(seed: seed, stream: lift > 0 ? "egt" : "baseline")
      let shift = run.uniform(0, 0.2)
      let difficulty = (0..<40).map { _ in images.uniform() }
      var provenance = Provenance()
      provenance.seed = seed
      return syntheticRecording(
        sampleCount: 40, grids: [Self.grid, Self.grid, Self.grid], input: Self.grid,
        provenance: provenance,
        map: { sample, exit in
          let mix = Float(min(1, difficulty[sample] * 0.5 + lift + shift))
          return exit == 2
            ? [1, 2, 3, 4] : zip([4, 1, 2, 1], [1, 2, 3, 4]).map { $0 * (1 - mix) + $1 * mix }
        },
        prediction: { sample, exit in
          difficulty[sample] + 0.1 * run.uniform() < 0.6 + lift + 0.1 * Double(exit) ? 0 : 1
        })
    }
  }

  private func audit(_ baseline: [Recording], _ egt: [Recording]) throws -> AuditResult {
    try Auditor.audit(baseline: baseline, egt: egt, options: AuditOptions(resamples: 400))
  }

  @Test func valuesAreThoseOfEachRecording() throws {
    let (baseline, egt) = (arm([1, 2, 3], lift: 0), arm([3, 1, 2], lift: 0.2))
    let result = try audit(baseline, egt)
    let paired = try #require(result.paired)
    #expect(paired.design?.pairs?.map(\.model) == [1, 2, 0])
    for run in 0..<3 {
      let alone = try audit([baseline[run]], [egt[run]])
      for (whole, single) in [(result.baseline, alone.baseline), (result.egt, alone.egt)] {
        #expect(single.mean[.cosine]?.runs == nil)
        let result = result
        func number(_ measure: Measure, _ place: Place) -> RunsEstimate? {
          result.numbers[measure, place, model: whole.index]?.runs
        }
        for exit in 1...3 {
          let row = single.exits[exit - 1]
          expect(number(.accuracy, .exit(exit)), run, row.accuracy.value)
          expect(number(.spread, .exit(exit)), run, row.spread)
          expect(number(.cosine, .exit(exit)), run, row[.cosine]?.estimate.value)
          expect(number(.excess, .exit(exit)), run, row[.excess]?.estimate.value)
          expect(number(.centred, .exit(exit)), run, row[.centred]?.estimate.value)
        }
        expect(number(.cosine, .early), run, single.mean[.cosine]?.estimate.value)
        expect(number(.accuracy, .early), run, single.mean.accuracy)
        expect(number(.accuracy, .earlyStop), run, single.earlyAccuracy!.estimate.value)
      }
    }
    // Of matched runs, the differences of the same seed, in the baseline's order.
    for measure in Measure.tested {
      let values = try #require(paired.mean[measure]?.runs?.values)
      let arms = [result.baseline, result.egt].map { $0.mean[measure]!.runs!.values }
      for (run, partner) in [1, 2, 0].enumerated() {
        #expect(isClose(values[run], arms[1][partner]! - arms[0][run]!, 1e-12))
      }
    }
  }

  private func expect(
    _ number: RunsEstimate?, _ run: Int, _ value: Double?,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      isClose(number?.values[run], value, 1e-9), "\(String(describing: number))",
      sourceLocation: sourceLocation)
  }

  @Test func intervalsOverRunsAreNoNarrower() throws {
    for seeds in [[1, 2, 3], [7, 8, 9, 10]] as [[UInt64]] {
      let result = try audit(arm([1, 2, 3], lift: 0), arm(seeds, lift: 0.2))
      let paired = try #require(result.paired)
      #expect((paired.design?.pairs != nil) == (seeds.count == 3))
      for exit in paired.exits {
        for measure in Measure.tested {
          guard let number = exit[measure] else { continue }
          let runs = try #require(number.runs)
          #expect(runs.values.count == (seeds.count == 3 ? 3 : 0))
          #expect(runs.estimate.value == number.delta.value)
          guard let low = runs.estimate.low, let high = runs.estimate.high else {
            Issue.record("no interval of \(measure) at exit \(exit.exit)")
            continue
          }
          #expect(low <= number.delta.low! + 1e-12 && high >= number.delta.high! - 1e-12)
          #expect(try #require(runs.p) >= number.p!)
          #expect((runs.p! < 0.05) == (low > 0 || high < 0), "\(runs)")
          #expect(number.mcNemar == nil && number.isOverRuns)
        }
      }
      // A family is the exits; the mean stands alone.
      #expect(paired.exits[0][.accuracy]?.holmP != nil && paired.mean[.accuracy]?.holmP == nil)
    }
  }

  @Test func twoRunsHaveADeviationButNoInterval() throws {
    let result = try audit(arm([1, 2], lift: 0), arm([1, 2], lift: 0.2))
    let row = try #require(result.egt.mean[.cosine]?.runs)
    #expect(row.deviation! > 0 && row.estimate.low == nil && row.nested != nil)
    let number = try #require(result.paired?.mean[.cosine])
    #expect(number.runs?.estimate.low == nil && number.runs?.p == nil && !number.isOverRuns)
    #expect(number.widest == number.delta)
    #expect(result.flags.contains { $0.code == "FEW-SEEDS" })
  }

  @Test func oneArmMayHaveASingleRun() throws {
    let result = try audit(arm([1], lift: 0), arm([1, 2, 3], lift: 0.2))
    #expect(result.baseline.mean[.cosine]?.runs == nil && result.egt.mean[.cosine]?.runs != nil)
    #expect(result.paired?.mean[.cosine]?.runs == nil)
    #expect(result.egt.exits[2][.accuracy]?.runs?.estimate.low != nil)
  }

  /// A run that is undefined at an exit leaves two, too few for an interval.
  @Test func collapsedRunIsLeftOut() throws {
    var baseline = arm([1, 2, 3], lift: 0)
    for cell in 0..<40 * 4 { baseline[1].attention[0][cell] = 1 }
    let result = try audit(baseline, arm([1, 2, 3], lift: 0.2))
    let row = try #require(result.baseline.exits[0][.cosine]?.runs)
    #expect(row.values[1] == nil && row.values[0] != nil && row.estimate.low == nil)
    #expect(result.paired?.exits[0][.cosine]?.runs?.values[1] == nil)
    #expect(result.paired?.exits[0][.cosine]?.isOverRuns == false)
    #expect(result.paired?.exits[1][.cosine]?.isOverRuns == true)
  }

  /// Single recordings: McNemar's test at every exit and where images leave.
  @Test func mcNemarOfSingleRuns() throws {
    let result = try audit(arm([1], lift: 0), arm([1], lift: 0.2))
    let paired = try #require(result.paired)
    for number in paired.exits.map(\.accuracy) + [paired.earlyAccuracy] {
      let test = try #require(number?.mcNemar)
      #expect(test.count == 40 && number?.p == test.p)
      let difference = Double(test.onlyModelRight - test.onlyReferenceRight) / 40
      #expect(isClose(number?.delta.value, difference, 1e-12))
    }
    #expect(paired.mean[.accuracy]?.mcNemar == nil)
  }
}
