import Analysis
import TestSupport
import Testing

/// What has an exact answer, against SciPy and statsmodels: 1e-9 relative (lost to log Γ at 200,000 degrees of freedom),
/// or better.
struct ExactStatisticsTests {
  let fixture: StatisticsFixture

  init() throws { fixture = try StatisticsFixture.load() }

  private func expectClose(
    _ value: Double?, _ expected: Double?, _ tolerance: Double = 1e-10, _ what: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let isRight =
      switch (value, expected) {
      case (nil, nil): true
      case (let value?, let expected?): abs(value - expected) <= tolerance * abs(expected) + 1e-300
      default: false
      }
    #expect(
      isRight,
      "\(what): \(String(describing: value)), expected \(String(describing: expected))",
      sourceLocation: sourceLocation)
  }

  @Test func normalDistribution() {
    for row in fixture.normal.cumulative {
      expectClose(NormalDistribution.cumulative(row[0]), row[1])
    }
    for row in fixture.normal.quantile {
      // SciPy's own last digits where the answer is 0.
      #expect(abs(NormalDistribution.quantile(row[0]) - row[1]) <= 1e-13 * max(1, abs(row[1])))
    }
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
  }

  @Test func studentDistribution() {
    for row in fixture.student.cumulative {
      expectClose(
        StudentDistribution.cumulative(row[0], degreesOfFreedom: row[1]), row[2], 1e-9, "\(row)")
    }
    for row in fixture.student.quantile where row[0] != 0.5 {
      expectClose(
        StudentDistribution.quantile(row[0], degreesOfFreedom: row[1]), row[2], 1e-9, "\(row)")
    }
    #expect(abs(StudentDistribution.quantile(0.5, degreesOfFreedom: 3)) < 1e-12)
    #expect(
      StudentDistribution.quantile(0.975, degreesOfFreedom: .infinity)
        == NormalDistribution.quantile(0.975))
  }

  @Test func incompleteBeta() {
    for row in fixture.beta.value {
      expectClose(IncompleteBeta.value(row[0], row[1], row[2]), row[3], 1e-10, "\(row)")
    }
    for row in fixture.beta.inverse {
      expectClose(IncompleteBeta.inverse(row[0], row[1], row[2]), row[3], 1e-9, "\(row)")
    }
  }

  @Test func wilson() {
    for row in fixture.wilson {
      let estimate = WilsonInterval.estimate(Int(row[0]), of: Int(row[1]))
      #expect(abs(estimate.low! - row[2]) < 1e-12 && abs(estimate.high! - row[3]) < 1e-12)
      let answers = (0..<Int(row[1])).map { Double($0) < row[0] ? 1.0 : 0 }
      let mean = WilsonInterval.estimate(meanOf: answers)
      #expect(abs(mean.low! - estimate.low!) < 1e-12 && abs(mean.high! - estimate.high!) < 1e-12)
    }
  }

  /// Runs that agree count once; independent ones each; and there always is a width.
  @Test func wilsonOfSeveralRuns() {
    let one = (0..<100).map { $0 < 70 ? 1.0 : 0 }
    let alike = WilsonInterval.estimate(meanOf: one)
    // The same mean with less spread between images: 40 images of ½, 50 of 1, 10 of 0.
    let mixed = (0..<100).map { $0 < 40 ? 0.5 : $0 < 90 ? 1.0 : 0 }
    let narrower = WilsonInterval.estimate(meanOf: mixed)
    #expect(abs(narrower.value - 0.7) < 1e-12)
    #expect(narrower.high! - narrower.low! < 0.8 * (alike.high! - alike.low!))
    let all = WilsonInterval.estimate(meanOf: [Double](repeating: 1, count: 50))
    #expect(all.high == 1 && all.low! < 0.94)
  }

  @Test func mcNemar() {
    for row in fixture.mcnemar {
      let test = McNemarTest(
        bothRight: row.table[0], onlyReferenceRight: row.table[1], onlyModelRight: row.table[2],
        bothWrong: row.table[3])
      expectClose(test.p, row.p, 1e-9, "\(row)")
      expectClose(test.midP, row.midP, 1e-9, "\(row)")
      expectClose(test.oddsRatio, row.oddsRatio)
      expectClose(test.oddsRatioLow, row.low, 1e-9, "\(row)")
      expectClose(test.oddsRatioHigh, row.high, 1e-9, "\(row)")
      // The test and its interval never contradict each other.
      if let low = test.oddsRatioLow {
        #expect((test.p < 0.05) == (low > 1 || (test.oddsRatioHigh ?? .infinity) < 1))
      }
    }
    let counted = McNemarTest(
      reference: [true, true, false, false, true], model: [true, false, true, false, false])
    #expect(
      counted
        == McNemarTest(bothRight: 1, onlyReferenceRight: 2, onlyModelRight: 1, bothWrong: 1))
  }

  @Test func pairedShares() {
    for row in fixture.pairedShares {
      let values = [0.0, -1, 1, 0]
      let shares = PairedShares(
        zip(row.table, values).flatMap { [Double](repeating: $1, count: $0) })
      let estimate = shares.estimate
      #expect(abs(estimate.value - row.value) < 1e-14)
      expectClose(estimate.low, row.low)
      expectClose(estimate.high, row.high)
      expectClose(shares.p, row.p, 1e-9)
      #expect((shares.p < 0.05) == (estimate.low! > 0 || estimate.high! < 0))
    }
    // Airway hyper-responsiveness before and after stem cell transplantation, the example of Fagerland, Lydersen and
    // Laake (2014): −0.286 with −0.508 to −0.013.
    let example = PairedShares(
      zip([1, 7, 1, 12], [0.0, -1, 1, 0]).flatMap { [Double](repeating: $1, count: $0) }
    ).estimate
    #expect(abs(example.value + 0.286) < 5e-4)
    #expect(abs(example.low! + 0.508) < 5e-4 && abs(example.high! + 0.013) < 5e-4)
  }

  @Test func holm() {
    for row in fixture.holm {
      for (value, expected) in zip(HolmAdjustment.adjusted(row.p), row.adjusted) {
        expectClose(value, expected, 1e-14)
      }
    }
    // What was not tested is not counted.
    #expect(HolmAdjustment.adjusted([nil, 0.03, nil, 0.02]) == [nil, 0.04, nil, 0.04])
  }
}
