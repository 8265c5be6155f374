/// Means over samples, their intervals asked of one bootstrap.
struct LedgerStatistics {
  private var bootstrap: Bootstrap?

  /// - Parameter options: nil for numbers without bootstrap intervals.
  init(sampleCount: Int, options: AuditOptions?) {
    bootstrap = options.map {
      Bootstrap(sampleCount: sampleCount, resamples: $0.resamples, seed: $0.seed)
    }
  }

  /// A share of samples, mean over the recordings in which a sample counts, with Wilson's interval.
  /// - Parameter series: [recording][sample]; nil where the sample does not count.
  /// - Returns: nil where no sample counts.
  func share(_ series: [[Bool?]]) -> Pending<Estimate>? {
    let numbers = series.map { $0.map { $0.map { $0 ? 1.0 : 0 } } }
    let counted = numbers[0].indices.compactMap { sample in
      numbers.map { $0[sample] }.definedMean
    }
    return counted.isEmpty ? nil : .known(WilsonInterval.estimate(meanOf: counted))
  }

  /// A difference of two shares of the same samples, mean over the recordings, with Bonett and Price's interval.
  /// - Parameter series: [recording][sample], −1…1.
  func shareDifference(_ series: [[Double]]) -> Pending<Estimate> {
    let means = series[0].indices.map { sample in
      series.reduce(0) { $0 + $1[sample] } / Double(series.count)
    }
    return .known(PairedShares(means).estimate)
  }

  /// A mean over samples of their means over the recordings in which they are defined.
  mutating func mean(_ series: [[Double?]]) -> Pending<Estimate>? {
    let means = series[0].indices.map { sample in series.map { $0[sample] }.definedMean }
    guard let value = means.definedMean else { return nil }
    return bootstrap?.mean(of: means)?.map(\.estimate) ?? .known(Estimate(value))
  }

  func run() -> [BootstrapDistribution] { bootstrap?.run() ?? [] }
}

extension [Double] {
  /// nil for none.
  var mean: Double? { isEmpty ? nil : reduce(0, +) / Double(count) }
}
