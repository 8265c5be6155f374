import Foundation
import TensorCore

extension Recording {
  /// How far a probability may lie outside 0…1, and how far a curve's whole image may be from the recorded answer: the
  /// same network in another batch, or in half precision.
  private static let probabilityTolerance: Float = 0.01

  private typealias Names = RecordingLayout.Faithfulness
  private typealias ByExit = Names.ByExit

  /// Checks what an audit relies on: samples that are there, every length, fractions that rise, probabilities, classes,
  /// finite Grad-CAM maps that are not negative, and curves that begin (deletion) or end (insertion) with what
  /// `logits.K` says about the whole image. Randomised maps may hold any numbers, as attention may.
  func validateFaithfulness(at path: String) throws(RecordingFault) {
    guard let faithfulness else { return }
    let samples = faithfulness.samples
    try expect(
      !samples.isEmpty && zip(samples, samples.dropFirst()).allSatisfy { $0 < $1 }
        && samples.first! >= 0 && samples.last! < sampleCount, Names.samples,
      "different numbers from 0 to \(sampleCount - 1), ascending",
      samples.count > 8 ? "\(samples.prefix(8)) and more" : "\(samples)", path)
    if let masking = faithfulness.masking { try validate(masking, samples, at: path) }
    if let road = faithfulness.road { try validate(road, samples, at: path) }
    if let randomized = faithfulness.randomized {
      try expectExits(randomized.exits.count, "randomized", path)
      for (exit, maps) in randomized.exits.enumerated() {
        let grid = manifest.exits[exit].grid
        try check(
          maps.values.count,
          shape: [randomized.draws, maps.stages, samples.count, grid.height, grid.width],
          of: ByExit.randomized.name(exit + 1), at: path)
      }
    }
    if let gradCAM = faithfulness.gradCAM {
      try expectExits(gradCAM.count, "gradcam", path)
      for (exit, maps) in gradCAM.enumerated() {
        let grid = manifest.exits[exit].grid
        let name = ByExit.gradCAM.name(exit + 1)
        try check(
          maps.count, shape: [samples.count, grid.height, grid.width], of: name, at: path)
        if let value = maps.first(where: { !($0 >= 0 && $0.isFinite) }) {
          throw .wrongTensor(
            path: path, name: name, expected: "finite numbers ≥ 0", got: "\(value)",
            hint: "record the map after the ReLU")
        }
      }
    }
  }

  private func validate(
    _ masking: RecordedFaithfulness.Masking, _ samples: [Int], at path: String
  ) throws(RecordingFault) {
    let fractions = masking.fractions
    try expect(
      fractions.count >= 2 && fractions.first == 0 && fractions.last == 1
        && zip(fractions, fractions.dropFirst()).allSatisfy { $0 < $1 }, Names.fractions,
      "rising numbers from 0 to 1", "\(fractions)", path)
    try expectExits(masking.exits.count, "deletion", path)
    for (exit, curves) in masking.exits.enumerated() {
      let named = [
        (ByExit.deletion.name(exit + 1), curves.deletion, 0),
        (ByExit.insertion.name(exit + 1), curves.insertion, fractions.count - 1),
        (ByExit.randomDeletion.name(exit + 1), curves.randomDeletion, 0),
        (ByExit.randomInsertion.name(exit + 1), curves.randomInsertion, fractions.count - 1),
      ]
      for (name, values, wholeImage) in named {
        try check(values.count, shape: [samples.count, fractions.count], of: name, at: path)
        try expectProbabilities(values, name, path)
        for (row, sample) in samples.enumerated() {
          let value = values[row * fractions.count + wholeImage]
          let recorded = confidence(sample: sample, exit: exit)
          guard abs(value - recorded) <= Self.probabilityTolerance else {
            throw .wrongTensor(
              path: path, name: name,
              expected:
                "\(recorded) for the whole image of sample \(sample), as logits.\(exit + 1) says",
              got: "\(value)",
              hint:
                "give the probability of the exit's own answer, in the order of \(Names.samples)")
          }
        }
      }
    }
  }

  private func validate(
    _ road: RecordedFaithfulness.Road, _ samples: [Int], at path: String
  ) throws(RecordingFault) {
    let fractions = road.fractions
    try expect(
      !fractions.isEmpty && fractions.allSatisfy { $0 > 0 && $0 < 1 }
        && zip(fractions, fractions.dropFirst()).allSatisfy { $0 < $1 }, Names.roadFractions,
      "rising numbers between 0 and 1", "\(fractions)", path)
    try expectExits(road.exits.count, "road-most", path)
    for (exit, removals) in road.exits.enumerated() {
      let named = [
        (
          ByExit.roadMost.name(exit + 1), ByExit.roadMostPredictions.name(exit + 1),
          removals.mostRelevantFirst
        ),
        (
          ByExit.roadLeast.name(exit + 1), ByExit.roadLeastPredictions.name(exit + 1),
          removals.leastRelevantFirst
        ),
      ]
      for (probabilities, predictions, answers) in named {
        let shape = [samples.count, fractions.count]
        try check(answers.probabilities.count, shape: shape, of: probabilities, at: path)
        try check(answers.predictions.count, shape: shape, of: predictions, at: path)
        try expectProbabilities(answers.probabilities, probabilities, path)
        if let label = answers.predictions.first(where: { !(0..<classCount).contains($0) }) {
          throw .wrongTensor(
            path: path, name: predictions, expected: "0 to \(classCount - 1)", got: "\(label)")
        }
      }
    }
  }

  /// The softmax probability of an exit's own answer.
  private func confidence(sample: Int, exit: Int) -> Float {
    let row = logits[exit][sample * classCount..<(sample + 1) * classCount]
    let largest = row.max()!
    return Float(1 / row.reduce(0) { $0 + exp(Double($1 - largest)) })
  }

  private func expectProbabilities(
    _ values: [Float], _ name: String, _ path: String
  ) throws(RecordingFault) {
    let range = -Self.probabilityTolerance...1 + Self.probabilityTolerance
    guard let value = values.first(where: { !range.contains($0) }) else { return }
    throw .wrongTensor(
      path: path, name: name, expected: "probabilities, 0 to 1", got: "\(value)",
      hint: "softmax the logits first")
  }

  private func expectExits(
    _ count: Int, _ tensor: String, _ path: String
  ) throws(RecordingFault) {
    guard count == exitCount else {
      throw .wrongField(
        path: path, field: "exits",
        expected: "\(exitCount) tensors of each kind, as \(Names.prefix)\(tensor).1",
        got: "\(count)")
    }
  }

  private func expect(
    _ condition: Bool, _ name: String, _ expected: String, _ got: String, _ path: String
  ) throws(RecordingFault) {
    guard !condition else { return }
    throw .wrongTensor(path: path, name: name, expected: expected, got: got)
  }
}
