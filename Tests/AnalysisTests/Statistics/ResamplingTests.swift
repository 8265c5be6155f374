import Analysis
import TestSupport
import Testing

/// The bootstrap against SciPy's, and its nested form draw by draw.
struct ResamplingTests {
  let fixture: StatisticsFixture

  init() throws { fixture = try StatisticsFixture.load() }

  private func run(
    _ count: Int, _ ask: (inout Bootstrap) -> Int
  ) -> BootstrapDistribution {
    var bootstrap = Bootstrap(sampleCount: count, resamples: 100_000, seed: 5)
    let place = ask(&bootstrap)
    return bootstrap.run()[place]
  }

  /// Both sides resample at random: 200,000 times there, 100,000 here. At the 1.7 % level of the smaller samples a
  /// quantile's standard error is then about 0.01 of the statistic's own (0.02 where the tail is thin), so 0.06 is
  /// three or more of them.
  private func expect(
    _ distribution: BootstrapDistribution, _ expected: StatisticsFixture.Interval,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let tolerance = 0.06 * expected.error
    #expect(
      abs(distribution.value - expected.value) < 1e-12, sourceLocation: sourceLocation)
    #expect(distribution.definedCount == expected.n, sourceLocation: sourceLocation)
    let bca = distribution.estimate
    #expect(
      abs(bca.low! - expected.bca[0]) < tolerance && abs(bca.high! - expected.bca[1]) < tolerance,
      "\(bca) against \(expected.bca), tolerance \(tolerance)", sourceLocation: sourceLocation)
    let plain = distribution.percentiles!
    #expect(
      abs(plain.low - expected.percentile[0]) < tolerance
        && abs(plain.high - expected.percentile[1]) < tolerance,
      "\(plain) against \(expected.percentile)", sourceLocation: sourceLocation)
  }

  @Test func meanIsSciPys() {
    let data = fixture.bootstrap
    expect(
      run(25) { $0.ask(forAverageOf: [$0.add(data.small)!]) }, data.meanOfSmall)
    expect(
      run(200) { $0.ask(forAverageOf: [$0.add(data.large)!]) }, data.meanOfLarge)
  }

  /// The average of two means of the same draws, one of them over fewer samples.
  @Test func averageOfMeansIsSciPys() {
    let data = fixture.bootstrap
    let masked = zip(data.other, data.mask).map { $1 > 0 ? $0 : nil }
    expect(
      run(25) { bootstrap in
        let numbers = [bootstrap.add(data.small)!, bootstrap.add(masked)!]
        return bootstrap.ask(forAverageOf: numbers)
      }, data.averageOfTwo)
  }

  @Test func standardisedMeanIsSciPys() {
    let data = fixture.bootstrap
    expect(
      run(25) { $0.ask(forStandardisedMeanOf: $0.add(data.small)!) }, data.standardised)
  }

  @Test func standardisedMeanOfEqualValuesIsUndefined() {
    let same = run(10) {
      $0.ask(forStandardisedMeanOf: $0.add([Double](repeating: 0.1, count: 10))!)
    }
    #expect(same.value.isNaN)
  }

  @Test func fewSamplesHaveNoInterval() {
    for count in [1, 7, 8] {
      let distribution = run(count) { bootstrap in
        bootstrap.ask(forAverageOf: [bootstrap.add((0..<count).map { Double($0) })!])
      }
      #expect((distribution.estimate.low != nil) == (count >= BootstrapDistribution.leastSamples))
      #expect((distribution.p != nil) == (count >= BootstrapDistribution.leastSamples))
    }
  }

  /// p is below 0.05 exactly where the interval excludes 0: the mean is moved until its bound is 0, then to both sides.
  @Test func pValuesAndIntervalsAgree() {
    let data = fixture.bootstrap.small
    func distribution(_ shift: Double) -> BootstrapDistribution {
      var bootstrap = Bootstrap(sampleCount: data.count, resamples: 2000, seed: 1)
      let place = bootstrap.ask(forAverageOf: [bootstrap.add(data.map { $0 - shift })!])
      return bootstrap.run()[place]
    }
    let bounds = distribution(0).estimate
    for (bound, sign) in [(bounds.low!, -1.0), (bounds.high!, 1.0)] {
      #expect(distribution(bound + sign * 1e-6).p! < 0.05)
      #expect(distribution(bound - sign * 1e-6).p! > 0.05)
    }
    // Never 0, and 1 where all is 0.
    #expect(distribution(-100).p! > 0)
    let zero = run(20) { $0.ask(forAverageOf: [$0.add([Double](repeating: 0, count: 20))!]) }
    #expect(zero.p == 1 && zero.estimate.low == 0 && zero.estimate.high == 0)
  }

  // MARK: Runs

  private func nested(
    _ design: RunDesign, baseline: [[[Double?]]], egt: [[[Double?]]]
  ) -> BootstrapDistribution {
    var bootstrap = Bootstrap(
      sampleCount: 20, resamples: fixture.nested.resamples, seed: fixture.nested.seed,
      design: design)
    let numbers = (
      baseline.map { run in run.map { bootstrap.add($0)! } },
      egt.map { run in run.map { bootstrap.add($0)! } }
    )
    let place = bootstrap.ask(forNested: .init(reference: numbers.0, model: numbers.1))
    return bootstrap.run()[place]
  }

  @Test func nestedDrawsRunsAndImages() throws {
    let data = fixture.nested
    let (baseline, egt) = (data.runs["baseline"]!, data.runs["egt"]!)
    let matched = RunDesign(reference: data.baselineSeeds, model: data.egtSeeds)
    let apart = RunDesign(reference: data.baselineSeeds, model: [7, 8, 9])
    #expect(matched.pairs?.map(\.model) == [2, 0, 1])
    #expect(apart.pairs == nil)
    for (key, distribution) in [
      ("matched", nested(matched, baseline: baseline, egt: egt)),
      ("independent", nested(apart, baseline: baseline, egt: egt)),
      ("baseline", nested(matched, baseline: baseline, egt: [])),
    ] {
      let (low, high) = try #require(distribution.percentiles)
      #expect(abs(low - data.percentiles[key]![0]) < 1e-12, "\(key)")
      #expect(abs(high - data.percentiles[key]![1]) < 1e-12, "\(key)")
    }
  }

  @Test(
    arguments: [
      ([1, 2], [2, 1], true), ([1, 2], [1, 3], false), ([1, 1], [1, 1], false),
      ([1, 2], [1, 2, 3], false), ([1, nil], [1, nil], false), ([4], [5], true),
      ([nil], [nil], true),
    ] as [([UInt64?], [UInt64?], Bool)])
  func runsAreMatchedBySeed(baseline: [UInt64?], egt: [UInt64?], isMatched: Bool) {
    #expect((RunDesign(reference: baseline, model: egt).pairs != nil) == isMatched)
  }
}
