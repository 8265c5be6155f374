/// One training run's number: the average of the means of some series, each over the images at which it is defined.
package struct RunNumber {
  package var value: Double
  /// Each image's deviation from the number, 0 where undefined; the sum is 0.
  package var influences: [Double]

  /// nil where no image is defined; series without one are left out.
  package init?(_ series: [some Collection<Double?>]) {
    let defined = series.filter { $0.contains { $0 != nil } }
    guard !defined.isEmpty else { return nil }
    value = 0
    influences = [Double](repeating: 0, count: defined[0].count)
    let weight = 1 / Double(defined.count)
    for values in defined {
      let mean = values.definedMean!
      let factor = weight * Double(values.count) / Double(values.count { $0 != nil })
      value += weight * mean
      for (image, x) in values.enumerated() {
        if let x { influences[image] += factor * (x - mean) }
      }
    }
  }

  init(value: Double, influences: [Double]) {
    self.value = value
    self.influences = influences
  }

  package static func - (left: RunNumber, right: RunNumber) -> RunNumber {
    RunNumber(
      value: left.value - right.value, influences: zip(left.influences, right.influences).map(-))
  }
}

extension RunComponent {
  package init(_ numbers: [RunNumber]) {
    self.init(values: numbers.map(\.value), influences: numbers.map(\.influences))
  }
}

extension RunDesign {
  /// What runs add to the variance of a difference, right − left: of matched pairs, or of each model.
  func components(_ left: [RunNumber], _ right: [RunNumber]) -> [RunComponent] {
    guard let pairs else { return [RunComponent(left), RunComponent(right)] }
    return [RunComponent(pairs.map { right[$0.model] - left[$0.reference] })]
  }
}

/// An interval over images at any confidence, runs held fixed.
enum ImageInterval {
  /// BCa of a statistic of the bootstrap.
  case bootstrap(Pending<BootstrapDistribution>)
  /// Wilson's of a mean of shares.
  case shares([Double])
  /// Bonett and Price's of a mean of differences of shares.
  case differences(PairedShares)

  func estimate(_ alpha: Double, _ distributions: [BootstrapDistribution]) -> Estimate {
    switch self {
    case .bootstrap(let pending): pending.value(in: distributions).estimate(alpha: alpha)
    case .shares(let shares): WilsonInterval.estimate(meanOf: shares, alpha: alpha)
    case .differences(let differences): differences.estimate(alpha: alpha)
    }
  }

  /// Two-sided, of “the number is 0”; nil for shares, which nobody expects to be 0.
  func p(_ distributions: [BootstrapDistribution]) -> Double? {
    switch self {
    case .bootstrap(let pending): pending.value(in: distributions).p
    case .shares: nil
    case .differences(let differences): differences.p
    }
  }
}
