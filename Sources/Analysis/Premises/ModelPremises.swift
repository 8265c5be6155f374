import FileKit
import Recordings

/// What the recordings of one model must share: a model is one training, repeated with other seeds.
///
/// Only what both recordings give is compared; those of other frameworks may lack anything.
enum ModelPremises {
  /// - Parameter model: its recordings have the same samples and the same exits.
  static func check(_ model: Model) throws(AnalysisFault) {
    let recordings = model.recordings
    for index in recordings.indices {
      for other in recordings.indices.dropFirst(index + 1) {
        let (first, second) = (recordings[index], recordings[other])
        let names = (name(first, index), name(second, other))
        if let found = difference(first.manifest, second.manifest) {
          throw .settingsDiffer(
            model: model.name, first: names.0, second: names.1, key: found.key, values: found.values
          )
        }
        let areOne: Bool
        areOne = try wrapping(AnalysisFault.recording) { () throws(RecordingFault) in
          try first.hasSameAnswers(as: second)
        }
        if areOne { throw .recordingTwice(model: model.name, first: names.0, second: names.1) }
        if let seed = first.seed, seed == second.seed {
          throw .seedTwice(model: model.name, first: names.0, second: names.1, seed: seed)
        }
      }
    }
  }

  /// How a message calls a recording: by its folder where it has one.
  private static func name(_ recording: Recording, _ index: Int) -> String {
    recording.folder ?? "recording \(index + 1)"
  }

  private typealias Found = (key: String, values: (String, String))

  private static func difference(
    _ first: RecordingManifest, _ second: RecordingManifest
  ) -> Found? {
    let (left, right) = (first.provenance, second.provenance)
    let data = (left?.data, right?.data)
    return found("lambda", left?.lambda, right?.lambda)
      ?? found("stopGradient", left?.stopGradient, right?.stopGradient)
      ?? found("attentionKind", first.attentionKind, second.attentionKind)
      ?? mapKinds(first, second)
      ?? found("split", first.split, second.split)
      ?? found("data hash", data.0?.hash, data.1?.hash)
      ?? counts(data.0?.counts ?? [:], data.1?.counts ?? [:])
      ?? settings(left?.settings ?? [], right?.settings ?? [])
      ?? history(left?.history ?? [], right?.history ?? [])
  }

  /// What was done in each epoch, as far as it is the same for every seed.
  private static func history(
    _ first: [Provenance.HistoryRow], _ second: [Provenance.HistoryRow]
  ) -> Found? {
    // Seeds may stop early, and lower their learning rate when they stop getting better: each in its own epoch.
    for (index, (row, other)) in zip(first, second).enumerated() {
      // Other programs may have rounded one of them to a Float.
      func found(_ key: String, _ value: Double, _ own: Double) -> Found? {
        guard abs(value - own) > 1e-6 * max(abs(value), abs(own)) else { return nil }
        return ("\(key) in epoch \(row.epoch) of the history", ("\(value)", "\(own)"))
      }
      let rate = index == 0 ? found("learning rate", row.learningRate, other.learningRate) : nil
      let difference = rate ?? found("lambda", row.lambda, other.lambda)
      if let difference { return difference }
    }
    return nil
  }

  private static func found<Value: Equatable>(
    _ key: String, _ first: Value?, _ second: Value?
  ) -> Found? {
    guard let first, let second, first != second else { return nil }
    return (key, ("\(first)", "\(second)"))
  }

  /// Other spellings of one kind are no other kind.
  private static func mapKinds(_ first: RecordingManifest, _ second: RecordingManifest) -> Found? {
    guard let word = first.givenMapWord, let other = second.givenMapWord,
      !first.hasMapsOfTheKind(of: second)
    else { return nil }
    return found("mapKind", word, other)
  }

  private static func counts(_ first: [String: [Int]], _ second: [String: [Int]]) -> Found? {
    for part in first.keys.sorted() {
      func total(_ counts: [Int]) -> String { "\(counts.reduce(0, +)) images" }
      guard let own = second[part], own != first[part]! else { continue }
      let totals = (total(first[part]!), total(own))
      return (
        "data counts of \(part)", totals.0 == totals.1 ? ("\(first[part]!)", "\(own)") : totals
      )
    }
    return nil
  }

  /// What only one of them gives, and what repetitions of a training may differ in, is no difference.
  private static func settings(
    _ first: [Provenance.Setting], _ second: [Provenance.Setting]
  ) -> Found? {
    for setting in first {
      guard let own = second.first(where: { $0.plainName == setting.plainName }),
        isCompared(setting), isCompared(own)
      else { continue }
      if let found = found(setting.spelling, setting.value, own.value) { return found }
    }
    return nil
  }

  private static func isCompared(_ setting: Provenance.Setting) -> Bool {
    switch setting.role {
    case .training, .consistencyTerm, .summary: true
    case .place, .seed: false
    }
  }
}

extension Recording {
  /// Whether two recordings have the same logits and maps at every exit, to the last bit.
  func hasSameAnswers(as other: Recording) throws(RecordingFault) -> Bool {
    guard zip(logits, other.logits).allSatisfy(Memory.areEqual) else { return false }
    for (maps, others) in zip(attention, other.attention)
    where try maps.firstDifference(from: others) != nil { return false }
    return true
  }
}
