import Analysis
import Recordings
import TensorCore
import TestSupport
import Testing

/// One model, several, and models that cannot be compared.
struct ModelListTests {
  private let options = AuditOptions(resamples: 200)

  /// A model of two exits more than `soundRecording`'s.
  private func longer(_ seed: UInt64) throws -> Recording {
    var recording = soundRecording(seed: seed, lambda: 0.3)
    recording.manifest.exits.insert(recording.manifest.exits[0], at: 1)
    recording.logits.insert(recording.logits[0].map { $0 + 1 }, at: 1)
    let maps = try recording.attention[0].elements()
    recording.attention.insert(MapTensor(maps.reversed()), at: 1)
    return recording
  }

  @Test func oneModelHasNumbersAndNoComparison() throws {
    let arm = soundArm(lambda: 0.3, from: 1)
    let alone = try Auditor.audit([Model("Mine", arm)], options: options)
    let pair = try Auditor.audit(
      [Model("Mine", arm), Model("Other", soundArm(lambda: 0, from: 50))], options: options)
    #expect(alone.models.map(\.name) == ["Mine"] && alone.comparisons.isEmpty)
    for measure in Measure.all {
      for place in Place.all(exitCount: 2) + [.label(0), .labelAtExit(1, exit: 1)] {
        #expect(
          alone.numbers[measure, place, model: 0] == pair.numbers[measure, place, model: 0],
          "\(measure.key) \(place)")
      }
    }
    #expect(alone.numbers[.cosine, .early, model: 0] != nil)
    #expect(alone.samples.count == 40 && alone.samples[0].models.count == 1)
    #expect(!alone.flags.contains { $0.message.contains("other model") })
  }

  @Test func otherNumbersOfExitsAreComparedWhereTheyCanBe() throws {
    let result = try Auditor.audit(
      [Model("Short", [soundRecording(seed: 1, lambda: 0)]), Model("Long", [longer(100)])],
      options: options)
    #expect(result.models.map(\.exits.count) == [2, 3])
    let comparison = try #require(result.comparisons.first)
    #expect(comparison.refusal == nil)
    #expect(comparison.paired?.mapPremise?.reason == "Long has 3 exits and Short 2")
    #expect(result.numbers[.accuracy, .exit(1), difference: 1] == nil)
    let final = try #require(result.numbers[.accuracy, .exit(3), difference: 1])
    let own = [(Place.exit(2), 0), (.exit(3), 1)].map { result.numbers[.accuracy, $0, model: $1]! }
    #expect(abs(final.value - (own[1].value - own[0].value)) < 1e-12 && final.finding != nil)
    let mean = try #require(result.numbers[.cosine, .early, difference: 1])
    #expect(mean.isWithheld && mean.estimate.low != nil)
    #expect(comparison.disagreement?.tables[0].rows.count == 2)
  }

  @Test func modelsOnOtherSamplesAreShownAndNotCompared() throws {
    var other = soundArm(lambda: 0.3, from: 100)
    for run in other.indices { other[run].labels[0] = 1 - other[run].labels[0] }
    let models = [
      Model("A", soundArm(lambda: 0, from: 1)), Model("B", other),
      Model("C", soundArm(lambda: 0.3, from: 200)),
    ]
    let result = try Auditor.audit(models, options: options)
    #expect(result.comparisons.map { $0.paired == nil } == [true, false])
    #expect(result.comparisons[0].refusal?.hasPrefix("B has label") == true)
    #expect(result.numbers[.cosine, .early, model: 1] != nil)
    #expect(result.numbers[.cosine, .early, difference: 1] == nil)
    #expect(result.numbers[.cosine, .early, difference: 2] != nil)
    #expect(result.samples[0].models.map { $0 == nil } == [false, true, false])
    #expect(result.flags.filter { $0.code == "DIFFERENT-SAMPLES" }.map(\.model) == [1])
  }

  @Test func twoModelsOfOneNameAreRefused() {
    let arm = soundArm(lambda: 0, from: 1)
    let fault = #expect(throws: AnalysisFault.self) {
      try Auditor.audit([Model("A", arm), Model("A", arm)], options: options)
    }
    #expect(fault?.diagnosis.code == .usage)
    #expect(throws: AnalysisFault.self) { try Auditor.audit([], options: options) }
  }
}
