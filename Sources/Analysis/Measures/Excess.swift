/// Agreement less what chance gives.
extension Measure {
  /// The null: the exit's map with the final map of another image, over all pairs (`PermutationNull`). The interval lets
  /// the null vary with the images too.
  public static let excess = Measure(
    key: "excess", name: "Excess",
    definition:
      "Cosine minus its null, the cosine with the final map of another image: what is about this image.",
    range: -2...2, direction: .moreIsBetter, format: .signed(3), exits: .early,
    inference: .tested,
    source: Source(series: { scan, _ in scan.consistency!.excess }, base: { .cosine }))
  /// The same of the centred correlation.
  public static let centredExcess = Measure(
    key: "centredExcess", name: "Excess of r",
    definition: "Centred r minus its null, that with the final map of another image.",
    range: -2...2, direction: .moreIsBetter, format: .signed(3), exits: .early,
    inference: .interval,
    source: Source(series: { scan, _ in scan.consistency!.centredExcess }, base: { .centred }))
  /// Without an interval: ranks have no sum over samples that could be resampled.
  public static let spearmanExcess = Measure(
    key: "spearmanExcess", name: "Excess of Spearman",
    definition: "Spearman minus its null, that with the final map of another image.",
    range: -2...2, direction: .moreIsBetter, format: .signed(3), exits: .early,
    inference: .mean,
    source: Source(base: { .spearman }))
  /// Over random cells, not over another image's map.
  public static let top10Excess = Measure(
    key: "top10Excess", name: "Excess of top 10 %",
    definition: "Overlap of the top 10 % of cells minus that of as many random cells.",
    range: -1...1, direction: .moreIsBetter, format: .signed(3), exits: .early,
    inference: .mean,
    source: Source(base: { .top10 }))
  /// The same with a fifth of the cells.
  public static let top20Excess = Measure(
    key: "top20Excess", name: "Excess of top 20 %",
    definition: "Overlap of the top 20 % of cells minus that of as many random cells.",
    range: -1...1, direction: .moreIsBetter, format: .signed(3), exits: .early,
    inference: .mean,
    source: Source(base: { .top20 }))
  /// Others of the class only: per image the mean over the other images of its class, over those that have any.
  public static let sameClassExcess = Measure(
    key: "sameClassExcess", name: "Excess in the class",
    definition: "Cosine minus that with the final maps of other images of the same class.",
    range: -2...2, direction: .moreIsBetter, format: .signed(3), exits: .early,
    inference: .interval,
    source: Source(
      series: { scan, labels in scan.consistency!.classExcess(labels: labels) },
      null: { scan, exit in scan.series(exit: exit, \.classCosineNull.asMap).definedMean },
      value: { scan, exit in
        scan.series(exit: exit) { Column(difference: $0.cosine, $0.classCosineNull.asMap) }
          .definedMean
      },
      counted: { $0.consistency!.classCosineNull.asMap }, isCompared: false))
  /// The same of the centred correlation.
  public static let sameClassCentredExcess = Measure(
    key: "sameClassCentredExcess", name: "Excess of r in the class",
    definition: "Centred r minus that with the final maps of other images of the same class.",
    range: -2...2, direction: .moreIsBetter, format: .signed(3), exits: .early,
    inference: .interval,
    source: Source(
      series: { scan, labels in scan.consistency!.classCentredExcess(labels: labels) },
      null: { scan, exit in scan.series(exit: exit, \.classCentredNull.asMap).definedMean },
      value: { scan, exit in
        scan.series(exit: exit) { Column(difference: $0.centred, $0.classCentredNull.asMap) }
          .definedMean
      },
      counted: { $0.consistency!.classCentredNull.asMap }, isCompared: false))
}
