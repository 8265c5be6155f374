extension Measure {
  /// Wilson's interval; differences have Bonett and Price's (`PairedShares`) and, with one recording a model, McNemar's
  /// exact test.
  public static let accuracy = Measure(
    key: "accuracy", name: "Accuracy", definition: "Share of images answered rightly.",
    range: 0...1, direction: .moreIsBetter, format: .percent, exits: .all, inference: .tested,
    source: Source(series: { scan, _ in Column(shares: scan.answers.isRight) }))
}

extension Column {
  /// 1 where true, 0 where not.
  init(shares flags: [Bool]) { self.init(flags.lazy.map { $0 ? 1 : 0 }) }
}
