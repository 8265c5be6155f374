/// One arm's numbers over its training runs, while they wait for the bootstrap.
struct RunsStatistics {
  private struct Plan {
    var measure: AuditMeasure
    var place: AuditPlace
    /// One a recording.
    var numbers: [RunNumber?]
    var images: ImageInterval
    var nested: Int
  }

  private var plans: [Plan] = []

  /// Adds the runs' series to a bootstrap; nothing with a single recording.
  init(_ scan: ModelScan, bootstrap: inout Bootstrap) {
    guard scan.recordingCount > 1 else { return }
    for place in AuditPlace.all(exitCount: scan.exitCount) {
      for measure in AuditMeasure.allCases {
        guard let recordings = scan.series(measure, place),
          let images = Self.images(scan.imageSeries(measure, place)!, measure, &bootstrap)
        else { continue }
        let runs = recordings.map { lists in lists.compactMap { bootstrap.add($0) } }
        plans.append(
          Plan(
            measure: measure, place: place, numbers: recordings.map { RunNumber($0) },
            images: images,
            nested: bootstrap.ask(
              forNested: scan.name == .baseline
                ? Bootstrap.Nested(baseline: runs) : Bootstrap.Nested(egt: runs))))
      }
    }
  }

  /// nil where no image is defined.
  private static func images(
    _ series: [Column], _ measure: AuditMeasure, _ bootstrap: inout Bootstrap
  ) -> ImageInterval? {
    if measure == .accuracy {
      return .shares(series[0].indices.map { image in series.map { $0[image] }.definedMean! })
    }
    let numbers = series.compactMap { bootstrap.add($0) }
    return numbers.isEmpty ? nil : .bootstrap(bootstrap.ask(forAverageOf: numbers))
  }

  func rows(_ distributions: [BootstrapDistribution]) -> [RunsRow] {
    plans.map { plan in
      let component = RunComponent(plan.numbers.compactMap { $0 })
      return RunsRow(
        measure: plan.measure, place: plan.place,
        number: RunsEstimate(
          values: plan.numbers.map { $0?.value },
          images: { plan.images.estimate($0, distributions) },
          components: [component], range: plan.measure.range,
          nested: distributions[plan.nested]))
    }
  }
}

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
  static func deviation(_ values: [Double]) -> Double? {
    guard values.count > 1 else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1)).squareRoot()
  }
}
