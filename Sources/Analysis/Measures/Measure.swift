/// Something that is measured of a model: one value an image, and their mean.
///
/// Equal by `key`, which is also its name in CSV and JSON.
public struct Measure: Sendable, Hashable {
  public enum Direction: Sendable { case moreIsBetter, lessIsBetter, neither }
  /// How people read its values.
  public enum Format: Sendable {
    case decimals(Int)
    /// With a sign.
    case signed(Int)
    /// As a percentage; differences in points.
    case percent
  }

  /// "cosine"
  public let key: String
  /// "Cosine", as a column's title.
  public let name: String
  /// What it is, in a sentence or two.
  public let definition: String
  /// Values that it can take.
  public let range: ClosedRange<Double>
  public let direction: Direction
  public let format: Format

  public static func == (left: Measure, right: Measure) -> Bool { left.key == right.key }
  public func hash(into hasher: inout Hasher) { hasher.combine(key) }

  /// Values that a difference of two can take.
  public var differences: ClosedRange<Double> {
    let width = range.upperBound - range.lowerBound
    return -width...width
  }
}

extension Measure {
  /// Cosine on the input grid: the headline.
  public static let cosine = Measure(
    key: "cosine", name: "Cosine",
    definition: "Cosine of the exit’s map with the final exit’s, both upsampled to the input grid.",
    range: -1...1, direction: .moreIsBetter, format: .decimals(3))
  public static let excess = Measure(
    key: "excess", name: "Excess",
    definition: "Cosine minus its null: what is about this image, not about any image.",
    range: -2...2, direction: .moreIsBetter, format: .signed(3))
  public static let sameClassExcess = Measure(
    key: "same_class_excess", name: "Excess in the class",
    definition: "Cosine minus its null with other images of the same class.",
    range: -2...2, direction: .moreIsBetter, format: .signed(3))
  public static let centred = Measure(
    key: "centred", name: "Centred r",
    definition: "Pearson correlation of the cells of the two maps on the input grid.",
    range: -1...1, direction: .moreIsBetter, format: .decimals(3))
  public static let centredExcess = Measure(
    key: "centred_excess", name: "Excess of r", definition: "Centred r minus its null.",
    range: -2...2, direction: .moreIsBetter, format: .signed(3))
  public static let sameClassCentredExcess = Measure(
    key: "same_class_centred_excess", name: "Excess of r in the class",
    definition: "Centred r minus its null with other images of the same class.",
    range: -2...2, direction: .moreIsBetter, format: .signed(3))
  public static let cosineOnExitGrid = Measure(
    key: "cosine_on_exit_grid", name: "Cosine on the exit’s grid",
    definition: "Cosine on the early exit’s own grid, the final map interpolated to it.",
    range: -1...1, direction: .moreIsBetter, format: .decimals(3))
  public static let spearman = Measure(
    key: "spearman", name: "Spearman",
    definition: "Spearman’s rank correlation of the cells on the finer of the two maps’ grids.",
    range: -1...1, direction: .moreIsBetter, format: .decimals(3))
  public static let structuralSimilarity = Measure(
    key: "structural_similarity", name: "SSIM",
    definition:
      "Structural similarity of the maps divided by their means, on the finer of the two maps’ grids.",
    range: -1...1, direction: .moreIsBetter, format: .decimals(3))
  public static let top10 = Measure(
    key: "top10", name: "Top 10 %",
    definition: "Overlap (intersection over union) of the top 10 % of cells.",
    range: 0...1, direction: .moreIsBetter, format: .decimals(3))
  public static let top20 = Measure(
    key: "top20", name: "Top 20 %",
    definition: "Overlap (intersection over union) of the top 20 % of cells.",
    range: 0...1, direction: .moreIsBetter, format: .decimals(3))
  public static let ceiling = Measure(
    key: "ceiling", name: "Ceiling",
    definition:
      "The largest cosine that any final map could have, its grid being as coarse as it is.",
    range: 0...1, direction: .neither, format: .decimals(3))
  public static let spread = Measure(
    key: "spread", name: "Spread",
    definition:
      "Standard deviation over mean of the map’s cells, on the exit’s own grid: 0 is flat.",
    range: 0...Double.infinity, direction: .neither, format: .decimals(2))
  public static let entropy = Measure(
    key: "entropy", name: "Entropy",
    definition: "Entropy of the map over that of a flat one, on the exit’s own grid: 1 is flat.",
    range: 0...1, direction: .neither, format: .decimals(3))
  public static let sharedSpread = Measure(
    key: "shared_spread", name: "Spread",
    definition: "Spread of the map averaged to a grid that all exits share.",
    range: 0...Double.infinity, direction: .neither, format: .decimals(3))
  public static let sharedEntropy = Measure(
    key: "shared_entropy", name: "Entropy",
    definition: "Entropy of the map averaged to a grid that all exits share.",
    range: 0...1, direction: .neither, format: .decimals(3))
  public static let gini = Measure(
    key: "gini", name: "Gini",
    definition: "Gini coefficient of the map averaged to a grid that all exits share: 0 is flat.",
    range: 0...1, direction: .neither, format: .decimals(3))
  public static let accuracy = Measure(
    key: "accuracy", name: "Accuracy", definition: "Share of images answered rightly.",
    range: 0...1, direction: .moreIsBetter, format: .percent)
}
