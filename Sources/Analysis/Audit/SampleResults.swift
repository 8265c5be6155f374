import Recordings
import TensorCore

/// The table of samples: the first recording of every model, side by side.
enum SampleResults {
  /// - Parameters:
  ///   - models: those that saw the reference's samples.
  ///   - references: of those that are compared, the place of what they are compared with.
  ///   - finalCosines: of models with a comparison, by place in the list.
  static func rows(
    _ scans: [ModelScan], models: [Int], references: [Int: Int], finalCosines: [Int: Column]
  ) -> [SampleResult] {
    let labels = scans[0].labels
    let members = Set(models)
    return labels.indices.map { sample in
      let rows = scans.indices.map { members.contains($0) ? model(scans[$0], sample) : nil }
      return SampleResult(
        index: sample, label: labels[sample], models: rows,
        deltas: scans.indices.map { model in
          references[model].flatMap { reference in
            delta(rows[model]!.cosines, rows[reference]!.cosines)
          }
        }, finalCosines: scans.indices.map { finalCosines[$0]?[sample] })
    }
  }

  /// Over the early exits at which both are defined, or between the means of networks of other forms.
  private static func delta(_ model: [Double?], _ reference: [Double?]) -> Double? {
    guard model.count == reference.count else {
      return Column(difference: [model.definedMean], [reference.definedMean])[0]
    }
    return zip(model, reference).lazy.map { model, reference in
      model.flatMap { model in reference.map { model - $0 } }
    }.definedMean
  }

  private static func model(_ scan: ModelScan, _ sample: Int) -> SampleModel {
    let exits = scan.exits[0]
    var row = SampleModel(
      predictions: exits.map { $0.answers.predictions[sample] },
      confidences: exits.map { $0.answers.confidences[sample] },
      cosines: exits.map { $0.consistency?.cosine[sample] },
      centred: exits.map { $0.consistency?.centred[sample] },
      mapMaxima: exits.map { $0.mapMaxima[sample] },
      leavesAt: scan.outcomes[0].exits[sample] + 1)
    func similarity(_ path: (ExitSimilarity) -> Column) -> [Double?] {
      exits.map { $0.consistency.flatMap { path($0.similarity)[sample] } }
    }
    row.spearman = similarity(\.spearman)
    row.structuralSimilarity = similarity(\.structuralSimilarity)
    row.top10 = similarity(\.top10)
    row.top20 = similarity(\.top20)
    row.sharedSpread = exits.map { $0.concentration.spread[sample] }
    return row
  }
}
