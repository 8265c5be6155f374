import Recordings

/// From recordings to faithfulness, of models that saw the same samples.
struct FaithfulnessAudit: Sendable {
  /// nil for a model without any.
  let models: [ModelFaithfulness?]
  /// Per model, against its reference; nil where either has nothing, and where there is no reference.
  let comparisons: [FaithfulnessComparison?]

  /// - Parameters:
  ///   - models: each passes `check`.
  ///   - references: per model, the place among `models` of what it is compared with; nil for none.
  init(
    _ models: [Model], references: [Int?], _ options: AuditOptions
  ) throws(RecordingFault) {
    let samples = ModelFaithfulnessScan.samples(models.flatMap(\.recordings))
    guard !samples.isEmpty else {
      self.models = models.map { _ in nil }
      comparisons = models.map { _ in nil }
      return
    }
    var scans: [ModelFaithfulnessScan] = []
    for model in models {
      scans.append(try ModelFaithfulnessScan(model.recordings, samples: samples))
    }
    var bootstrap = Bootstrap(
      sampleCount: samples.count, resamples: options.resamples, seed: options.seed)
    let own = zip(models, scans).map { model, scan in
      FaithfulnessQuestions(
        scan, exitCount: model.recordings[0].exitCount, bootstrap: &bootstrap)
    }
    let pairs = models.indices.map { index -> FaithfulnessDifferences? in
      let exitCount = models[index].recordings[0].exitCount
      guard let reference = references[index],
        models[reference].recordings[0].exitCount == exitCount,
        !scans[reference].runs.isEmpty, !scans[index].runs.isEmpty
      else { return nil }
      return FaithfulnessDifferences(
        reference: scans[reference], model: scans[index], exitCount: exitCount,
        bootstrap: &bootstrap)
    }
    let distributions = bootstrap.run()
    self.models = own.map { $0.result(distributions) }
    comparisons = pairs.enumerated().map { index, pair in
      guard let pair, let reference = references[index] else { return nil }
      let areAllMeasured = [index, reference].allSatisfy {
        scans[$0].runs.count == models[$0].recordings.count
      }
      return pair.result(
        distributions,
        areAllMeasured
          ? RunDesign(models[reference].recordings, models[index].recordings) : nil)
    }
  }

  /// Curves of one model are averaged point by point, so their points must be the same; so must the stages.
  static func check(_ model: Model) throws(AnalysisFault) {
    func first<Value: Equatable>(_ path: (RecordedFaithfulness) -> Value?) -> Value? {
      model.recordings.compactMap { $0.faithfulness.flatMap(path) }.first
    }
    let masking = first { $0.masking?.fractions }
    let road = first { $0.road?.fractions }
    let stages = first { $0.randomized?.exits.map(\.stages) }
    for (index, recording) in model.recordings.enumerated() {
      guard let faithfulness = recording.faithfulness else { continue }
      var difference: String?
      if let own = faithfulness.masking?.fractions, own != masking {
        difference = "deletion and insertion at other fractions"
      } else if let own = faithfulness.road?.fractions, own != road {
        difference = "ROAD at other fractions"
      } else if let own = faithfulness.randomized?.exits.map(\.stages), own != stages {
        difference = "other stages of random weights"
      }
      if let difference {
        throw .recordingsDiffer(model: model.name, index: index + 1, difference: difference)
      }
    }
  }
}
