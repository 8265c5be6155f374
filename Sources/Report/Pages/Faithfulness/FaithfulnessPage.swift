import Analysis
import Recordings

/// Whether maps show what the answers depend on: masking, ROAD, random weights, Grad-CAM.
enum FaithfulnessPage: PageSection {
  static let name = "Faithfulness"
  static let file = "faithfulness.html"

  static func pages(_ context: ReportContext) -> [Page] {
    [Page(file: file, title: name, template: "faithfulness", section: name) { fields(context) }]
  }

  private static func fields(_ context: ReportContext) -> Fields {
    let findings = FaithfulnessFindings(context)
    let parts = context.result.models.map(\.faithfulness)
    func has(_ part: (ExitFaithfulness) -> Bool) -> TemplateValue {
      .flag(parts.contains { $0?.exits.contains(where: part) == true })
    }
    return [
      "isRecorded": .flag(parts.contains { $0 != nil }),
      "findings": .list(findings.sentences),
      "missingNote": .optional(findings.missing),
      "hasMasking": has { $0.masking != nil || $0.road != nil },
      "maskingFigures": .list(
        context.figures("faithfulness", "masking-curves", "road-curves")),
      "maskingTable": .fields(FaithfulnessTable.masking(context).pageFields),
      "hasRoad": has { $0.road != nil },
      "roadTable": .fields(RoadTable.fields(context)),
      "hasRandomWeights": has { !$0.randomized.isEmpty },
      "weightFigures": .list(context.figures("random-weights")),
      "weightTable": .fields(RandomWeightsTable.table(context).pageFields),
      "hasGradCAM": has { $0.gradCAM != nil },
      "gradCAMFigures": .list(context.figures("grad-cam")),
      "gradCAMTable": .fields(FaithfulnessTable.gradCAM(context).pageFields),
      "entries": .list(FaithfulnessDefinitions.entries(context)),
      "settings": .list(settings(context)),
    ]
  }

  /// How the recordings say that they measured: once where all say the same.
  private static func settings(_ context: ReportContext) -> [Fields] {
    let runs = context.models.flatMap { model in
      context.recordings[model].enumerated().map {
        ("\(context.name(model)), run \($0 + 1)", $1)
      }
    }
    let told = runs.compactMap { name, recording in
      recording.faithfulness.map { _ in (name, recording.manifest.provenance?.faithfulness ?? []) }
    }
    let isSame = told.allSatisfy { $0.1 == told[0].1 }
    return (isSame ? Array(told.prefix(1)) : told).map { name, settings in
      [
        "runName": .text(isSame ? "All runs" : name),
        "rows": .list(
          settings.map {
            ["name": .text(DisplayText.name($0.name)), "value": .text(DisplayText.text($0.value))]
          }),
        "isSilent": .flag(settings.isEmpty),
      ]
    }
  }
}
