import Analysis
import Recordings

/// The box that says what every number of a report means.
enum Definitions {
  static func fields(_ context: ReportContext) -> Fields {
    let result = context.result
    return [
      "entries": .list([
        entry(
          "Consistency",
          """
          Cosine of an exit’s attention map with the final exit’s map of the same image. Both maps \
          are upsampled to the input grid (\(result.input.description)) by bilinear interpolation \
          with half-pixel centres; mean over images.
          """),
        entry(
          "Null",
          """
          The same cosine with the final exit’s map of another image: its mean over all pairs of \
          different images. Non-negative maps agree to some degree whatever they show, so a cosine \
          says little without it.
          """),
        entry("Excess", "Cosine minus null."),
        entry(
          "Centred r",
          """
          Pearson correlation of the two maps’ cells. Flat maps have a cosine near 1 and no \
          particular r.
          """),
        entry(
          "Spread",
          """
          Standard deviation over mean of a map’s cells on its own grid (n − 1), mean over images: \
          0 is a flat map.
          """),
        entry(
          "Interval",
          """
          95\u{A0}%. Of a model: over images, its training runs held fixed. Of a difference: \
          \(RunWords.scope(result, "images")). Means have a BCa bootstrap \
          (\(NumberFormat.count(result.bootstrapResamples)) resamples of images, seed \
          \(String(result.bootstrapSeed)); differences resample pairs), accuracies Wilson’s \
          interval and their differences Bonett and Price’s. “No difference detected” stands where \
          a difference’s interval covers 0, or McNemar’s exact test of an accuracy does not reject.
          """),
        entry(
          "n",
          """
          \(context.sampleCountText), recorded with \(String(result.baseline.seeds.count)) baseline \
          and \(String(result.egt.seeds.count)) EGT training runs; an image’s number is the mean over \
          an arm’s runs. A map that is zero, constant or not finite is undefined, left out and \
          counted.
          """),
        entry("Δ", "EGT minus baseline on the same images."),
      ]),
      "losses": .list([
        loss("Baseline", result.baseline, context), loss("EGT", result.egt, context),
      ]),
    ]
  }

  private static func entry(_ term: String, _ meaning: String) -> Fields {
    ["term": .text(term), "meaning": .text(meaning)]
  }

  /// An arm's loss in words, its λ, stop-gradient and alignment grid.
  private static func loss(_ name: String, _ arm: ModelResult, _ context: ReportContext) -> Fields {
    let recordings = context.recordings[arm.index]
    let manifest = recordings.first?.manifest
    func setting(_ key: SettingKey) -> String {
      manifest?.provenance?.value(of: key).map { DisplayText.text($0, limit: 200) }
        ?? "not provided"
    }
    let isGuided = arm.lambda != 0
    let stop = arm.stopGradient.map { $0 ? "yes" : "no" } ?? "not provided"
    return [
      "name": .text(name),
      "loss": .text(setting(.loss)),
      "lambda": .text(arm.lambda.flatMap { NumberFormat.exact($0) } ?? "not provided"),
      "stopGradient": .text(isGuided ? stop : "not applicable, λ = 0"),
      "alignment": .text(isGuided ? setting(.alignmentGrid) : "not applicable, λ = 0"),
      "attention": .text(
        DisplayText.name(arm.attentionKind ?? manifest?.mapKind ?? "not provided")),
    ]
  }
}
