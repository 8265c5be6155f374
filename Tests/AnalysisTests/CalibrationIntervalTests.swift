import Analysis
import Foundation
import Recordings
import TensorCore
import TestSupport
import Testing

/// What calibration intervals and flags must do; their digits are checked against Python in CalibrationTests.
struct CalibrationIntervalTests {
  /// Two-class answers of confidence 1 / (1 + e^−m), right with chance 1 / (1 + e^−sm): calibrated at s = 1,
  /// over-confident below.
  private func draw(
    _ count: Int, slope: Double, sharpness: Double = 1, _ generator: inout SeededGenerator
  ) -> (labels: [Int], logits: [Float]) {
    var labels: [Int] = []
    var logits: [Float] = []
    for _ in 0..<count {
      let margin = generator.uniform(0.1, 4)
      labels.append(generator.uniform() < 1 / (1 + exp(-slope * margin)) ? 0 : 1)
      logits += [Float(sharpness * margin), 0]
    }
    return (labels, logits)
  }

  private func recording(_ answers: (labels: [Int], logits: [Float])) -> Recording {
    answering(answers.logits, labels: answers.labels, classCount: 2)
  }

  /// - Parameter seed: of the resampling: two hundred draws, the same in every experiment, would err in one direction.
  private func audit(
    _ baseline: Recording, _ egt: Recording, seed: Int = 0
  ) throws -> AuditResult {
    try Auditor.audit(
      baseline: [baseline], egt: [egt],
      options: AuditOptions(resamples: 200, seed: UInt64(seed)))
  }

  /// What `draw` gives in the long run, by integration over margins: NLL, Brier score, ECE and AUROC.
  private func truth(slope: Double) -> [Double] {
    let steps = 20_000
    var (nll, brier, area, wrongSoFar, right) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var gaps = [Double](repeating: 0, count: 15)
    for step in 0..<steps {
      let margin = 0.1 + 3.9 * (Double(step) + 0.5) / Double(steps)
      let confidence = 1 / (1 + exp(-margin))
      let chance = 1 / (1 + exp(-slope * margin))
      nll -= chance * log(confidence) + (1 - chance) * log(1 - confidence)
      brier += 2 * (chance * pow(1 - confidence, 2) + (1 - chance) * pow(confidence, 2))
      gaps[Int((confidence * 15).rounded(.up)) - 1] += chance - confidence
      area += chance * (wrongSoFar + (1 - chance) / 2)
      wrongSoFar += 1 - chance
      right += chance
    }
    let count = Double(steps)
    let ece = gaps.reduce(0) { $0 + abs($1) }
    return [nll / count, brier / count, ece / count, area / (right * wrongSoFar)]
  }

  /// 95 % intervals hold the truth in 93 to 95 % of 120 experiments (200 resamples make them a little short), three
  /// standard errors allowed, for a perfectly calibrated exit, whose ECE is 0, and for an over-confident one. The ranges
  /// in the doc comments come from larger simulations.
  @Test(arguments: [1, 0.5]) func intervalsCoverTheTruth(slope: Double) throws {
    let expected = truth(slope: slope)
    var generator = SeededGenerator(seed: 5)
    var hits = [0, 0, 0, 0]
    var within = 0
    for experiment in 0..<120 {
      let one = recording(draw(200, slope: slope, &generator))
      let exit = try audit(one, one, seed: experiment).baseline.calibration[0]
      let estimates = [
        exit.scores.nll, exit.scores.brier, exit.scores.ece.debiased, try #require(exit.auroc),
      ]
      for (index, estimate) in estimates.enumerated()
      where estimate.low! <= expected[index] && expected[index] <= estimate.high! {
        hits[index] += 1
      }
      if exit.scores.ece.isWithinChance { within += 1 }
      #expect(exit.scores.ece.debiased.low! <= exit.scores.ece.debiased.value)
      #expect(exit.scores.ece.debiased.high! >= exit.scores.ece.debiased.value)
    }
    #expect(hits.allSatisfy { (104...120).contains($0) }, "\(hits)")
    #expect(slope == 1 ? within >= 110 : within <= 14, "\(within)")
  }

  /// Paired differences of models that differ by chance alone exclude 0 in 5 to 7 % of 120 experiments.
  @Test func noDifferenceIsFoundWhereThereIsNone() throws {
    var generator = SeededGenerator(seed: 6)
    var found = [0, 0, 0, 0]
    for experiment in 0..<120 {
      let left = draw(200, slope: 0.7, &generator)
      // Both must see the same labels: where the second's differ, it answers the other class instead.
      let right = draw(200, slope: 0.7, &generator)
      var second = right.logits
      for sample in left.labels.indices where left.labels[sample] != right.labels[sample] {
        second.swapAt(2 * sample, 2 * sample + 1)
      }
      let paired = try audit(
        recording(left), answering(second, labels: left.labels, classCount: 2),
        seed: experiment
      ).paired!.calibration[0]
      let differences = [
        paired.difference.nll, paired.difference.brier, paired.difference.ece,
        try #require(paired.auroc),
      ]
      for (index, delta) in differences.enumerated() where delta.low! > 0 || delta.high! < 0 {
        found[index] += 1
      }
    }
    #expect(found.allSatisfy { $0 <= 16 }, "\(found)")
    #expect(found.contains { $0 > 0 })
  }

