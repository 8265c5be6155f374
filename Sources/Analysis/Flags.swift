import FileKit
import Recordings
import TensorCore

/// What a reader must know before believing a number, in order of weight.
enum Flags {
  /// - Parameters:
  ///   - repeated: exits that repeat each other, as an arm's recordings have them.
  ///   - negative: maps with cells below 0, exit by exit.
  static func raise(
    _ result: AuditResult, baseline: [Recording], egt: [Recording],
    repeated: (baseline: RepeatedExits, egt: RepeatedExits),
    negative: (baseline: [NegativeMaps], egt: [NegativeMaps])
  ) throws(RecordingFault) -> [Flag] {
    let arms = [(result.baseline, baseline), (result.egt, egt)]
    var flags = try identicalModels(baseline, egt) + differentSamples(result)
    flags += premises(baseline[0], egt[0])
    flags += identicalExits(.baseline, repeated.baseline) + identicalExits(.egt, repeated.egt)
    for (arm, recordings) in arms {
      flags += answerFlags(arm, recordings, classCounts: classCounts(recordings[0]))
    }
    flags += try sampleFlags(baseline, egt, areShared: result.pairingRefusal == nil)
    flags += lambdas(result) + fewSeeds(result)
    for ((arm, _), negative) in zip(arms, [negative.baseline, negative.egt]) {
      flags += mapFlags(arm) + negativeMaps(arm.arm, negative, result.paired?.mapPremise)
    }
    flags += flattened(result)
    // Of confidences that are none, nothing is said.
    if !flags.contains(where: { $0.kind == .probabilities }) { flags += calibration(result) }
    flags += faithfulnessFlags(result)
    flags += arms.flatMap { dataFlags($0.arm, $1) } + smallClasses(result)
    return flags
  }

  private static func classCounts(_ recording: Recording) -> [Int] {
    recording.labels.reduce(into: [Int](repeating: 0, count: recording.classCount)) {
      $0[$1] += 1
    }
  }

  private static func identicalModels(
    _ baseline: [Recording], _ egt: [Recording]
  ) throws(RecordingFault) -> [Flag] {
    for (index, left) in baseline.enumerated() {
      for (other, right) in egt.enumerated() where try left.hasSameAnswers(as: right) {
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

  /// A class's name.
  private static func name(_ label: Int, _ result: AuditResult) -> String {
    "“\(result.classNames[label].shortLine)”"
  }

  /// How an arm is called in a sentence.
  static func words(_ arm: ModelResult.Arm) -> String {
    arm == .baseline ? "baseline" : "EGT"
  }

  /// Three decimals.
  static func decimal(_ value: Double) -> String { FixedDecimal.text(value, decimals: 3) }
}

extension String {
  /// A user's text, whatever it holds, short enough for a sentence.
  var shortLine: String {
    let line = singleLine
    return line.count > 40 ? String(line.prefix(40)) + "…" : line
  }
}
