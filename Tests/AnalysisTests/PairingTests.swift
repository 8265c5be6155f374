import Analysis
import Recordings
import TensorCore
import TestSupport
import Testing

/// When two recordings show the same samples.
struct PairingTests {
  typealias Change = @Sendable (inout Recording) -> Void

  private static func recording() -> Recording {
    var recording = syntheticRecording(sampleCount: 4, labels: [0, 1, 0, 1])
    recording.manifest.identifiers = ["a", "b", "c", "d"]
    recording.images = ImageTensor([UInt8](repeating: 7, count: 16))
    return recording
  }

  static let changes: [(Change, String)] = [
    ({ $0.labels[2] = 1 }, "label 1 instead of 0 at sample 2"),
    ({ $0.manifest.identifiers![1] = "z" }, "another identifier at sample 1"),
    ({ $0.manifest.classNames[0] = "cat" }, "other class names"),
    ({ $0.manifest.input = GridSize(height: 4, width: 1) }, "inputs of 4×1×1 instead of 2×2×1"),
    ({ $0.images![13] = 0 }, "other pixels at sample 3"),
  ]

  @Test(arguments: changes.indices)
  func refusesAcrossArms(index: Int) throws {
    let (change, words) = Self.changes[index]
    var other = Self.recording()
    change(&other)
    let result = try Auditor.audit(
      baseline: [Self.recording()], egt: [other], options: AuditOptions(resamples: 50))
    #expect(result.paired == nil)
    // The reference's samples, without the model that saw others.
    #expect(!result.samples.isEmpty && result.samples.allSatisfy { $0.models[1] == nil })
    #expect(result.pairingRefusal?.contains(words) == true)
    let flag = result.flags.first { $0.code == "DIFFERENT-SAMPLES" }
    #expect(flag?.message.contains(words) == true)
    // Each arm still has its own numbers.
    #expect(result.egt.exits[0][.cosine]?.estimate.value != nil)
    #expect(result.egt.exits[0][.accuracy]!.estimate.low != nil)
  }

  @Test(arguments: changes.indices)
  func refusesWithinAnArm(index: Int) {
    let (change, words) = Self.changes[index]
    var other = Self.recording()
    change(&other)
    let fault = #expect(throws: AnalysisFault.self) {
      try Auditor.audit(baseline: [Self.recording()], egt: [Self.recording(), other])
    }
    #expect(fault?.description.contains("recording 2 of EGT") == true)
    #expect(fault?.description.contains(words) == true)
  }

  @Test func countsMayDifferBetweenArms() throws {
    let result = try Auditor.audit(
      baseline: [syntheticRecording(sampleCount: 4)], egt: [syntheticRecording(sampleCount: 9)])
    #expect(result.pairingRefusal == "EGT has 9 samples instead of 4")
    #expect(result.sampleCount == 4 && result.egt.exits[0].n == 9)
  }

  @Test func oneSideMayBeSilent() throws {
    var silent = Self.recording()
    silent.manifest.identifiers = nil
    silent.images = nil
    #expect(try Auditor.audit(baseline: [Self.recording()], egt: [silent]).paired != nil)
  }

  @Test func refusesOtherNetworks() throws {
    let three = syntheticRecording(
      sampleCount: 4, grids: [GridSize](repeating: GridSize(height: 2, width: 2), count: 3))
    let two = syntheticRecording(sampleCount: 4)
    // Models may differ in their exits, a model's runs may not.
    let result = try Auditor.audit(baseline: [three], egt: [two])
    #expect(result.numbers[.accuracy, .exit(2), difference: 1] != nil)
    #expect(result.numbers[.accuracy, .exit(1), difference: 1] == nil)
    #expect(result.numbers[.accuracy, .early, difference: 1] != nil)
    let fault = #expect(throws: AnalysisFault.self) {
      try Auditor.audit([Model("Mixed", [three, two])])
    }
    #expect(fault?.description.contains("recording 2 of Mixed") == true)
    let cheaper = syntheticRecording(sampleCount: 4, macs: [10, 20])
    #expect(throws: AnalysisFault.self) {
      try Auditor.audit(baseline: [two, cheaper], egt: [two])
    }
    #expect(throws: AnalysisFault.self) { try Auditor.audit(baseline: [], egt: [two]) }
  }

  @Test(arguments: [-0.1, 1.1, .nan, .infinity])
  func refusesBadThresholds(threshold: Double) {
    let recording = syntheticRecording(sampleCount: 2)
    let fault = #expect(throws: AnalysisFault.self) {
      try Auditor.audit(
        baseline: [recording], egt: [recording], options: AuditOptions(threshold: threshold))
    }
    #expect(fault?.diagnosis.code == .usage)
  }
}
