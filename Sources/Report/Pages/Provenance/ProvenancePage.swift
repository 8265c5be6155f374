import Analysis
import Recordings

/// Where everything came from; "not provided" where the recordings do not say.
enum ProvenancePage: PageSection {
  static let name = "Provenance"
  static let file = "provenance.html"
  /// Longer lists stand whole in the CSV files.
  private static let shownRows = 100
  private static let notProvided = "not provided"

  static func pages(_ context: ReportContext) -> [Page] {
    [
      Page(file: file, title: "Provenance", template: "provenance", section: name) {
        fields(context)
      }
    ]
  }

  private static func fields(_ context: ReportContext) -> Fields {
    let data = context.data
    let skipped = data?.skipped ?? []
    let duplicates = data?.duplicatesAcrossSplits ?? []
    return [
      "dataName": .text(data?.name.map { DisplayText.name($0) } ?? notProvided),
      "dataHash": .text(data?.hash.map { DisplayText.name($0, limit: 128) } ?? notProvided),
      "sameAsTraining": .text(data?.sameAsTraining.map { $0 ? "yes" : "no" } ?? notProvided),
      "input": .text(inputText(context)),
      "split": .text(DisplayText.name(context.recordings[0].first?.manifest.split ?? notProvided)),
      "samples": .text(NumberFormat.count(context.result.sampleCount)),
      "counts": .fields(ClassCounts.fields(context)),
      "skippedGiven": .flag(data?.skipped != nil),
      "skippedCount": .text(NumberFormat.counted(skipped.count, "image was", "images were")),
      "hasSkipped": .flag(!skipped.isEmpty),
      "skipped": .list(
        skipped.prefix(shownRows).map {
          [
            "name": .text(DisplayText.name($0.name)),
            "reason": .text(DisplayText.text($0.value, limit: 300)),
          ]
        }),
      "skippedRest": .optional(rest(skipped.count)),
      "hasNotes": .flag(data?.notes?.isEmpty == false),
      "notes": .list(
        (data?.notes ?? []).prefix(shownRows).map {
          [
            "name": .text(DisplayText.name($0.name)),
            "text": .text(DisplayText.text($0.value, limit: 1000)),
          ]
        }),
      "duplicatesGiven": .flag(data?.duplicatesAcrossSplits != nil),
      "duplicateCount": .text(NumberFormat.counted(duplicates.count, "group", "groups")),
      "hasDuplicates": .flag(!duplicates.isEmpty),
      "duplicates": .list(
        duplicates.prefix(shownRows).map { members in
          [
            "members": .list(
              members.enumerated().map {
                [
                  "name": .text(DisplayText.name($0.element)),
                  "isLast": .flag($0.offset == members.count - 1),
                ]
              })
          ]
        }),
      "duplicatesRest": .optional(rest(duplicates.count)),
      "models": .list(context.models.map { ModelProvenance.fields($0, context) }),
      "limits": .list(limits(context).map { ["text": .text($0)] }),
    ]
  }

  private static func rest(_ count: Int) -> String? {
    count > shownRows ? "\(NumberFormat.count(count - shownRows)) more are in the CSV file." : nil
  }

  private static func inputText(_ context: ReportContext) -> String {
    "\(context.result.input.description) pixels, "
      + (context.result.channels == 1 ? "grey" : "colour")
  }

  private static func limits(_ context: ReportContext) -> [String] {
    let word = context.mapWord
    let isGuided = context.result.models.contains { ($0.lambda ?? 0) > 0 }
    let guidance = """
      Guidance can raise the cosine by making maps flatter instead of by making exits look at the same place. Read \
      spread and centred r beside it.
      """
    return [
      context.models.count == 1
        ? "Intervals are over images. They say nothing about other training runs."
        : """
        Intervals are over images, and over training runs where there are three or more. With fewer, compare several \
        seeds before you believe a difference between methods.
        """,
      word == "attention"
        ? """
        An attention map is a part of the network’s computation, not a proof of what the answer depends on. Agreement \
        between two exits’ maps does not make either map right.
        """
        : """
        A map is no proof of what the answer depends on. Agreement between two exits’ maps does not make either map \
        right.
        """,
    ] + (isGuided ? [guidance] : []) + [
      """
      Early exit is simulated from recorded logits. Costs are multiply–accumulates counted from layer shapes, not \
      measured time.
      """,
      """
      Results hold for the recorded part of the data and for images like it. Nothing here was tested under a shift of \
      the data.
      """,
    ]
  }
}
