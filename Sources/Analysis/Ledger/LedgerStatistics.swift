/// Means over samples, their intervals asked of one bootstrap: a number is taken at once, its interval when all have
/// been asked for.
struct LedgerStatistics {
  /// Where a number's interval will stand.
  struct Ticket {
    fileprivate var value: Double
    /// Where it needs no bootstrap.
    fileprivate var known: Estimate?
    fileprivate var place: Int?
  }

  private var bootstrap: Bootstrap?
  private var distributions: [BootstrapDistribution] = []

  /// - Parameter options: nil for numbers without bootstrap intervals.
  init(sampleCount: Int, options: AuditOptions?) {
    bootstrap = options.map {
      Bootstrap(sampleCount: sampleCount, resamples: $0.resamples, seed: $0.seed)
    }
  }

  /// A share of samples, mean over the recordings in which a sample counts, with Wilson's interval.
  /// - Parameter series: [recording][sample]; nil where the sample does not count.
  /// - Returns: nil where no sample counts.
  func share(_ series: [[Bool?]]) -> Ticket? {
    let numbers = series.map { $0.map { $0.map { $0 ? 1.0 : 0 } } }
    let counted = numbers[0].indices.compactMap { sample in
      numbers.map { $0[sample] }.definedMean
    }
    guard !counted.isEmpty else { return nil }
    let estimate = WilsonInterval.estimate(meanOf: counted)
    return Ticket(value: estimate.value, known: estimate, place: nil)
  }

  /// A difference of two shares of the same samples, mean over the recordings, with Bonett and Price's interval.
  /// - Parameter series: [recording][sample], −1…1.
  func shareDifference(_ series: [[Double]]) -> Ticket {
    let means = series[0].indices.map { sample in
      series.reduce(0) { $0 + $1[sample] } / Double(series.count)
    }
    let estimate = PairedShares(means).estimate
    return Ticket(value: estimate.value, known: estimate, place: nil)
  }

  /// A mean over samples of their means over the recordings in which they are defined.
  mutating func mean(_ series: [[Double?]]) -> Ticket? {
    let means = series[0].indices.map { sample in series.map { $0[sample] }.definedMean }
    guard let value = means.definedMean else { return nil }
    let place = bootstrap?.add(means).flatMap { bootstrap?.ask(forAverageOf: [$0]) }
    return Ticket(value: value, known: nil, place: place)
  }

  mutating func run() {
    distributions = bootstrap?.run() ?? []
  }

  /// After `run()`.
  func estimate(_ ticket: Ticket) -> Estimate {
    if let known = ticket.known { return known }
    guard let place = ticket.place else { return Estimate(ticket.value) }
    return distributions[place].estimate
  }
}

extension [Double] {
  /// nil for none.
  var mean: Double? { isEmpty ? nil : reduce(0, +) / Double(count) }
}
