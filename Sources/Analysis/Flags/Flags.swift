import FileKit
import Recordings
import TensorCore

/// What flags are raised about: the models as recorded and scanned, and the result so far.
struct FlagSubjects {
  let result: AuditResult
  let numbers: Numbers
  let models: [Model]
  /// Per model, exits that repeat each other.
  let repeated: [RepeatedExits]
  /// Per model and exit, maps with cells below 0.
  let negative: [[NegativeMaps]]
  let groups: SampleGroups

  /// The comparisons that were made.
  var compared: [Comparison] { result.comparisons.filter { $0.paired != nil } }
}

/// What a reader must know before believing a number, in order of weight.
enum Flags {
  static func raise(_ subjects: FlagSubjects) throws(RecordingFault) -> [Flag] {
    let result = subjects.result
    let both = zip(result.models, subjects.models).map { ($0, $1.recordings) }
    var flags = try identicalModels(subjects) + differentSamples(result)
    flags += result.comparisons.flatMap { premises($0, subjects) }
    for (model, repeated) in zip(result.models, subjects.repeated) {
      flags += identicalExits(model, repeated, isCompared: result.models.count > 1)
    }
    for (model, recordings) in both {
      flags += answerFlags(model, recordings, subjects.numbers, classCounts(recordings[0]))
    }
    flags += try sampleFlags(subjects)
    flags += lambdas(result) + fewSeeds(result)
    for (model, negative) in zip(result.models, subjects.negative) {
      flags +=
        mapFlags(model, subjects.numbers)
        + negativeMaps(model, negative, result.comparison(of: model.index)?.paired?.mapPremise)
    }
    flags += subjects.compared.flatMap { flattened($0, subjects) }
    // Of confidences that are none, nothing is said.
    if !flags.contains(where: { $0.kind == .probabilities }) {
      flags += subjects.compared.flatMap { calibration($0, result) }
    }
    flags += faithfulnessFlags(result, subjects.numbers)
    flags += both.flatMap { dataFlags($0, $1) } + smallClasses(result)
    return flags
  }

  private static func classCounts(_ recording: Recording) -> [Int] {
    recording.labels.reduce(into: [Int](repeating: 0, count: recording.classCount)) {
      $0[$1] += 1
    }
  }

  private static func identicalModels(_ subjects: FlagSubjects) throws(RecordingFault) -> [Flag] {
    var flags: [Flag] = []
    let models = subjects.models
    for group in subjects.groups.groups {
      for (place, first) in group.enumerated() {
        for second in group[(place + 1)...] {
          if let pair = try sameAnswers(models[first], models[second]) {
            let areSingle =
              models[first].recordings.count == 1 && models[second].recordings.count == 1
            let (left, right) = (name(models[first]), name(models[second]))
            let which =
              areSingle
              ? "\(left) and \(right) give"
              : "Recording \(pair.0 + 1) of \(left) and recording \(pair.1 + 1) of \(right) give"
            flags.append(
              Flag(
                .identicalModels, model: models.count > 2 ? second : nil,
                "\(which) the same logits and maps on all "
                  + "\(models[first].recordings[0].sampleCount) samples: they are one model."))
          }
        }
      }
    }
    return flags
  }

  private static func sameAnswers(
    _ first: Model, _ second: Model
  ) throws(RecordingFault) -> (Int, Int)? {
    for (index, left) in first.recordings.enumerated() {
      for (other, right) in second.recordings.enumerated()
      where try left.hasSameAnswers(as: right) { return (index, other) }
    }
    return nil
  }

  private static func differentSamples(_ result: AuditResult) -> [Flag] {
    result.comparisons.compactMap { comparison in
      guard let reason = comparison.refusal else { return nil }
      return Flag(
        .differentSamples, model: comparison.model,
        "\(reason), so no difference from \(name(result.models[comparison.reference])) is paired or "
          + "tested.")
    }
  }

  /// A name that promises another training than the recording tells of.
  private static func lambdas(_ result: AuditResult) -> [Flag] {
    result.models.compactMap { model in
      if model.name.lowercased() == "baseline", let lambda = model.lambda, lambda != 0 {
        return Flag(
          .unexpectedLambda, model: model.index,
          "\(name(model)) was trained with λ = \(lambda), so it is guided too.")
      }
      if model.name == "EGT", model.lambda == 0 {
        return Flag(
          .unexpectedLambda, model: model.index,
          "\(name(model)) was trained with λ = 0, so it was not guided.")
      }
      return nil
    }
  }

  private static func fewSeeds(_ result: AuditResult) -> [Flag] {
    let few = result.models.filter { $0.seeds.count < FlagThresholds.seeds }
    guard !few.isEmpty else { return [] }
    let counts = few.map { "\($0.seeds.count) \(name($0))" }
    let comma = counts.contains { $0.contains(",") } ? "; " : ", "
    let isOne = result.models.count == 1
    let consequence =
      isOne
      ? "another training may differ; the intervals are over images only"
      : "a difference between models can be the seed's; the intervals are over images only"
    return [
      Flag(
        .fewSeeds, model: few.count == 1 ? few[0].index : nil,
        "Training runs: \(counts.joined(separator: comma)). With fewer than "
          + "\(FlagThresholds.seeds)\(isOne ? "" : " for each model"), \(consequence).")
    ]
  }

  private static func smallClasses(_ result: AuditResult) -> [Flag] {
    let small = result.classCounts.indices.filter {
      result.classCounts[$0] < FlagThresholds.classSize
    }
    guard let least = small.min(by: { result.classCounts[$0] < result.classCounts[$1] }) else {
      return []
    }
    return [
      Flag(
        .smallClass, model: nil,
        "\(small.count) of \(result.classCounts.count) classes have fewer than "
          + "\(FlagThresholds.classSize) samples (“\(result.classNames[least].shortLine)” has "
          + "\(result.classCounts[least])): "
          + "say nothing about \(small.count == 1 ? "it" : "them") alone.")
    ]
  }

  /// How a model is called in a sentence.
  static func name(_ model: ModelResult) -> String { model.name.shortLine }
  static func name(_ model: Model) -> String { model.name.shortLine }

  /// Three decimals.
  static func decimal(_ value: Double) -> String { FixedDecimal.text(value, decimals: 3) }
}
