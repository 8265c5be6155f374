/// Two classifiers on the same images: who is right where the other is wrong (McNemar, 1947).
///
/// Given the number of discordant images, the baseline's share of them is binomial with ½ where neither model is
/// better. Nothing is approximated, and images on which both are right or both wrong carry no information.
public struct McNemarTest: Sendable, Equatable {
  public var bothRight: Int
  public var onlyBaselineRight: Int
  public var onlyEGTRight: Int
  public var bothWrong: Int

  public init(bothRight: Int, onlyBaselineRight: Int, onlyEGTRight: Int, bothWrong: Int) {
    self.bothRight = bothRight
    self.onlyBaselineRight = onlyBaselineRight
    self.onlyEGTRight = onlyEGTRight
    self.bothWrong = bothWrong
  }

  /// Counts two lists of answers to the same images.
  package init(baseline: [Bool], egt: [Bool]) {
    precondition(
      baseline.count == egt.count, "answers to \(baseline.count) and \(egt.count) images")
    self.init(bothRight: 0, onlyBaselineRight: 0, onlyEGTRight: 0, bothWrong: 0)
    for (left, right) in zip(baseline, egt) {
      switch (left, right) {
      case (true, true): bothRight += 1
      case (true, false): onlyBaselineRight += 1
      case (false, true): onlyEGTRight += 1
      case (false, false): bothWrong += 1
      }
    }
  }

  public var count: Int { bothRight + onlyBaselineRight + onlyEGTRight + bothWrong }
  public var discordant: Int { onlyBaselineRight + onlyEGTRight }

  /// Exact two-sided p-value: 2 · P(X ≤ k), at most 1, where X is binomial (discordant, ½) and k the smaller of the
  /// two counts; 1 without a discordant image. Equal to that of `binomtest` and of statsmodels' `mcnemar(exact=True)`.
  public var p: Double {
    let k = Double(min(onlyBaselineRight, onlyEGTRight))
    let n = Double(discordant)
    guard 2 * k < n else { return 1 }
    return min(1, 2 * IncompleteBeta.value(0.5, n - k, k + 1))
  }

  /// The same with half the weight on the observed count, which is less conservative (Fagerland, Lydersen and Laake,
  /// 2013): p − P(X = k), and 1 where the two counts are equal.
  public var midP: Double {
    let k = Double(min(onlyBaselineRight, onlyEGTRight))
    let n = Double(discordant)
    guard 2 * k < n else { return 1 }
    let below = k > 0 ? IncompleteBeta.value(0.5, n - k + 1, k) : 0
    return IncompleteBeta.value(0.5, n - k, k + 1) + below
  }

  /// Odds that, where exactly one model is right, it is EGT: onlyEGTRight / onlyBaselineRight; nil without a
  /// discordant image or where the divisor is 0.
  ///
  /// Exact 95 % interval: Clopper and Pearson's (1934) of EGT's share π of the discordant images, as π / (1 − π).
  /// It excludes 1 exactly where `p` is below 0.05. An upper bound of nil means that there is none.
  public var oddsRatio: Double? {
    onlyBaselineRight > 0 ? Double(onlyEGTRight) / Double(onlyBaselineRight) : nil
  }

  /// Lower bound of the odds ratio; nil without a discordant image.
  public var oddsRatioLow: Double? {
    guard discordant > 0 else { return nil }
    return odds(
      onlyEGTRight == 0
        ? 0
        : IncompleteBeta.inverse(
          0.025, Double(onlyEGTRight), Double(onlyBaselineRight) + 1))
  }

  /// Upper bound of the odds ratio; nil where it is infinite or there is no discordant image.
  public var oddsRatioHigh: Double? {
    guard onlyBaselineRight > 0 else { return nil }
    return odds(
      IncompleteBeta.inverse(0.975, Double(onlyEGTRight) + 1, Double(onlyBaselineRight)))
  }

  private func odds(_ share: Double) -> Double { share / (1 - share) }
}
