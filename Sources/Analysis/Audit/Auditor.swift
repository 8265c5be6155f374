import FileKit
import Recordings
import TensorCore

/// Audits models from recordings alone.
public enum Auditor {
  /// Audits one model or several; each is compared with its reference, the first one as a rule.
  ///
  /// A number of a model is the mean over images of the mean over the model's recordings. Its interval is over images,
  /// the given recordings held fixed: how it would vary with other images. With several recordings, `Number.runs` says how
  /// it would vary with other training runs as well.
  ///
  /// - Parameter models: their samples, grids and numbers of exits may differ; what cannot be compared is not, and says why.
  public static func audit(
    _ models: [Model], options: AuditOptions = AuditOptions()
  ) throws(AnalysisFault) -> AuditResult {
    try check(options)
    try check(models)
    return try wrapping(AnalysisFault.recording) { () throws(RecordingFault) in
      try Audit(models, options).result
    }
  }

  private static func check(_ options: AuditOptions) throws(AnalysisFault) {
    guard (0...1).contains(options.threshold) else {
      throw .badOption(name: "threshold", expected: "0 to 1", got: "\(options.threshold)")
    }
    guard options.resamples >= 1 else {
      throw .badOption(name: "resamples", expected: "at least 1", got: "\(options.resamples)")
    }
    for target in options.targets {
      let share =
        switch target {
        case .accuracy(let share), .belowFinal(let share), .budget(let share): share
        }
      guard (0...1).contains(share) else {
        throw .badOption(name: "targets", expected: "shares from 0 to 1", got: "\(share)")
      }
    }
  }

  private static func check(_ models: [Model]) throws(AnalysisFault) {
    guard !models.isEmpty else { throw .noModel }
    for (index, model) in models.enumerated() {
      precondition(models.indices.contains(model.reference), "a reference is one of the models")
      if models[..<index].contains(where: { $0.name == model.name }) {
        throw .nameTwice(model.name)
      }
      try check(model)
      try FaithfulnessAudit.check(model)
    }
  }

  private static func check(_ model: Model) throws(AnalysisFault) {
    guard let first = model.recordings.first else { throw .noRecording(model: model.name) }
    for (index, recording) in model.recordings.enumerated() {
      precondition(
        recording.hasWholeTensors,
        "recording \(index + 1) of \(model.name) does not pass Recording.validate(at:)")
      let difference: String?
      difference = try wrapping(AnalysisFault.recording) { () throws(RecordingFault) in
        try SampleIdentity.difference(first, recording)
      }
      if let difference {
        throw .recordingsDiffer(model: model.name, index: index + 1, difference: difference)
      }
      if !recording.manifest.exits.elementsEqual(first.manifest.exits, by: { $0.isLike($1) }) {
        throw .recordingsDiffer(
          model: model.name, index: index + 1, difference: "exits of other grids or costs")
      }
    }
    try ModelPremises.check(model)
  }
}

extension Recording {
  var seed: UInt64? { manifest.provenance?.seed }

  /// Whether arrays are as long as the manifest says, so that no loop runs past an end.
  fileprivate var hasWholeTensors: Bool {
    sampleCount > 0 && exitCount >= 2 && logits.count == exitCount && attention.count == exitCount
      && labels.allSatisfy { (0..<classCount).contains($0) }
      && (0..<exitCount).allSatisfy { exit in
        logits[exit].count == sampleCount * classCount
          && attention[exit].count == sampleCount * manifest.exits[exit].grid.count
      }
  }
}

extension RecordingManifest.Exit {
  /// Whether two recordings can show the same exit; an older one does not tell its parameters.
  fileprivate func isLike(_ other: Self) -> Bool {
    grid == other.grid && macs == other.macs
      && (parameters == nil || other.parameters == nil || parameters == other.parameters)
  }
}
