import Analysis
import Report
import Testing

/// What a sweep's page claims of its settings.
@Suite struct ExperimentPageTests {
  /// A setting whose numbers differ from the baseline's by these, each with an interval of ± 0.01.
  private func row(
    _ lambda: Double, cosine: Double = 0.3, centred: Double = 0.2, accuracy: Double = 0,
    spread: Double = 0, flags: [String] = [], isOverRuns: Bool = false, in audit: SyntheticAudit
  ) -> Experiment.Row {
    func number(_ value: Double) -> PairedNumber {
      let estimate = Estimate(value, low: value - 0.01, high: value + 0.01)
      var number = PairedNumber(delta: estimate, p: nil)
      if isOverRuns {
        number.runs = RunsEstimate(
          values: [value, value, value], deviation: 0, estimate: estimate, degreesOfFreedom: 2,
          nested: nil)
      }
      return number
    }
    var mean = PairedExit(exit: 1)
    (mean.cosine, mean.centred) = (number(cosine), number(centred))
    var final = PairedExit(exit: 5)
    (final.accuracy, final.spread) = (number(accuracy), number(spread))
    return Experiment.Row(
      architecture: "plain", form: "paper", lambda: lambda, arm: audit.result.egt,
      paired: PairedResult(exits: [final], mean: mean),
      flags: flags.map { Flag(code: $0, arm: "egt", exit: nil, message: "x") })
  }

  private func words(_ rows: (SyntheticAudit) -> [Experiment.Row]) throws -> String {
    var audit = SyntheticAudit(samples: 8)
    audit.result.experiment = Experiment(rows: rows(audit), missing: [])
    let report = try WrittenReport(audit, ReportOptions(gallery: .atMost(1)))
    #expect(problems(in: report.files) == [])
    return try report.words("experiment.html")
  }

  @Test func gainsAreNamedWithWhatSpeaksAgainstThem() throws {
    let words = try words { audit in
      [
        row(0.1, in: audit), row(0.2, centred: 0.4, flags: ["SAME-MAP", "FLATTENED"], in: audit),
        row(0.3, spread: -0.5, in: audit), row(0.4, accuracy: -0.05, in: audit),
        row(0.5, centred: -0.2, in: audit),
      ]
    }
    #expect(words.contains("2 of 5 settings raise agreement at no detected cost."))
    #expect(words.contains("Of these, paper, λ = 0.2 has the largest gain in centred correlation."))
    #expect(words.contains("But for 1 of them alerts question what the agreement is worth."))
    #expect(words.contains("not about the image: paper, λ = 0.2 (FLATTENED and SAME-MAP)."))
    #expect(words.contains("1 of 5 settings flattens the final map."))
    #expect(words.contains("1 of 5 settings loses final accuracy."))
  }

  @Test(arguments: [
    ([false, false], "over images, the training runs held fixed"),
    ([true, true], "over images and training runs"),
    (
      [true, false],
      "over images and training runs (over images alone where a setting has fewer than 3 runs)"
    ),
  ]) func whatIntervalsAreOverIsSaid(_ rows: [Bool], _ scope: String) throws {
    let words = try words { audit in
      rows.enumerated().map { row(0.1 * Double($0 + 1), isOverRuns: $1, in: audit) }
    }
    #expect(words.contains("each by its test at 0.05 \(scope)."))
    #expect(words.contains("with 95 % intervals \(scope), not adjusted"))
  }

  /// Maps of another kind: the numbers stay in the tables, no sentence rests on them, and accuracy is said all the same.
  @Test func otherMapsAreNotCompared() throws {
    let words = try words { audit in
      var other = row(0.2, cosine: 0.5, centred: 0.5, accuracy: -0.05, spread: -0.5, in: audit)
      other.paired!.mapPremise = MapPremise(
        .kinds(reference: "softmax", model: "sigmoid"), names: ("Baseline", "EGT"))
      return [row(0.1, cosine: 0, in: audit), other]
    }
    #expect(words.contains("1 of 2 settings is not compared with the baseline"))
    #expect(words.contains("paper, λ = 0.2: EGT’s maps are sigmoid, the baseline’s softmax."))
    #expect(words.contains("No setting raises agreement without a cost that was detected."))
    #expect(!words.contains("largest gain") && !words.contains("flattens the final map"))
    #expect(words.contains("1 of 2 settings loses final accuracy."))
  }

  @Test func noDoubtWhereNothingWasRaised() throws {
    let words = try words { [row(0.1, flags: ["FEW-SEEDS"], in: $0)] }
    #expect(words.contains("1 of 1 settings raises agreement at no detected cost."))
    #expect(!words.contains("But "))
    #expect(words.contains("No loss of final accuracy was detected."))
    let none = try self.words { [row(0.1, cosine: 0, in: $0)] }
    #expect(none.contains("No setting raises agreement without a cost that was detected."))
  }
}
