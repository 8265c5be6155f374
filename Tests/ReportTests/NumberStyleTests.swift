import Analysis
import Report
import Testing

@Suite struct NumberStyleTests {
  private func bound(_ value: Double, _ estimate: Estimate, _ style: NumberStyle) -> String {
    style.bound(value, of: estimate)
  }

  /// A reader must see on which side of 0 an interval lies that is set in bold.
  @Test func boundsOfWhatExcludesZeroShowTheirSign() {
    let above = Estimate(0.006, low: 0.00041, high: 0.013)
    #expect(bound(0.00041, above, .signed) == "+0.0004")
    #expect(bound(0.013, above, .signed) == "+0.013")
    let below = Estimate(-0.007, low: -0.015, high: -0.00004)
    #expect(bound(-0.00004, below, .points) == "−0.004")
    #expect(bound(-0.015, below, .points) == "−1.5")
  }

  @Test func otherBoundsKeepTheirDecimals() {
    let across = Estimate(0.006, low: -0.00041, high: 0.013)
    #expect(bound(-0.00041, across, .signed) == "0.000")
    // A number that cannot be below 0 says nothing by its sign.
    let share = Estimate(0.02, low: 0.00041, high: 0.05)
    #expect(bound(0.00041, share, .fixed) == "0.000")
    #expect(bound(0, Estimate(1, low: 0, high: 2), .signed) == "0.000")
  }
}
