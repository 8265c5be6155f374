extension Measure {
  /// Every measure, in the order in which files list them; an excess after what it is the excess of.
  public static let all: [Measure] = [
    .cosine, .excess, .sameClassExcess, .centred, .centredExcess, .sameClassCentredExcess,
    .cosineOnExitGrid, .ceiling, .spearman, .spearmanExcess, .structuralSimilarity, .top10,
    .top10Excess, .top20, .top20Excess, .earthMover, .earthMoverExcess, .spread, .entropy,
    .sharedSpread, .sharedEntropy, .gini,
    .accuracy,
  ]

  /// The ways to say how far an exit's map agrees with the final exit's.
  public static let agreement: [Measure] = [
    .cosine, .cosineOnExitGrid, .centred, .spearman, .structuralSimilarity, .top10, .top20,
    .earthMover,
  ]

  /// Those with tests and intervals over training runs.
  public static let tested: [Measure] = all.filter { $0.inference == .tested }

  /// The measure's value less what chance gives; nil where nothing is taken for chance.
  public var excess: Measure? {
    Self.all.first { $0.source.base?() == self }
  }
}
