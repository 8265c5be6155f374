import Analysis
import Recordings
import TensorCore
import TestSupport
import Testing

/// Counts, tests and lists of small recordings, worked out by hand.
struct DisagreementTests {
  /// One recording of class 0 images of two classes: what an exit answers rightly, and the logit of its answer (3 gives
  /// a confidence of 0.953, 2 one of 0.881).
  static func recording(
    right: [[Int]], logits: [[Float]]? = nil, seed: UInt64? = nil,
    map: (Int, Int) -> [Float] = { sample, exit in [1, 2, 3, Float(4 + (sample * 7 + exit) % 5)] }
  ) -> Recording {
    var provenance = Provenance()
    provenance.seed = seed
    let count = right[0].count
    var recording = syntheticRecording(
      sampleCount: count,
      grids: [GridSize](repeating: GridSize(height: 2, width: 2), count: right.count),
      provenance: provenance, map: map)
    recording.logits = right.enumerated().map { exit, answers in
      answers.enumerated().flatMap { sample, isRight -> [Float] in
        let logit = logits?[exit][sample] ?? 5
        return isRight == 1 ? [logit, 0] : [0, logit]
      }
    }
    return recording
  }

  static func audit(
    _ baseline: [Recording], _ egt: [Recording]
  ) throws -> (result: AuditResult, disagreement: Disagreement) {
    let result = try Auditor.audit(
      baseline: baseline, egt: egt, options: AuditOptions(resamples: 20))
    return (result, try #require(result.disagreement))
  }

  /// Exit 1, then the final exit.
  static let baseline = recording(
    right: [[1, 1, 1, 0, 0, 0, 1, 0], [1, 1, 1, 1, 0, 0, 0, 0]],
    logits: [[5, 5, 5, 1, 1, 1, 5, 5], [5, 5, 5, 5, 3, 5, 2, 3]])
  static let egt = recording(right: [[1, 0, 0, 0, 0, 0, 1, 1], [1, 1, 0, 0, 1, 1, 1, 0]])

  @Test func countsRightAndWrongOfBothModels() throws {
    let tables = try Self.audit([Self.baseline], [Self.egt]).disagreement.tables
    #expect(tables.count == 1 && tables[0].reference == 1 && tables[0].model == 1)
    let rows = tables[0].rows
    #expect(rows.map(\.place) == [.exit(1), .exit(2), .earlyStop])
    #expect(
      rows.map(\.test) == [
        McNemarTest(bothRight: 2, onlyReferenceRight: 2, onlyModelRight: 1, bothWrong: 3),
        McNemarTest(bothRight: 2, onlyReferenceRight: 2, onlyModelRight: 3, bothWrong: 1),
        // The baseline's images 3, 4 and 5 go on to the final exit, which is right about 3.
        McNemarTest(bothRight: 2, onlyReferenceRight: 3, onlyModelRight: 1, bothWrong: 2),
      ])
    // 2·P(X ≤ 2) of 5 and 2·P(X ≤ 1) of 3 are 1; 2·P(X ≤ 1) of 4 is 2·5/16.
    for (row, p) in zip(rows, [1, 1, 0.625]) { #expect(isClose(row.test.p, p, 1e-12)) }
    #expect(rows.map(\.holmP) == [1, 1, nil])
    // Bonett and Price's interval of +1 in 8, worked out in Python.
    let difference = try #require(tables[0].final?.difference)
    #expect(difference.value == 0.125)
    #expect(
      isClose(difference.low!, -0.4148395, 1e-6) && isClose(difference.high!, 0.6148395, 1e-6))
    #expect(tables[0].final?.finding == .notDetected)
  }

  /// As SciPy's binomtest says, whatever the answers' order.
  @Test func agreesWithSciPy() throws {
    let rows = try StatisticsFixture.load().mcnemar.filter {
      (2...400).contains($0.table.reduce(0, +))
    }
    #expect(rows.count > 2)
    for row in rows {
      let kinds = zip(row.table, [[1, 1], [1, 0], [0, 1], [0, 0]]).flatMap {
        [[Int]](repeating: $1, count: $0)
      }
      let arms = (0...1).map { arm in
        Self.recording(right: [kinds.map { $0[arm] }, kinds.map { $0[arm] }])
      }
      let disagreement = try Self.audit([arms[0]], [arms[1]]).disagreement
      for place in disagreement.tables[0].rows {
        #expect(abs(place.test.p - row.p) <= 1e-9 * row.p)
      }
    }
  }

