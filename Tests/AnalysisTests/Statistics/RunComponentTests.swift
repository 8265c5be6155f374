import Analysis
import TestSupport
import Testing

/// Intervals over images and runs: without image variance they are Student's and Welch's, their parts are those of a
/// two-way analysis of variance, and the whole is what the definition says.
struct RunComponentTests {
  let fixture: StatisticsFixture

  init() throws { fixture = try StatisticsFixture.load() }

  private let unbounded = -Double.infinity...Double.infinity

  /// Runs that see no image: what is left is the runs' own scatter.
  private func bare(_ values: [Double]) -> RunComponent {
    RunComponent(values: values, influences: values.map { _ in [0, 0] })
  }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  @Test func withoutImagesItIsWelchs() throws {
    let data = fixture.studentTests
    let difference = mean(data.right) - mean(data.left)
    let components = [bare(data.left), bare(data.right)]
    let exact = { (_: Double) in Estimate(difference, low: difference, high: difference) }
    let interval = try #require(RunComponent.widen(exact, by: components, range: unbounded))
    #expect(
      abs(interval.low! - data.welch[0]) < 1e-10 && abs(interval.high! - data.welch[1]) < 1e-10)
    #expect(abs(RunComponent.degreesOfFreedom(components) - data.welchFreedom) < 1e-10)
    let p = try #require(RunComponent.p(exact, by: components, least: 1e-6))
    #expect(abs(p - data.welchP) < 1e-9 * data.welchP)
  }

  @Test func matchedWithoutImagesItIsStudents() throws {
    let data = fixture.studentTests
    let exact = { [value = mean(data.pairs)] (_: Double) in
      Estimate(value, low: value, high: value)
    }
    let interval = try #require(
      RunComponent.widen(exact, by: [bare(data.pairs)], range: unbounded))
    #expect(
      abs(interval.low! - data.paired[0]) < 1e-10 && abs(interval.high! - data.paired[1]) < 1e-10)
    let p = try #require(RunComponent.p(exact, by: [bare(data.pairs)], least: 1e-6))
    #expect(abs(p - data.pairedP) < 1e-9 * data.pairedP)
    // Never less than over images alone.
    #expect(RunComponent.p(exact, by: [bare(data.pairs)], least: 0.9) == 0.9)
  }

  @Test func partsAreThoseOfAnAnalysisOfVariance() {
    let table = fixture.components.table
    let component = RunComponent(
      values: table.map(mean), influences: table.map { row in row.map { $0 - mean(row) } })
    #expect(abs(component.apparent - fixture.components.apparent) < 1e-12)
    #expect(abs(component.variance - fixture.components.variance) < 1e-12)
  }

  /// Runs that differ only by their images add nothing.
  @Test func runsThatAreOneModelAddNothing() throws {
    let row = fixture.components.table[0]
    let influences = row.map { $0 - mean(row) }
    let same = RunComponent(
      values: [mean(row), mean(row), mean(row)], influences: [influences, influences, influences])
    let images = { (_: Double) in Estimate(0.2, low: 0.1, high: 0.35) }
    #expect(
      RunComponent.widen(images, by: [same], range: unbounded)
        == Estimate(0.2, low: 0.2 - 0.1, high: 0.2 + (0.35 - 0.2)))
  }

  /// Runs of two series each, some images undefined: matched pairs and independent runs.
  @Test func wholeIntervalFollowsItsDefinition() throws {
    let (baseline, egt) = (fixture.nested.runs["baseline"]!, fixture.nested.runs["egt"]!)
    let numbers = (
      try baseline.map { try #require(RunNumber($0)) }, try egt.map { try #require(RunNumber($0)) }
    )
    let design = RunDesign(reference: fixture.nested.baselineSeeds, model: fixture.nested.egtSeeds)
    let pairs = try #require(design.pairs).map { numbers.1[$0.model] - numbers.0[$0.reference] }
    let images = { [values = fixture.widened.images] (_: Double) in
      Estimate(values[0], low: values[1], high: values[2])
    }
    for (components, expected) in [
      ([RunComponent(pairs)], fixture.widened.matched),
      ([RunComponent(numbers.0), RunComponent(numbers.1)], fixture.widened.independent),
    ] {
      let interval = try #require(RunComponent.widen(images, by: components, range: unbounded))
      #expect(abs(interval.low! - expected.low) < 1e-10)
      #expect(abs(interval.high! - expected.high) < 1e-10)
      #expect(
        abs(RunComponent.degreesOfFreedom(components) - expected.degreesOfFreedom) < 1e-10)
    }
  }

  @Test func fewerThanThreeRunsHaveNoInterval() {
    let images = { (_: Double) in Estimate(0.2, low: 0.1, high: 0.35) }
    let (two, three) = (bare([0.1, 0.3]), bare([0.1, 0.2, 0.3]))
    #expect(RunComponent.widen(images, by: [two], range: unbounded) == nil)
    #expect(RunComponent.widen(images, by: [two, three], range: unbounded) == nil)
    #expect(RunComponent.widen(images, by: [three, three], range: unbounded) != nil)
    #expect(RunComponent.p(images, by: [two], least: 0.01) == nil)
  }

  @Test func boundsStayWithinTheirRange() throws {
    let images = { (_: Double) in Estimate(0.9, low: 0.85, high: 0.93) }
    let interval = try #require(
      RunComponent.widen(images, by: [bare([0.5, 0.9, 1])], range: 0...1))
    #expect(interval.high == 1 && interval.low! < 0.5)
  }
}
