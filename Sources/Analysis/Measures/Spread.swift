/// How a map spreads over its cells (`Concentration`). On the exit's own grid exits do not compare; on the grid that all
/// exits of all models share (`BoxAverage`: the smallest height and width of any exit's, 1×1 left out) they do.
extension Measure {
  /// `Concentration.spread`: ddof 1, on the exit's own grid.
  public static let spread = Measure(
    key: "spread", name: "Spread",
    definition:
      "Standard deviation over mean of the map’s cells, on the exit’s own grid: 0 is flat.",
    range: 0...Double.infinity, direction: .neither, format: .decimals(2), exits: .all,
    inference: .tested, source: Source(series: { scan, _ in scan.spread }))
  /// Shannon's, divided by ln of the number of cells.
  public static let entropy = Measure(
    key: "entropy", name: "Entropy",
    definition: "Entropy of the map over that of a flat one, on the exit’s own grid: 1 is flat.",
    range: 0...1, direction: .neither, format: .decimals(3), exits: .all,
    inference: .interval, source: Source(series: { scan, _ in scan.entropy }))
  /// `spread` on the shared grid.
  public static let sharedSpread = Measure(
    key: "sharedSpread", name: "Spread",
    definition:
      "Standard deviation over mean of the map’s cells, averaged to the grid that all exits share: 0 is flat.",
    range: 0...Double.infinity, direction: .neither, format: .decimals(3), exits: .all,
    inference: .interval, source: Source(series: { scan, _ in scan.concentration.spread }))
  /// `entropy` on the shared grid.
  public static let sharedEntropy = Measure(
    key: "sharedEntropy", name: "Entropy",
    definition:
      "Entropy of the map over that of a flat one, averaged to the grid that all exits share: 1 is flat.",
    range: 0...1, direction: .neither, format: .decimals(3), exits: .all,
    inference: .interval, source: Source(series: { scan, _ in scan.concentration.entropy }))
  /// `Concentration.gini` on the shared grid.
  public static let gini = Measure(
    key: "gini", name: "Gini",
    definition:
      "Gini coefficient of the map’s cells, averaged to the grid that all exits share: 0 is flat.",
    range: 0...1, direction: .neither, format: .decimals(3), exits: .all,
    inference: .interval, source: Source(series: { scan, _ in scan.concentration.gini }))
}
