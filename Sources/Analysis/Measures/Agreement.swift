/// How far an exit's map agrees with the final exit's, of the same image.
extension Measure {
  /// The headline.
  public static let cosine = Measure(
    key: "cosine", name: "Cosine",
    definition: "Cosine of the exit’s map with the final exit’s, both upsampled to the input grid.",
    range: -1...1, direction: .moreIsBetter, format: .decimals(3), exits: .early,
    inference: .tested,
    source: Source(
      series: { scan, _ in scan.consistency!.cosine },
      null: { scan, exit in scan.series(exit: exit, \.cosineNull.asMap).definedMean }))
  /// What is left of the cosine when both maps' means are taken away.
  public static let centred = Measure(
    key: "centred", name: "Centred r",
    definition: "Pearson correlation of the two maps’ cells on the input grid.",
    range: -1...1, direction: .moreIsBetter, format: .decimals(3), exits: .early,
    inference: .tested,
    source: Source(
      series: { scan, _ in scan.consistency!.centred },
      null: { scan, exit in scan.series(exit: exit, \.centredNull.asMap).definedMean }))
  /// Without the blur that upsampling an early map's neighbours adds.
  public static let cosineOnExitGrid = Measure(
    key: "cosineOnExitGrid", name: "Cosine on the exit’s grid",
    definition: "Cosine on the early exit’s own grid, the final map interpolated to it.",
    range: -1...1, direction: .moreIsBetter, format: .decimals(3), exits: .early,
    inference: .interval,
    source: Source(
      series: { scan, _ in scan.consistency!.cosineOnExitGrid }))
  /// On the comparison grid, which has the finer side of the two maps' own grids along each axis: ranks and largest cells
  /// of maps that were both blown up to the input would count every repeated cell many times (`RankCorrelation`).
  public static let spearman = Measure(
    key: "spearman", name: "Spearman",
    definition: "Spearman’s rank correlation of the two maps’ cells, on the finer of their grids.",
    range: -1...1, direction: .moreIsBetter, format: .decimals(3), exits: .early,
    inference: .interval,
    source: Source(
      series: { scan, _ in scan.consistency!.similarity.spearman },
      null: { scan, exit in scan.exits.map { $0[exit].consistency!.spearmanNull }.definedMean }))
  /// Undefined too where a map's mean is not positive or no window fits (`StructuralSimilarity`).
  public static let structuralSimilarity = Measure(
    key: "structuralSimilarity", name: "SSIM",
    definition:
      "Structural similarity of the maps divided by their means, with their own variation as the dynamic range, on the finer of their grids.",
    range: -1...1, direction: .moreIsBetter, format: .decimals(3), exits: .early,
    inference: .interval,
    source: Source(
      series: { scan, _ in scan.consistency!.similarity.structuralSimilarity }))
  /// The null is what as many random cells would overlap (`TopCells.chance`).
  public static let top10 = Measure(
    key: "top10", name: "Top 10 %",
    definition:
      "Intersection over union of the two maps’ top 10 % of cells, on the finer of their grids.",
    range: 0...1, direction: .moreIsBetter, format: .decimals(3), exits: .early,
    inference: .interval,
    source: Source(
      series: { scan, _ in scan.consistency!.similarity.top10 },
      null: { scan, exit in scan.series(exit: exit, \.similarity.top10Chance).definedMean }))
  /// The same with a fifth of the cells.
  public static let top20 = Measure(
    key: "top20", name: "Top 20 %",
    definition:
      "Intersection over union of the two maps’ top 20 % of cells, on the finer of their grids.",
    range: 0...1, direction: .moreIsBetter, format: .decimals(3), exits: .early,
    inference: .interval,
    source: Source(
      series: { scan, _ in scan.consistency!.similarity.top20 },
      null: { scan, exit in scan.series(exit: exit, \.similarity.top20Chance).definedMean }))
  /// The largest cosine that any map on the final exit's grid could have with the exit's (`GridCeiling`).
  public static let ceiling = Measure(
    key: "ceiling", name: "Ceiling",
    definition:
      "The largest cosine that any final map could have, its grid being as coarse as it is.",
    range: 0...1, direction: .neither, format: .decimals(3), exits: .early, inference: .mean,
    source: Source(series: { scan, _ in scan.consistency!.ceiling }, isCompared: false))
}
