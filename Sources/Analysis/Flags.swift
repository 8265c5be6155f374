import FileKit
import Recordings
import TensorCore

/// What a reader must know before believing a number, in order of weight.
enum Flags {
  static func raise(
    _ result: AuditResult, baseline: [Recording], egt: [Recording]
  ) throws(RecordingFault) -> [Flag] {
    let arms = [(result.baseline, baseline), (result.egt, egt)]
    return try identicalModels(baseline, egt) + differentSamples(result)
      + repeatedRecordings(.baseline, baseline) + repeatedRecordings(.egt, egt) + lambdas(result)
      + fewSeeds(result) + arms.flatMap { mapFlags($0.0) } + flattened(result)
      + calibration(result)
      + arms.flatMap { dataFlags($0.name, $1) } + smallClasses(result)
  }

  private static func identicalModels(
    _ baseline: [Recording], _ egt: [Recording]
  ) throws(RecordingFault) -> [Flag] {
    for (index, left) in baseline.enumerated() {
      for (other, right) in egt.enumerated() where try areEqual(left, right) {
        let which =
          baseline.count == 1 && egt.count == 1
          ? "The two arms give"
          : "Baseline recording \(index + 1) and EGT recording \(other + 1) give"
        return [
          Flag(
            code: "IDENTICAL-MODELS", arm: "both", exit: nil,
            message: "\(which) the same logits and maps on all \(left.sampleCount) samples: "
              + "they are one model.")
        ]
      }
    }
    return []
  }

  private static func repeatedRecordings(
    _ arm: ArmResult.Name, _ recordings: [Recording]
  ) throws(RecordingFault) -> [Flag] {
    for index in recordings.indices {
      for other in recordings.indices.dropFirst(index + 1)
      where try areEqual(recordings[index], recordings[other]) {
        return [
          Flag(
            code: "REPEATED-RECORDING", arm: arm.rawValue, exit: nil,
            message:
              "Recordings \(index + 1) and \(other + 1) of \(words(arm)) are the same model: "
              + "they count as two seeds but are one.")
        ]
      }
    }
    return []
  }

  private static func areEqual(
    _ left: Recording, _ right: Recording
  ) throws(RecordingFault) -> Bool {
    guard zip(left.logits, right.logits).allSatisfy(Memory.areEqual) else { return false }
    for (maps, others) in zip(left.attention, right.attention)
    where try maps.firstDifference(from: others) != nil { return false }
    return true
  }

  private static func differentSamples(_ result: AuditResult) -> [Flag] {
    guard let reason = result.pairingRefusal else { return [] }
    return [
      Flag(
        code: "DIFFERENT-SAMPLES", arm: "both", exit: nil,
        message: "The arms were recorded on different samples (\(reason)), so no difference "
          + "between them is paired or tested.")
    ]
  }

  private static func lambdas(_ result: AuditResult) -> [Flag] {
    var flags: [Flag] = []
    if let lambda = result.baseline.lambda, lambda != 0 {
      flags.append(
        Flag(
          code: "UNEXPECTED-LAMBDA", arm: "baseline", exit: nil,
          message: "The baseline was trained with λ = \(lambda), so it is guided too."))
    }
    if result.egt.lambda == 0 {
      flags.append(
        Flag(
          code: "UNEXPECTED-LAMBDA", arm: "egt", exit: nil,
          message: "EGT was trained with λ = 0, so it was not guided."))
    }
    return flags
  }

  private static func fewSeeds(_ result: AuditResult) -> [Flag] {
    let counts = (result.baseline.seeds.count, result.egt.seeds.count)
    let few = (counts.0 < FlagThresholds.seeds, counts.1 < FlagThresholds.seeds)
    guard few.0 || few.1 else { return [] }
    return [
      Flag(
        code: "FEW-SEEDS", arm: few.0 && few.1 ? "both" : few.0 ? "baseline" : "egt", exit: nil,
        message: "Baseline has \(counts.0) and EGT \(counts.1) trained seed"
          + "\(counts.0 == 1 && counts.1 == 1 ? "" : "s"): with fewer than "
          + "\(FlagThresholds.seeds) in each arm, a difference between them can be the seed's; "
          + "the intervals are over images only.")
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
        code: "SMALL-CLASS", arm: "both", exit: nil,
        message: "\(small.count) of \(result.classCounts.count) classes have fewer than "
          + "\(FlagThresholds.classSize) samples (\(name(least, result)) has "
          + "\(result.classCounts[least])): "
          + "say nothing about \(small.count == 1 ? "it" : "them") alone.")
    ]
  }

  /// A class's name, whatever it holds, short enough for a sentence.
  private static func name(_ label: Int, _ result: AuditResult) -> String {
    let name = result.classNames[label].singleLine
    return "“\(name.count > 40 ? name.prefix(40) + "…" : name[...])”"
  }

  /// How an arm is called in a sentence.
  static func words(_ arm: ArmResult.Name) -> String {
    arm == .baseline ? "baseline" : "EGT"
  }

  /// Three decimals.
  static func decimal(_ value: Double) -> String { FixedDecimal.text(value, decimals: 3) }
}
