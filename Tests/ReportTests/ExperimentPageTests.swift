import Analysis
import Report
import TestSupport
import Testing

/// What the page of all models claims of them.
@Suite struct ExperimentPageTests {
  /// A model whose numbers differ from the reference's by these, each with an interval of ± 0.01.
  private struct Entry {
    var name: String
    var cosine = 0.3
    var centred = 0.2
    var accuracy = 0.0
    var spread = 0.0
    var flags: [String] = []
    var isOverRuns = false
    var premise: MapPremise?

    func number(_ value: Double, isMap: Bool = true) -> Number {
      let estimate = Estimate(value, low: value - 0.01, high: value + 0.01)
      var number = Number(estimate)
      number.isWithheld = isMap && premise != nil
      if isOverRuns {
        number.runs = RunsEstimate(
          values: [], deviation: nil, estimate: estimate, degreesOfFreedom: 2, nested: nil)
      }
      return number
    }
  }

  private func words(_ entries: [Entry]) throws -> String {
    var audit = SyntheticAudit(samples: 8)
    audit.add(models: entries.map(\.name))
    audit.result.flags = []
    var numbers = audit.result.numbers
    for (place, entry) in entries.enumerated() {
      let subject = Subject.difference(place + 1)
      numbers[.cosine, .early, subject] = entry.number(entry.cosine)
      numbers[.centred, .early, subject] = entry.number(entry.centred)
      numbers[.spread, .exit(5), subject] = entry.number(entry.spread)
      numbers[.accuracy, .exit(5), subject] = entry.number(entry.accuracy, isMap: false)
      audit.result.comparisons[place].paired?.mapPremise = entry.premise
      audit.result.flags += entry.flags.map {
        Flag(code: $0, model: place + 1, exit: nil, message: "x")
      }
    }
    audit.result.numbers = numbers
    audit.result.missing = []
    let report = try WrittenReport(audit, ReportOptions(gallery: .atMost(1)))
    #expect(problems(in: report.files) == [])
    return try report.words("experiment.html")
  }

  @Test func gainsAreNamedWithWhatSpeaksAgainstThem() throws {
    let words = try words([
      Entry(name: "a"), Entry(name: "b", centred: 0.4, flags: ["SAME-MAP", "FLATTENED"]),
      Entry(name: "c", spread: -0.5), Entry(name: "d", accuracy: -0.05),
      Entry(name: "e", centred: -0.2),
    ])
    #expect(words.contains("2 of 5 models raise agreement at no detected cost."))
    #expect(words.contains("Of these, b has the largest gain in centred correlation."))
    #expect(words.contains("But for 1 of them alerts question what the agreement is worth."))
    #expect(words.contains("not about the image: b (FLATTENED and SAME-MAP)."))
    #expect(words.contains("1 of 5 models flattens the final map."))
    #expect(words.contains("1 of 5 models loses final accuracy."))
    // The published rows stand beside a sweep's.
    #expect(words.contains("published, λ = 0.3 —"))
  }

  @Test(arguments: [
    ([false, false], "over images, the training runs held fixed"),
    ([true, true], "over images and training runs"),
    (
      [true, false],
      "over images and training runs (over images alone where a model has fewer than 3 runs)"
    ),
  ]) func whatIntervalsAreOverIsSaid(_ rows: [Bool], _ scope: String) throws {
    let words = try words(
      rows.enumerated().map { Entry(name: "model \($0)", isOverRuns: $1) })
    #expect(words.contains("each by its test at 0.05 \(scope)."))
    #expect(words.contains("with 95 % intervals \(scope), not adjusted"))
  }

  /// Maps of another kind: the numbers stay in the tables, no sentence rests on them, and accuracy is said all the same.
  @Test func otherMapsAreNotCompared() throws {
    let words = try words([
      Entry(name: "a", cosine: 0),
      Entry(
        name: "b", cosine: 0.5, centred: 0.5, accuracy: -0.05, spread: -0.5,
        premise: MapPremise(
          .kinds(reference: "softmax", model: "sigmoid"), names: ("Baseline", "b"))),
    ])
    #expect(words.contains("The maps of 1 of 2 models are not compared with the reference’s"))
    #expect(words.contains("b: the maps of b are sigmoid, those of Baseline softmax."), "\(words)")
    #expect(words.contains("No model raises agreement without a cost that was detected."))
    #expect(!words.contains("largest gain") && !words.contains("flattens the final map"))
    #expect(words.contains("1 of 2 models loses final accuracy."))
  }

  @Test func noDoubtWhereNothingWasRaised() throws {
    let words = try words([Entry(name: "a", flags: ["FEW-SEEDS"])])
    #expect(words.contains("1 of 1 models raises agreement at no detected cost."))
    #expect(!words.contains("But "))
    #expect(words.contains("No loss of final accuracy was detected."))
    let none = try self.words([Entry(name: "a", cosine: 0)])
    #expect(none.contains("No model raises agreement without a cost that was detected."))
  }

  /// Three models are no sweep: the page stands, without the paper's numbers.
  @Test func aListOfModelsIsNoSweep() throws {
    var audit = SyntheticAudit(samples: 8)
    audit.add(models: ["one", "two"])
    let report = try WrittenReport(audit)
    #expect(problems(in: report.files) == [])
    let words = try report.words("experiment.html")
    #expect(words.contains("Baseline") && words.contains("one") && !words.contains("ublished"))
    #expect(try WrittenReport.models(report.json()).count == 3)
  }
}
