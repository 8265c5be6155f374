import Analysis
import Recordings
import TensorCore
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

  private var arms: [(ModelResult, GoldenSimilarity.Arm)] {
    [(result.baseline, golden.arms["baseline"]!), (result.egt, golden.arms["egt"]!)]
  }

  @Test func everyMeasureOfEveryExit() throws {
    for (arm, expected) in arms {
      #expect(arm.exits.last?.similarities.isEmpty == true)
      for (exit, row) in zip(arm.exits, expected.exits) {
        let values: [MapMeasure: (Double?, null: Double?)] = [
          .cosine: (row.cosine, row.cosineNull), .centred: (row.centred, row.centredNull),
          .spearman: (row.spearman, row.spearmanNull),
          .structuralSimilarity: (row.structuralSimilarity, nil),
          .top10: (row.top10, row.top10Chance), .top20: (row.top20, row.top20Chance),
        ]
        for (measure, (value, null)) in values {
          let found = exit.similarities.first { $0.measure == measure }
          #expect(isClose(found?.value.value, value, 1e-6), "\(measure) of exit \(exit.exit)")
          #expect(isClose(found?.null, null, 1e-6), "null of \(measure) of exit \(exit.exit)")
          guard let found, let value, let null else { continue }
          #expect(isClose(found.excess?.value, value - null, 1e-6))
          #expect(found.n == row.n && found.n + found.undefined == 12 * arm.seeds.count)
        }
        let cosine = try #require(exit.similarities.first { $0.measure == .cosine })
        let centred = try #require(exit.similarities.first { $0.measure == .centred })
        #expect(isClose(cosine.sameClassNull, row.cosineClassNull, 1e-6))
        #expect(isClose(centred.sameClassNull, row.centredClassNull, 1e-6))
        #expect(isClose(cosine.sameClassExcess?.value, row.cosineClassExcess, 1e-6))
        #expect(isClose(centred.sameClassExcess?.value, row.centredClassExcess, 1e-6))
        #expect(cosine.sameClassN == row.classN && centred.sameClassN == row.classN)
        #expect(cosine.sameClassExcess!.low! < cosine.sameClassExcess!.value)
        #expect(exit.cosineHistogram?.counts == row.histogram)
      }
    }
  }

  @Test func comparisonGrids() {
    let grids = arms.map { arm, _ in
      arm.exits.dropLast().map { exit in
        exit.similarities.first { $0.measure == .spearman }!.grid.description
      }
    }
    // Of 8×6 and 4×3 against 2×3; of 5×7 and 4×4 against 3×2.
    #expect(grids == [["8×6", "4×3"], ["5×7", "4×4"]])
    #expect(
      result.baseline.exits[0].similarities.map(\.grid.description).prefix(3) == [
        "12×16", "8×6", "12×16",
      ])
  }

  @Test func concentrationAtEqualResolution() {
    for (arm, expected) in arms {
      for (exit, row) in zip(arm.exits, expected.concentration) {
        let found = exit.concentration
        #expect(found?.grid == GridSize(height: golden.shared[0], width: golden.shared[1]))
        #expect(isClose(found?.spread?.value, row.spread, 1e-12))
        #expect(isClose(found?.entropy?.value, row.entropy, 1e-12))
        #expect(isClose(found?.gini?.value, row.gini, 1e-12))
      }
    }
    let delta = result.paired?.exits[2].concentration?.spread?.value
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
    for (arm, path) in [("baseline", \ClassResult.baseline), ("egt", \.egt)] {
      for (found, row) in zip(result.classes, golden.arms[arm]!.classes) {
        #expect(found.sampleCount == row.count)
        #expect(isClose(found[keyPath: path].mean.cosine?.value, row.mean, 1e-6))
        #expect(isClose(found[keyPath: path].accuracy?.value, row.accuracy, 1e-12))
        for (exit, numbers) in zip(found[keyPath: path].exits, row.exits) {
          #expect(isClose(exit.cosine?.value, numbers.cosine, 1e-6))
          #expect(isClose(exit.centred, numbers.centred, 1e-6))
          #expect(isClose(exit.excess, numbers.excess, 1e-6))
          #expect(isClose(exit.sameClassExcess, numbers.classExcess, 1e-6))
        }
      }
    }
  }

  @Test func differencesAndSamples() throws {
    let paired = try #require(result.paired)
    for (exit, row) in zip(paired.exits, golden.differences) {
      for (name, value) in row {
        let found = exit.differences.first { $0.measure.rawValue == name }
        #expect(isClose(found?.value.value, value, 1e-6), "\(name)")
      }
      #expect(exit.deltaHistogram?.total == exit.differences.first { $0.measure == .cosine }?.n)
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
