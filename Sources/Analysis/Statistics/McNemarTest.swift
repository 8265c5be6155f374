/// Two classifiers on the same images: who is right where the other is wrong (McNemar, 1947).
///
/// Given the number of discordant images, the reference's share of them is binomial with ½ where neither model is
/// better. Nothing is approximated, and images on which both are right or both wrong carry no information.
public struct McNemarTest: Sendable, Equatable {
  /// Images that both answer rightly.
  public var bothRight: Int
  /// Images that only the reference answers rightly.
  public var onlyReferenceRight: Int
  /// Images that only the model answers rightly.
  public var onlyModelRight: Int
  /// Images that neither answers rightly.
  public var bothWrong: Int

  /// Of the four counts.
  public init(bothRight: Int, onlyReferenceRight: Int, onlyModelRight: Int, bothWrong: Int) {
    self.bothRight = bothRight
    self.onlyReferenceRight = onlyReferenceRight
    self.onlyModelRight = onlyModelRight
    self.bothWrong = bothWrong
  }

  /// Counts two lists of answers to the same images.
  public init(reference: [Bool], model: [Bool]) {
    precondition(
      reference.count == model.count, "answers to \(reference.count) and \(model.count) images")
    self.init(bothRight: 0, onlyReferenceRight: 0, onlyModelRight: 0, bothWrong: 0)
    for (left, right) in zip(reference, model) {
      switch (left, right) {
      case (true, true): bothRight += 1
      case (true, false): onlyReferenceRight += 1
      case (false, true): onlyModelRight += 1
      case (false, false): bothWrong += 1
      }
    }
  }

  /// Images altogether.
  public var count: Int { bothRight + onlyReferenceRight + onlyModelRight + bothWrong }
  /// Images that one of the two answers rightly: all that the test looks at.
  public var discordant: Int { onlyReferenceRight + onlyModelRight }

  /// Exact two-sided p-value: 2 · P(X ≤ k), at most 1, where X is binomial (discordant, ½) and k the smaller of the
  /// two counts; 1 without a discordant image. Equal to that of `binomtest` and of statsmodels' `mcnemar(exact=True)`.
  public var p: Double {
    let k = Double(min(onlyReferenceRight, onlyModelRight))
    let n = Double(discordant)
    guard 2 * k < n else { return 1 }
    return min(1, 2 * IncompleteBeta.value(0.5, n - k, k + 1))
  }

  /// The same with half the weight on the observed count, which is less conservative (Fagerland, Lydersen and Laake,
  /// 2013): p − P(X = k), and 1 where the two counts are equal.
  public var midP: Double {
    let k = Double(min(onlyReferenceRight, onlyModelRight))
    let n = Double(discordant)
    guard 2 * k < n else { return 1 }
    let below = k > 0 ? IncompleteBeta.value(0.5, n - k + 1, k) : 0
    return IncompleteBeta.value(0.5, n - k, k + 1) + below
  }

  /// Odds that, where exactly one model is right, it is the second: onlyModelRight / onlyReferenceRight; nil without a
  /// discordant image or where the divisor is 0.
  ///
  /// Exact 95 % interval: Clopper and Pearson's (1934) of the model's share π of the discordant images, as π / (1 − π).
  /// It excludes 1 exactly where `p` is below 0.05. An upper bound of nil means that there is none.
  public var oddsRatio: Double? {
    onlyReferenceRight > 0 ? Double(onlyModelRight) / Double(onlyReferenceRight) : nil
  }

  /// Lower bound of the odds ratio; nil without a discordant image.
  public var oddsRatioLow: Double? {
    guard discordant > 0 else { return nil }
    return odds(
      onlyModelRight == 0
        ? 0
        : IncompleteBeta.inverse(
          0.025, Double(onlyModelRight), Double(onlyReferenceRight) + 1))
  }

  /// Upper bound of the odds ratio; nil where it is infinite or there is no discordant image.
  public var oddsRatioHigh: Double? {
    guard onlyReferenceRight > 0 else { return nil }
    return odds(
      IncompleteBeta.inverse(0.975, Double(onlyModelRight) + 1, Double(onlyReferenceRight)))
  }

  private func odds(_ share: Double) -> Double { share / (1 - share) }
}
