import Recordings

/// Warnings about what exits answered.
extension Flags {
  /// - Parameter classCounts: recorded samples of each class.
  static func answerFlags(
    _ model: ModelResult, _ recordings: [Recording], _ numbers: Numbers, _ classCounts: [Int]
  ) -> [Flag] {
    let accuracies = model.exits.map {
      numbers[.accuracy, .exit($0.exit), model: model.index]!.estimate
    }
    return probabilities(model, recordings) + chance(model, accuracies, classCounts)
      + earlyBetter(model, accuracies) + validationIsTest(model, recordings)
  }

  /// Softmax outputs handed over as logits: a softmax of them is nearly flat, so every confidence is too low.
  private static func probabilities(
    _ model: ModelResult, _ recordings: [Recording]
  ) -> [Flag] {
    var tensors: [String] = []
    for recording in recordings where recording.classCount > 1 {
      let groups = [
        ("logits", recording.logits), ("validation.logits", recording.validation?.logits ?? []),
      ]
      for (name, exits) in groups {
        tensors += exits.indices.filter {
          areProbabilities(exits[$0], classCount: recording.classCount)
        }.map { "\(name).\($0 + 1)" }
      }
    }
    let names = Set(tensors).sorted()
    guard !names.isEmpty else { return [] }
    return [
      Flag(
        .probabilities, model: model.index,
        "Every row of \(names.joined(separator: ", ")) of \(name(model)) lies in 0…1 and sums to 1: "
          + "these are probabilities, not logits. Confidences, early exits, thresholds and calibration "
          + "are wrong; record what the network gives before its softmax, or log(p).")
    ]
  }

  private static func areProbabilities(_ logits: [Float], classCount: Int) -> Bool {
    logits.withUnsafeBufferPointer { logits in
      for start in stride(from: 0, to: logits.count, by: classCount) {
        var sum = 0.0
        for index in start..<start + classCount {
          guard (0...1).contains(logits[index]) else { return false }
          sum += Double(logits[index])
        }
        if abs(sum - 1) > FlagThresholds.probabilitySum { return false }
      }
      return true
    }
  }

  /// A network that has learned nothing, or labels that are not those of the answers.
  private static func chance(
    _ model: ModelResult, _ accuracies: [Estimate], _ classCounts: [Int]
  ) -> [Flag] {
    guard classCounts.count > 1, let accuracy = accuracies.last, let low = accuracy.low,
      let high = accuracy.high, let most = classCounts.max()
    else { return [] }
    let share = Double(most) / Double(classCounts.reduce(0, +))
    guard low <= share else { return [] }
    if share == 1 {
      // Where all are right, there is nothing to doubt but the data.
      guard high < 1 else { return [] }
      return [
        Flag(
          .chance, model: model.index, exit: model.exits.count,
          "The final exit of \(name(model)) is right about \(percent(accuracy.value)) % "
            + "[\(percent(low)), \(percent(high))] of the samples, which are all of one class; naming it for each is right "
            + "about 100.0 %. Are these the labels of the answers?")
      ]
    }
    return [
      Flag(
        .chance, model: model.index, exit: model.exits.count,
        "The final exit of \(name(model)) is right about \(percent(accuracy.value)) % "
          + "[\(percent(low)), \(percent(high))] of the samples; naming the commonest class for each is right about "
          + "\(percent(share)) %. Either it has learned nothing, or labels and answers do not belong together."
      )
    ]
  }

  /// By intervals that do not touch, which is more cautious than a test: what is left is exits in reverse order, a
  /// final exit that was not trained, or a network that overthinks.
  private static func earlyBetter(_ model: ModelResult, _ accuracies: [Estimate]) -> [Flag] {
    guard let final = accuracies.last, let high = final.high else { return [] }
    let better = accuracies.dropLast().enumerated().filter { ($1.low ?? 0) > high }
    guard let best = better.max(by: { $0.element.value < $1.element.value }) else { return [] }
    return [
      Flag(
        .earlyBetter, model: model.index, exit: best.offset + 1,
        "Exit \(best.offset + 1) of \(name(model)) is right about \(percent(best.element.value)) % of the samples, "
          + "the final exit about \(percent(final.value)) % [\(percent(final.low ?? 0)), \(percent(high))]. "
          + "Are the exits in the order in which the network reaches them, and is the final one trained?"
      )
    ]
  }

  /// Thresholds and temperatures would be chosen on the very answers that score them.
  private static func validationIsTest(
    _ model: ModelResult, _ recordings: [Recording]
  ) -> [Flag] {
    for recording in recordings {
      guard let validation = recording.validation else { continue }
      let rows = Set(RowDigest.rows(recording.logits, classCount: recording.classCount))
      let own = RowDigest.rows(validation.logits, classCount: recording.classCount)
      let known = own.count { rows.contains($0) }
      guard known > 0, Double(known) >= FlagThresholds.repeatedShare * Double(own.count) else {
        continue
      }
      return [
        Flag(
          .validationIsTest, model: model.index,
          "\(known) of \(own.count) validation answers of \(name(model)) are, to the last bit, answers "
            + "to the samples recorded: thresholds and temperatures are chosen on what scores them. "
            + "Record answers to other images, or none.")
      ]
    }
    return []
  }

  /// One decimal, of a share.
  static func percent(_ share: Double) -> String { FixedDecimal.text(100 * share, decimals: 1) }
}