  /// The order of samples, and equal confidences, change nothing.
  @Test func orderOfSamplesDoesNotMatter() throws {
    var generator = SeededGenerator(seed: 7)
    var (labels, logits) = draw(120, slope: 0.6, &generator)
    logits = logits.map { ($0 * 2).rounded() / 2 }
    let order = (0..<120).map { ($0 * 49 + 5) % 120 }
    let moved = answering(
      order.flatMap { [logits[2 * $0], logits[2 * $0 + 1]] }, labels: order.map { labels[$0] },
      classCount: 2)
    let first = answering(logits, labels: labels, classCount: 2)
    let left = try audit(first, first).baseline.calibration[0]
    let right = try audit(moved, moved).baseline.calibration[0]
    #expect(left.bins.map(\.count) == right.bins.map(\.count))
    #expect(left.equalMassBins.map(\.count) == right.equalMassBins.map(\.count))
    #expect(isClose(left.scores.ece.equalMass, right.scores.ece.equalMass, 1e-12))
    #expect(isClose(left.scores.ece.debiased.value, right.scores.ece.debiased.value, 1e-12))
    #expect(isClose(left.auroc?.value, right.auroc?.value, 1e-12))
  }

  /// A network three times as sharp needs three times the temperature, and is then the same.
  @Test func temperatureUndoesSharpness() throws {
    var generator = SeededGenerator(seed: 8)
    let test = draw(200, slope: 0.7, &generator)
    let validation = draw(150, slope: 0.7, &generator)
    func network(_ factor: Float) -> Recording {
      answering(
        test.logits.map { factor * $0 }, labels: test.labels, classCount: 2,
        validation: (validation.labels, validation.logits.map { factor * $0 }))
    }
    let result = try audit(network(1), network(3))
    let left = try #require(result.baseline.calibration[0].scaling)
    let right = try #require(result.egt.calibration[0].scaling)
    #expect(isClose(right.fits[0].temperature, 3 * left.fits[0].temperature, 1e-6))
    #expect(left.fits[0].temperature > 1 && !left.fits[0].isAtBound)
    #expect(right.scores.nll.value < result.egt.calibration[0].scores.nll.value)
    #expect(right.change.nll.high! < 0)
    let scaled = try #require(result.paired?.calibration[0].scaled)
    #expect(abs(scaled.nll.value) < 1e-6 && abs(scaled.brier.value) < 1e-6)
    #expect(result.paired!.calibration[0].difference.nll.value > 0.1)
  }

  @Test func flagWhereCalibrationIsWorse() throws {
    var generator = SeededGenerator(seed: 9)
    let answers = draw(600, slope: 1, &generator)
    func sharper(_ factor: Float) -> Recording {
      answering(answers.logits.map { factor * $0 }, labels: answers.labels, classCount: 2)
    }
    func flags(_ baseline: Recording, _ egt: Recording) throws -> [Flag] {
      try audit(baseline, egt).flags.filter { $0.code == "CALIBRATION-WORSE" }
    }
    let raised = try flags(sharper(1), sharper(4))
    #expect(raised.map(\.exit) == [1, 2] && raised.allSatisfy { $0.arm == "egt" })
    #expect(raised[0].message.contains("it is overconfident"))
    #expect(try flags(sharper(1), sharper(0.3)).first?.message.contains("underconfident") == true)
    // Better, the same, or different by less than anyone would notice.
    #expect(try flags(sharper(4), sharper(1)) == [])
    #expect(try flags(sharper(1), sharper(1)) == [])
    #expect(try flags(sharper(3), sharper(3.05)) == [])
  }

  @Test func nothingIsMadeUp() throws {
    // One sample: no interval of any kind, and no AUROC.
    let single = answering([2, 0], labels: [0], classCount: 2)
    let exit = try audit(single, single).baseline.calibration[0]
    #expect(exit.scores.nll.low == nil && exit.scores.ece.debiased.low == nil)
    #expect(exit.auroc == nil && exit.aurocRecordings == 0 && exit.scaling == nil)
    #expect(exit.bins.count { $0.count > 0 } == 1)
    #expect(exit.bins.allSatisfy { ($0.count == 0) == ($0.accuracy == nil) })
    // One class: certain and right; a temperature changes nothing.
    let certain = answering([1, 2, 3], labels: [0, 0, 0], classCount: 1, validation: ([0], [4]))
    let trivial = try audit(certain, certain).baseline.calibration[0]
    #expect(trivial.scores.nll.value == 0 && trivial.scores.brier.value == 0)
    #expect(trivial.scores.ece.value == 0 && trivial.scaling == nil)
    // Other samples in the other arm: each alone, nothing paired.
    var generator = SeededGenerator(seed: 10)
    let result = try audit(
      recording(draw(50, slope: 1, &generator)), recording(draw(40, slope: 1, &generator)))
    #expect(result.baseline.calibration.count == 2 && result.egt.calibration.count == 2)
    #expect(result.paired == nil)
  }
}
