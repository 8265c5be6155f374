import Analysis
import Recordings

/// The box that says what every number of a report means.
enum Definitions {
  static func fields(_ context: ReportContext) -> Fields {
    let losses = context.models.compactMap { loss($0, context) }
    return [
      "entries": .list(entries(context)), "losses": .list(losses),
      "hasLosses": .flag(!losses.isEmpty),
    ]
  }

  private static func entries(_ context: ReportContext) -> [Fields] {
    let result = context.result
    let isCompared = !context.compared.isEmpty
    let differences =
      isCompared ? " Of a difference: \(RunWords.scope(result, "images"))." : ""
    let testing =
      isCompared
      ? """
       “No difference detected” stands where a difference’s interval covers 0, or where McNemar’s exact test of an \
      accuracy does not reject.
      """ : ""
    return [
      entry(
        "Consistency",
        """
        Cosine of an exit’s \(context.mapPhrase) with the final exit’s map of the same image. Both maps are upsampled to \
        the input grid (\(result.input.description)) by bilinear interpolation with half-pixel centres; mean over images.
        """),
      entry(
        "Null",
        """
        The same cosine with the final exit’s map of another image: its mean over all pairs of different images. \
        Non-negative maps agree to some degree whatever they show, so a cosine says little without it.
        """),
      entry("Excess", "Cosine minus null."),
      entry(
        "Centred r",
        """
        Pearson correlation of the two maps’ cells. Flat maps have a cosine near 1, whatever their r.
        """),
      entry(
        "Spread",
        """
        Standard deviation over mean of a map’s cells on its own grid (n − 1), mean over images: 0 is a flat map.
        """),
      entry(
        "Interval",
        """
        95\u{A0}%. Of a model: over images, its training runs held fixed.\(differences) Means have a BCa bootstrap \
        (\(NumberFormat.count(result.bootstrapResamples)) resamples of images, seed \
        \(String(result.bootstrapSeed))\(isCompared ? "; differences resample pairs" : "")), accuracies Wilson’s \
        interval\(isCompared ? " and their differences Bonett and Price’s" : "").\(testing)
        """),
      entry(
        "n",
        """
        \(context.sampleCountText). Training runs: \(RunWords.counts(result)). An image’s number is the mean over a \
        model’s runs. A map that is zero, constant or not finite is undefined, left out and counted.
        """),
    ] + (isCompared ? [entry("Δ", "\(delta(context)) on the same images.")] : [])
  }

  /// "EGT minus Baseline"
  private static func delta(_ context: ReportContext) -> String {
    let models = context.compared.map(\.model)
    let other = models.count == 1 ? context.name(models[0]) : "A model"
    return "\(other) minus \(context.name(0))"
  }

  private static func entry(_ term: String, _ meaning: String) -> Fields {
    ["term": .text(term), "meaning": .text(meaning)]
  }

  /// A model's loss in words, its λ, stop-gradient and alignment grid; nil where its recordings say none of these.
  private static func loss(_ index: Int, _ context: ReportContext) -> Fields? {
    let model = context.result.models[index]
    let manifest = context.recordings[index].first?.manifest
    func setting(_ key: SettingKey) -> String? {
      manifest?.provenance?.value(of: key).map { DisplayText.text($0, limit: 200) }
    }
    guard model.lambda != nil || setting(.loss) != nil else { return nil }
    let missing = "not provided"
    let isGuided = model.lambda != 0
    let stop = model.stopGradient.map { $0 ? "yes" : "no" } ?? missing
    return context.head(index).merging([
      "loss": .text(setting(.loss) ?? missing),
      "lambda": .text(model.lambda.flatMap { NumberFormat.exact($0) } ?? missing),
      "stopGradient": .text(isGuided ? stop : "not applicable, λ = 0"),
      "alignment": .text(isGuided ? setting(.alignmentGrid) ?? missing : "not applicable, λ = 0"),
      "maps": .text(DisplayText.name(model.attentionKind ?? manifest?.mapKind ?? missing)),
    ])
  }
}
