extension RunsEstimate {
  /// - Parameters:
  ///   - values: one a run or matched pair; empty where runs are independent.
  ///   - images: the interval over images at confidence 1 − α.
  init(
    values: [Double?], images: (_ alpha: Double) -> Estimate, components: [RunComponent],
    range: ClosedRange<Double>, nested: BootstrapDistribution
  ) {
    let widened = RunComponent.widen(images, by: components, range: range)
    let freedom = RunComponent.degreesOfFreedom(components)
    let percentiles = components.allSatisfy { $0.count > 1 } ? nested.percentiles : nil
    self.init(
      values: values, deviation: Self.deviation(values.compactMap { $0 }),
      estimate: widened ?? Estimate(images(0.05).value),
      degreesOfFreedom: widened != nil && freedom.isFinite ? freedom : nil,
      nested: percentiles.map { Estimate(nested.value, low: $0.low, high: $0.high) })
  }

  /// ddof 1; nil with fewer than two values.
  public static func deviation(_ values: [Double]) -> Double? {
    guard values.count > 1 else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1)).squareRoot()
  }
}