  @Test func adjustsOverExitsOnly() throws {
    // EGT alone is right about 6 images at exit 1 and about 10 at the end: 2/2⁶ and 2/2¹⁰.
    let baseline = Self.recording(right: [
      [Int](repeating: 0, count: 20), [Int](repeating: 0, count: 20),
    ])
    let egt = Self.recording(right: [
      (0..<20).map { $0 < 6 ? 1 : 0 }, (0..<20).map { $0 < 10 ? 1 : 0 },
    ])
    let rows = try Self.audit([baseline], [egt]).disagreement.tables[0].rows
    #expect(isClose(rows[0].test.p, 0.03125, 1e-12) && isClose(rows[0].holmP!, 0.03125, 1e-12))
    #expect(
      isClose(rows[1].test.p, 2.0 / 1024, 1e-12) && isClose(rows[1].holmP!, 4.0 / 1024, 1e-12))
    #expect(rows.map(\.finding) == [.higher, .higher, .higher] && rows[2].holmP == nil)
  }

  @Test func comparesExitsWithTheFinalOne() throws {
    let disagreement = try Self.audit([Self.baseline], [Self.egt]).disagreement
    let exits = disagreement.referenceExits + disagreement.modelExits
    #expect(exits.map(\.exit) == [1, 1])
    #expect(
      exits.map { [$0.bothRight, $0.onlyExitRight, $0.onlyFinalRight, $0.bothWrong] } == [
        [3, 1, 1, 3], [2, 1, 3, 2],
      ])
    #expect(exits[0].difference.value == 0 && exits[1].difference.value == 0.25)
    #expect(isClose(exits[1].p, 0.625, 1e-12) && isClose(exits[1].holmP!, 0.625, 1e-12))
    #expect(disagreement.samples.referenceRightEarly == [6])
    #expect(disagreement.samples.modelRightEarly == [7])
  }

  @Test func countsConfidentErrors() throws {
    let disagreement = try Self.audit([Self.baseline], [Self.egt]).disagreement
    let places = disagreement.referenceConfidence
    #expect(places.map(\.place) == [.exit(1), .exit(2), .earlyStop])
    // Exit 1 is sure of 0, 1, 2, 6 and of 7, which is wrong; the final exit of all but 6, and wrong about 4, 5 and 7.
    #expect(places.map(\.confident) == [5, 7, 8])
    #expect(places.map(\.confidentWrong) == [1, 3, 3])
    #expect(places.map(\.wrong) == [4, 4, 3])
    // Wilson's interval of 3 in 7, worked out in Python.
    let share = try #require(places[1].share)
    #expect(isClose(share.value, 3.0 / 7, 1e-12))
    #expect(isClose(share.low!, 0.1582199, 1e-6) && isClose(share.high!, 0.7495416, 1e-6))
  }

  @Test func noConfidentAnswerHasNoShare() throws {
    let unsure = Self.recording(
      right: [[1, 0], [1, 0]], logits: [[1, 1], [1, 1]])
    let places = try Self.audit([unsure], [unsure]).disagreement.referenceConfidence
    #expect(places.allSatisfy { $0.confident == 0 && $0.share == nil && $0.wrong == 1 })
  }

  @Test func ordersListsByConfidenceThenIndex() throws {
    let samples = try Self.audit([Self.baseline], [Self.egt]).disagreement.samples
    // Wrong with logits 3, 5, 2 and 3 at images 4 to 7; 2 is not confident, 4 and 7 are equal.
    #expect(samples.referenceConfident == [5, 4, 7])
    #expect(samples.modelConfident == [2, 3, 7])
    #expect(samples.onlyReferenceRight == [2, 3] && samples.onlyModelRight == [4, 5, 6])
    let sure = Self.recording(right: [[1, 1, 1], [1, 1, 1]], logits: [[5, 5, 5], [2, 4, 4]])
    let wrong = Self.recording(right: [[0, 0, 0], [0, 0, 0]])
    #expect(try Self.audit([sure], [wrong]).disagreement.samples.onlyReferenceRight == [1, 2, 0])
  }

  @Test func pairsRunsOfEqualSeed() throws {
    let other = Self.recording(right: [[0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0]])
    func seeded(_ recording: Recording, _ seed: UInt64?) -> Recording {
      var recording = recording
      recording.manifest.provenance?.seed = seed
      return recording
    }
    let baseline = [seeded(Self.baseline, 1), seeded(other, 2)]
    let egt = [seeded(other, 2), seeded(Self.egt, 1)]
    let matched = try Self.audit(baseline, egt).disagreement
    #expect(matched.tables.map(\.reference) == [1, 2] && matched.tables.map(\.model) == [2, 1])
    #expect(matched.tables[0].rows[1].test.onlyModelRight == 3)
    #expect(matched.tables[1].rows[1].test.bothWrong == 8)
    // What is not a table is about the first recordings.
    #expect(matched.samples.onlyModelRight.isEmpty && matched.samples.modelRightEarly.isEmpty)
    let independent = try Self.audit(baseline, [egt[0], seeded(Self.egt, 3)]).disagreement
    #expect(independent.tables.map(\.model) == [1])
  }

  @Test func otherSamplesAreNotCompared() throws {
    var other = Self.egt
    other.labels[0] = 1
    let result = try Auditor.audit(
      baseline: [Self.baseline], egt: [other], options: AuditOptions(resamples: 20))
    #expect(result.paired == nil && result.disagreement == nil)
  }
}
