import Analysis
import TestSupport

/// Right and wrong answers of two models, in closed form.
enum SampleDisagreement {
  static func result(
    exits: Int = 5, _ test: (Int) -> McNemarTest, samples: Int = 1364
  ) -> AuditResult {
    var result = SampleResults.result()
    result.sampleCount = samples
    result.disagreement = disagreement(exits: exits, test)
    return result
  }

  static func disagreement(exits: Int, _ test: (Int) -> McNemarTest) -> Disagreement {
    let places = (1...exits).map { Place.exit($0) } + [.earlyStop]
    var disagreement = Disagreement()
    disagreement.tables = [
      CorrectnessTable(
        reference: 1, model: 1,
        rows: places.enumerated().map {
          CorrectnessTable.Row(place: $1, test: test($0 + 1), difference: Estimate(0.01))
        })
    ]
    return disagreement
  }

  /// At exit k, 10·k images only the baseline answers rightly and 20 only EGT.
  static let usual = result { exit in
    McNemarTest(
      bothRight: 1000, onlyReferenceRight: 10 * exit, onlyModelRight: 20, bothWrong: 344 - 10 * exit
    )
  }

  static let results: [(String, AuditResult)] = [
    ("disagreement", usual),
    (
      "no disagreement",
      result(
        exits: 1,
        { _ in
          McNemarTest(bothRight: 1, onlyReferenceRight: 0, onlyModelRight: 0, bothWrong: 0)
        }, samples: 1)
    ),
    (
      "much disagreement",
      result(
        exits: 11,
        { exit in
          McNemarTest(
            bothRight: 0, onlyReferenceRight: 90_000_000, onlyModelRight: exit,
            bothWrong: 10_000_000)
        }, samples: 100_000_000)
    ),
  ]
}
