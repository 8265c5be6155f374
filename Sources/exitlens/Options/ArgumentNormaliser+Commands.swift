import CommandLineKit

extension ArgumentNormaliser {
  /// Of `exitlens`.
  /// - Parameter arguments: without the program's own name.
  init(exitlens arguments: [String]) {
    self.init(
      arguments,
      lists: [
        "--seeds": Self.oneWord(SeedList.self), "--lambdas": Self.oneWord(WeightList.self),
        "--variants": Self.oneWord(VariantList.self),
        "--architectures": Self.oneWord(ArchitectureList.self),
        "--exit-weights": Self.oneWord(NumberList.self),
        "--consistency-weights": Self.oneWord(NumberList.self),
        "--classes": .names, "--figure-format": Self.words(FigureFormatChoice.self),
      ],
      own: [
        "audit": ["--seed": Self.oneWord(SeedList.self)],
        "figure": [
          "--samples": Self.oneWord(SampleNumbers.self), "--only": Self.words(FigureName.self),
          "--format": Self.words(FigureFormatChoice.self),
        ],
      ], texts: ["--title", "--classes", "--model"],
      flagWithValue: ("--strict", { StrictAlerts.belongs($0) }, StrictAlerts.every))
  }
}
