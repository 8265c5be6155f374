import Analysis
import Recordings
import TensorCore
import TestSupport
import Testing

/// Everything that an audit says about maps, against `Fixtures/maps/make_similarity.py`. Interpolated cells are
/// Floats with roundings of their own: 1e-6 on what depends on them.
struct GoldenSimilarityTests {
  let golden: GoldenSimilarity
  let result: AuditResult

  init() throws {
    golden = try GoldenSimilarity.load()
    func read(_ name: String) throws -> Recording {
      try RecordingReader.read("\(GoldenAudit.folder)/\(name)")
    }
    result = try Auditor.audit(
      baseline: [read("baseline")], egt: [read("egt-1"), read("egt-2")],
      options: AuditOptions(threshold: 0.6, resamples: 200, seed: 7))
  }

  private var arms: [(ModelView, GoldenSimilarity.Arm)] {
    [(result.baseline, golden.arms["baseline"]!), (result.egt, golden.arms["egt"]!)]
  }

  @Test func everyMeasureOfEveryExit() throws {
    for (arm, expected) in arms {
      for measure in Measure.agreement { #expect(arm.exits.last?[measure] == nil) }
      for (exit, row) in zip(arm.exits, expected.exits) {
        let values: [Measure: (Double?, null: Double?)] = [
          .cosine: (row.cosine, row.cosineNull), .centred: (row.centred, row.centredNull),
          .spearman: (row.spearman, row.spearmanNull),
          .structuralSimilarity: (row.structuralSimilarity, nil),
          .top10: (row.top10, row.top10Chance), .top20: (row.top20, row.top20Chance),
        ]
        for (measure, (value, null)) in values {
          let found = exit[measure]
          let place = "\(measure.key) of exit \(exit.exit.exit)"
          #expect(isClose(found?.value, value, 1e-6), "\(place)")
          #expect(isClose(found?.null, null, 1e-6), "null of \(place)")
          guard let found, let value, let null else { continue }
          #expect(isClose(measure.excess.flatMap { exit[$0] }?.value, value - null, 1e-6))
          #expect(found.n == row.n && found.n + found.undefined == 12 * arm.seeds.count)
        }
        let cosine = try #require(exit[.sameClassExcess])
        let centred = try #require(exit[.sameClassCentredExcess])
        #expect(isClose(cosine.null, row.cosineClassNull, 1e-6))
        #expect(isClose(centred.null, row.centredClassNull, 1e-6))
        #expect(isClose(cosine.value, row.cosineClassExcess, 1e-6))
        #expect(isClose(centred.value, row.centredClassExcess, 1e-6))
        #expect(cosine.n == row.classN && centred.n == row.classN)
        #expect(cosine.estimate.low! < cosine.value)
        #expect(exit.cosineHistogram?.counts == row.histogram)
      }
    }
  }

  /// The finer side of the two maps' own grids along each axis.
  @Test func comparisonGrids() {
    let grids = arms.map { arm, _ in
      arm.exits.dropLast().map { exit in
        MapComparison.grid(exit.exit.grid, arm.exits.last!.exit.grid).description
      }
    }
    // Of 8×6 and 4×3 against 2×3; of 5×7 and 4×4 against 3×2.
    #expect(grids == [["8×6", "4×3"], ["5×7", "4×4"]])
  }

  @Test func concentrationAtEqualResolution() {
    for (arm, expected) in arms {
      #expect(arm.sharedGrid == GridSize(height: golden.shared[0], width: golden.shared[1]))
      for (exit, row) in zip(arm.exits, expected.concentration) {
        #expect(isClose(exit[.sharedSpread]?.value, row.spread, 1e-12))
        #expect(isClose(exit[.sharedEntropy]?.value, row.entropy, 1e-12))
        #expect(isClose(exit[.gini]?.value, row.gini, 1e-12))
      }
    }
    let delta = result.paired?.exits[2][.sharedSpread]?.value
    #expect(delta != nil)
  }

  @Test func everyPairOfExits() {
    for (arm, expected) in arms {
      for (row, expected) in zip(arm.matrix?.cells ?? [], expected.matrix) {
        for (cell, expected) in zip(row, expected) {
          #expect(cell.n == expected.n)
          #expect(isClose(cell.cosine, expected.cosine, 1e-6))
          #expect(isClose(cell.centred, expected.centred, 1e-6))
          #expect(isClose(cell.cosineNull, expected.cosineNull, 1e-6))
          #expect(isClose(cell.centredNull, expected.centredNull, 1e-6))
        }
      }
      #expect(arm.matrix?.cells.count == 3)
    }
  }

  @Test func rightAgainstWrong() throws {
    for (arm, expected) in arms {
      #expect(arm.exits.last?.correctness == nil)
      for (exit, row) in zip(arm.exits, expected.exits) {
        let found = try #require(exit.correctness)
        #expect(found.rightN == row.contrast.rightN && found.wrongN == row.contrast.wrongN)
        #expect(isClose(found.right, row.contrast.right, 1e-6))
        #expect(isClose(found.wrong, row.contrast.wrong, 1e-6))
        #expect(isClose(found.difference?.value, row.contrast.difference, 1e-6))
        #expect(isClose(found.auroc?.value, row.contrast.auroc, 1e-6))
      }
    }
  }

  @Test func everyClass() throws {
    try #require(result.classes.count == 4)
    for (arm, model) in [("baseline", 0), ("egt", 1)] {
      for (found, row) in zip(result.classes, golden.arms[arm]!.classes) {
        func number(_ measure: Measure, exit: Int? = nil) -> Number? {
          let place = exit.map { Place.labelAtExit(found.label, exit: $0) } ?? .label(found.label)
          return result.numbers[measure, place, model: model]
        }
        #expect(found.sampleCount == row.count)
        #expect(isClose(number(.cosine)?.value, row.mean, 1e-6))
        #expect(isClose(number(.accuracy)?.value, row.accuracy, 1e-12))
        for (exit, numbers) in row.exits.enumerated() {
          #expect(isClose(number(.cosine, exit: exit + 1)?.value, numbers.cosine, 1e-6))
          #expect(isClose(number(.centred, exit: exit + 1)?.value, numbers.centred, 1e-6))
          #expect(isClose(number(.excess, exit: exit + 1)?.value, numbers.excess, 1e-6))
          #expect(
            isClose(number(.sameClassExcess, exit: exit + 1)?.value, numbers.classExcess, 1e-6))
        }
      }
    }
  }

  @Test func differencesAndSamples() throws {
    let paired = try #require(result.paired)
    for (exit, row) in zip(paired.exits, golden.differences) {
      for (name, value) in row {
        let measure = try #require(Measure.all.first { $0.key == name })
        #expect(isClose(exit[measure]?.value, value, 1e-6), "\(name)")
      }
      #expect(exit.deltaHistogram?.total == exit[.cosine]?.n)
    }
    for (exit, row) in golden.arms["baseline"]!.exits.enumerated() {
      for (name, path) in [
        ("spearman", \SampleModel.spearman), ("structuralSimilarity", \.structuralSimilarity),
        ("top10", \.top10), ("top20", \.top20),
      ] {
        for (sample, value) in zip(result.samples, row.samples[name]!) {
          #expect(isClose(sample.baseline[keyPath: path][exit], value, 1e-6))
          #expect(sample.baseline[keyPath: path][2] == nil)
        }
      }
    }
  }
}
