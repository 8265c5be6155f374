/// Means over samples, their intervals asked of one bootstrap: a number is taken at once, its interval when all have
/// been asked for.
struct LedgerStatistics {
  /// Where a number's interval will stand.
  struct Ticket {
    fileprivate var value: Double
    fileprivate var wilson: Estimate?
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

  /// A share of samples, of each recording: Wilson's interval for one recording, else the bootstrap's.
  /// - Parameter series: [recording][sample]; nil where the sample does not count.
  /// - Returns: nil where no sample counts.
  mutating func share(_ series: [[Bool?]]) -> Ticket? {
    var ticket = mean(series.map { $0.map { $0.map { $0 ? 1 : 0 } } }, asks: series.count > 1)
    if series.count == 1 {
      let counted = series[0].compactMap { $0 }
      guard !counted.isEmpty else { return nil }
      ticket?.wilson = WilsonInterval.estimate(counted.count { $0 }, of: counted.count)
    }
    return ticket
  }

  /// A mean over samples of their means over the recordings in which they are defined.
  mutating func mean(_ series: [[Double?]], asks: Bool = true) -> Ticket? {
    let means = series[0].indices.map { sample in series.map { $0[sample] }.definedMean }
    guard let value = means.definedMean else { return nil }
    let place = asks ? bootstrap?.add(means).flatMap { bootstrap?.ask(forAverageOf: [$0]) } : nil
    return Ticket(value: value, wilson: nil, place: place)
  }

  mutating func run() {
    distributions = bootstrap?.run() ?? []
  }

  /// After `run()`.
  func estimate(_ ticket: Ticket) -> Estimate {
    if let wilson = ticket.wilson { return wilson }
    guard let place = ticket.place else { return Estimate(ticket.value) }
    return distributions[place].estimate
  }
}

extension [Double] {
  /// nil for none.
  var mean: Double? { isEmpty ? nil : reduce(0, +) / Double(count) }
}
