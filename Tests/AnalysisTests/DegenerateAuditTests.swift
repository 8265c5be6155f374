import Analysis
import Recordings
import TensorCore
import TestSupport
import Testing

/// Inputs at the edge of sense.
struct DegenerateAuditTests {
  private func audit(_ recording: Recording, threshold: Double = 0.9) throws -> AuditResult {
    try Auditor.audit(
      baseline: [recording], egt: [recording],
      options: AuditOptions(threshold: threshold, resamples: 100))
  }

  @Test func allRightAndNoneRight() throws {
    let right = try audit(syntheticRecording(sampleCount: 20)).baseline
    #expect(right.exits.allSatisfy { $0.accuracy.value == 1 && $0.accuracy.high == 1 })
    #expect(right.exits.allSatisfy { $0.accuracy.low! < 1 })
    #expect(right.earlyAccuracy!.estimate.value == 1)
    let wrong = try audit(syntheticRecording(sampleCount: 20, prediction: { _, _ in 1 })).baseline
    #expect(wrong.exits.allSatisfy { $0.accuracy.value == 0 && $0.accuracy.low == 0 })
    #expect(wrong.exits.allSatisfy { $0.accuracy.high! > 0 })
  }

  @Test func thresholdZeroLeavesAtOnce() throws {
    let result = try audit(
      syntheticRecording(sampleCount: 5, prediction: { $1 }), threshold: 0)
    #expect(result.baseline.earlyExit.shares == [1, 0])
    #expect(result.baseline.earlyAccuracy!.estimate.value == 1)
    #expect(result.baseline.earlyExit.meanMacs == 100)
    #expect(result.samples.allSatisfy { $0.baseline.leavesAt == 1 })
  }

  @Test func thresholdOneNeedsCertainty() throws {
    let unsure = try audit(syntheticRecording(sampleCount: 5), threshold: 1).baseline.earlyExit
    #expect(unsure.shares == [0, 1] && unsure.meanMacs == 200)
    // exp(−1000) is 0 in Double: a confidence of exactly 1.
    let sure = try audit(syntheticRecording(sampleCount: 5, sharpness: 1000), threshold: 1)
    #expect(sure.baseline.earlyExit.shares == [1, 0])
    #expect(sure.samples[0].baseline.confidences == [1, 1])
  }

  /// Equal logits of two classes give a confidence of exactly one half, which reaches a threshold of one half; the
  /// first class is the answer.
  @Test func tiesReachTheThreshold() throws {
    let recording = syntheticRecording(sampleCount: 4, sharpness: 0)
    let at = try audit(recording, threshold: 0.5)
    #expect(at.baseline.earlyExit.shares == [1, 0])
    #expect(at.samples[0].baseline.predictions == [0, 0])
    #expect(try audit(recording, threshold: 0.5.nextUp).baseline.earlyExit.shares == [0, 1])
  }

  @Test func costCurveRuns() throws {
    let curve = try audit(syntheticRecording(sampleCount: 5), threshold: 0.77).baseline.costCurve
    #expect(curve.map(\.threshold) == curve.map(\.threshold).sorted())
    #expect(curve.count == 24 && curve.contains { $0.threshold == 0.77 })
    #expect(curve.first?.meanMacs == 100 && curve.last?.meanMacs == 200)
    #expect(zip(curve, curve.dropFirst()).allSatisfy { $0.meanMacs <= $1.meanMacs })
    let unknown = try audit(syntheticRecording(sampleCount: 5, macs: [0, 7])).baseline
    #expect(unknown.earlyExit.meanMacs == nil)
    #expect(unknown.costCurve.allSatisfy { $0.meanMacs == 0 })
  }

  @Test func hugeLogitsStayFinite() throws {
    let result = try audit(syntheticRecording(sampleCount: 2, sharpness: 3e38))
    #expect(result.samples[0].baseline.confidences == [1, 1])
  }

  @Test func oneClassOneSample() throws {
    let result = try audit(syntheticRecording(sampleCount: 1, classCount: 1))
    #expect(result.classCounts == [1])
    #expect(result.baseline.exits[0][.accuracy]!.estimate.value == 1)
    #expect(result.samples[0].baseline.confidences == [1, 1])
  }

  @Test func classWithoutSamples() throws {
    let result = try audit(
      syntheticRecording(sampleCount: 24, classCount: 3, labels: (0..<24).map { $0 % 2 }))
    #expect(result.classCounts == [12, 12, 0])
    let flag = result.flags.first { $0.code == "SMALL-CLASS" }
    #expect(flag?.message.contains("1 of 3 classes") == true)
    #expect(flag?.message.contains("“class 2” has 0") == true)
  }

  @Test func identicalModels() throws {
    let result = try audit(syntheticRecording(sampleCount: 10))
    let exit = try #require(result.paired?.exits[0])
    #expect(exit.deltaCosine == Estimate(0, low: 0, high: 0))
    #expect(exit.p == 1)
    // Ten images on which the models agree do not prove that they always will.
    let accuracy = try #require(exit.accuracy)
    #expect(accuracy.delta.value == 0 && accuracy.delta.low! < -0.2 && accuracy.delta.high! > 0.2)
    #expect(accuracy.p == 1 && accuracy.mcNemar?.discordant == 0)
    #expect(result.flags.first?.code == "IDENTICAL-MODELS")
  }

  @Test func gridsMayDifferBetweenArms() throws {
    let square = syntheticRecording(sampleCount: 6, input: GridSize(height: 6, width: 6))
    let wide = syntheticRecording(
      sampleCount: 6, grids: [GridSize(height: 2, width: 5), GridSize(height: 3, width: 2)],
      input: GridSize(height: 6, width: 6)
    ) { sample, exit in (0..<(exit == 0 ? 10 : 6)).map { Float(($0 * 3 + sample) % 7) } }
    let result = try Auditor.audit(baseline: [square], egt: [wide])
    #expect(result.paired != nil)
    #expect(result.egt.exits.map(\.grid.description) == ["2×5", "3×2"])
    #expect(result.egt.exits[0].n == 6)
  }

  /// Mirroring both maps of a sample changes nothing; nor does scaling one.
  @Test func consistencyIgnoresScaleAndReflection() throws {
    var generator = SeededGenerator(seed: 8)
    let grids = [GridSize(height: 5, width: 4), GridSize(height: 3, width: 2)]
    let input = GridSize(height: 16, width: 12)
    let maps = (0..<6).map { _ in grids.map { uniformMap($0.count, &generator) } }
    let plain = syntheticRecording(sampleCount: 6, grids: grids, input: input) { maps[$0][$1] }
    let changed = syntheticRecording(sampleCount: 6, grids: grids, input: input) { sample, exit in
      maps[sample][exit].reversed().map { exit == 0 ? $0 * 37 : $0 }
    }
    let result = try Auditor.audit(baseline: [plain], egt: [changed])
    for sample in result.samples {
      #expect(isClose(sample.deltaCosine, 0, 1e-6))
      #expect(isClose(sample.egt.centred[0], sample.baseline.centred[0], 1e-6))
    }
  }
}
