/// What one model's runs, or matched pairs of runs, add to the variance of a mean over them. See `RunsEstimate`.
package struct RunComponent: Sendable {
  /// Runs that have a number.
  package let count: Int
  /// s² / S: the variance of the mean as the runs' numbers show it, images and all.
  package let apparent: Double
  /// max(0, s² / S − v): what remains without the images.
  package let variance: Double

  /// - Parameters:
  ///   - values: one a run.
  ///   - influences: [run][image]: each image's deviation from the run's number (0 where undefined), sum 0.
  package init(values: [Double], influences: [[Double]]) {
    precondition(
      values.count == influences.count, "\(values.count) runs and \(influences.count) influences")
    count = values.count
    let runs = Double(count)
    guard count > 1 else {
      (apparent, variance) = (0, 0)
      return
    }
    let mean = values.reduce(0, +) / runs
    apparent = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (runs - 1) / runs
    let ofOne = influences.map(Self.imageVariance).reduce(0, +) / runs
    let average = influences[0].indices.map { image in
      influences.reduce(0) { $0 + $1[image] } / runs
    }
    let ofMean = Self.imageVariance(average)
    let images = min(max((ofOne - ofMean) / (runs - 1), 0), ofMean)
    variance = max(0, apparent - images)
  }

  /// The variance of a mean over images: Σuᵢ² / (n(n − 1)).
  private static func imageVariance(_ influences: [Double]) -> Double {
    let count = Double(influences.count)
    guard count > 1 else { return 0 }
    return influences.reduce(0) { $0 + $1 * $1 } / (count * (count - 1))
  }

  /// Welch's degrees of freedom of the sum of components; infinite where runs do not differ.
  package static func degreesOfFreedom(_ components: [RunComponent]) -> Double {
    let total = components.reduce(0) { $0 + $1.apparent }
    let parts = components.reduce(0) { $0 + $1.apparent * $1.apparent / Double($1.count - 1) }
    return parts > 0 ? total * total / parts : .infinity
  }

  /// Widens an interval over images by the runs. nil with fewer than `RunsEstimate.leastRuns` in a component.
  /// - Parameter images: the interval over images at confidence 1 − α.
  package static func widen(
    _ images: (_ alpha: Double) -> Estimate, by components: [RunComponent],
    range: ClosedRange<Double>,
    alpha: Double = 0.05
  ) -> Estimate? {
    guard components.allSatisfy({ $0.count >= RunsEstimate.leastRuns }) else { return nil }
    let estimate = images(alpha)
    guard let low = estimate.low, let high = estimate.high else { return nil }
    let variance = components.reduce(0) { $0 + $1.variance }
    let freedom = degreesOfFreedom(components)
    let t = StudentDistribution.quantile(1 - alpha / 2, degreesOfFreedom: freedom)
    let square = variance > 0 ? t * t * variance : 0
    func reach(_ distance: Double) -> Double {
      let distance = max(0, distance)
      return (distance * distance + square).squareRoot()
    }
    return Estimate(
      estimate.value,
      low: max(range.lowerBound, estimate.value - reach(estimate.value - low)),
      high: min(range.upperBound, estimate.value + reach(high - estimate.value)))
  }

  /// The largest α whose widened interval holds 0, at least `least` (the p-value over images alone).
  package static func p(
    _ images: (_ alpha: Double) -> Estimate, by components: [RunComponent], least: Double
  ) -> Double? {
    let unbounded = -Double.infinity...Double.infinity
    guard let value = widen(images, by: components, range: unbounded)?.value else { return nil }
    guard value != 0, least < 1 else { return 1 }
    let root = RootFinder.argument(
      of: { alpha in
        let estimate = widen(images, by: components, range: unbounded, alpha: alpha)!
        return value > 0 ? estimate.low! : -estimate.high!
      }, reaching: 0, from: least, to: 1)
    return root
  }
}
