import Analysis
import Recordings
import TensorCore
import TestSupport
import Testing

/// Every flag is raised where it should be, and not elsewhere.
struct FlagTests {
  private func recording(
    seed: UInt64, lambda: Double, contrast: Float = 1, finalContrast: Float = 1,
    change: (inout Provenance) -> Void = { _ in }
  ) -> Recording {
    soundRecording(
      seed: seed, lambda: lambda, contrast: contrast, finalContrast: finalContrast, change: change)
  }

  private func arm(lambda: Double, from seed: UInt64, finalContrast: Float = 1) -> [Recording] {
    (seed..<seed + 3).map { recording(seed: $0, lambda: lambda, finalContrast: finalContrast) }
  }

  private func flags(_ baseline: [Recording], _ egt: [Recording]) throws -> [Flag] {
    try Auditor.audit(baseline: baseline, egt: egt, options: AuditOptions(resamples: 300)).flags
  }

  @Test func noneForASoundAudit() throws {
    #expect(try flags(arm(lambda: 0, from: 1), arm(lambda: 0.3, from: 1000)) == [])
  }

  @Test func fewSeeds() throws {
    let full = arm(lambda: 0, from: 1)
    let two = Array(arm(lambda: 0.3, from: 100).prefix(2))
    let first = try flags(full, two)
    #expect(first.map(\.code) == ["FEW-SEEDS"] && first[0].arm == "egt")
    #expect(first[0].message.hasPrefix("Training runs: 2 EGT. With fewer than 3 for each model,"))
    #expect(try flags([full[0]], [two[0]]).map(\.arm) == ["both"])
  }

  @Test func collapse() throws {
    let flat = (1...3).map { recording(seed: $0, lambda: 0, contrast: 0.01) }
    let raised = try flags(flat, arm(lambda: 0.3, from: 100)).filter { $0.code == "COLLAPSE" }
    #expect(raised.map(\.arm) == ["baseline"] && raised.map(\.exit) == [1])
  }

  /// One run follows the image, two show the same maps whatever the image: the mean over runs agrees beyond chance on
  /// these images, and says nothing of the training.
  @Test func excessOfOneRunIsNotTheTrainings() throws {
    let constant = (UInt64(101)...102).map { seed in
      var recording = recording(seed: seed, lambda: 0.3)
      var generator = SeededGenerator(seed: seed)
      for exit in 0..<2 {
        let map = uniformMap(16, &generator)
        recording.attention[exit] = MapTensor((0..<40).flatMap { _ in map })
      }
      return recording
    }
    let egt = [recording(seed: 100, lambda: 0.3)] + constant
    let result = try Auditor.audit(
      baseline: arm(lambda: 0, from: 1), egt: egt, options: AuditOptions(resamples: 300))
    #expect(try #require(result.egt.exits[0][.excess]?.estimate.low) > 0)
    let raised = result.flags.filter { $0.code == "NO-EXCESS" }
    #expect(raised.map(\.arm) == ["egt"])
    let message = try #require(raised.first?.message)
    #expect(message.contains("over images and runs starts at −0."))
    #expect(message.hasSuffix(", 0.000, 0.000)."), "\(message)")
    let same = result.flags.filter { $0.code == "SAME-MAP" }
    #expect(same.map(\.arm) == ["egt", "egt"] && same.map(\.exit) == [1, 2])
    #expect(same[0].message.contains("in runs 2, 3 of 3 (centred r between images up to 1.000"))
    // Two runs have no interval over runs; the one without excess is enough.
    let two = try flags(arm(lambda: 0, from: 1), Array(egt.prefix(2)))
    #expect(two.contains { $0.code == "NO-EXCESS" && $0.arm == "egt" })
  }

  /// Maps that share nothing: no excess over chance, said in numbers with a true minus.
  @Test func noExcess() throws {
    let unrelated = (UInt64(1)...3).map { seed in
      var recording = recording(seed: seed, lambda: 0)
      var generator = SeededGenerator(seed: 77 + seed)
      recording.attention[0] = MapTensor((0..<40).flatMap { _ in uniformMap(16, &generator) })
      return recording
    }
    let raised = try flags(unrelated, arm(lambda: 0.3, from: 100))
    #expect(raised.map(\.code) == ["NO-EXCESS"] && raised[0].exit == 1)
    let message = try #require(raised.first?.message)
    #expect(
      message.contains("starts at −0.0") && !message.contains("-0") && !message.contains("−0.000"))
  }

  @Test func flattened() throws {
    let raised = try flags(
      arm(lambda: 0, from: 1, finalContrast: 4), arm(lambda: 0.3, from: 100, finalContrast: 1))
    #expect(raised.map(\.code) == ["FLATTENED"] && raised[0].exit == 2)
    // The other way round is no cause for worry.
    #expect(
      try flags(
        arm(lambda: 0, from: 1, finalContrast: 1), arm(lambda: 0.3, from: 100, finalContrast: 4)
      ) == [])
  }

  @Test func unexpectedLambda() throws {
    let raised = try flags(arm(lambda: 0.5, from: 1), arm(lambda: 0, from: 100))
    #expect(raised.map(\.code) == ["UNEXPECTED-LAMBDA", "UNEXPECTED-LAMBDA"])
    #expect(raised.map(\.arm) == ["baseline", "egt"])
  }

  @Test func data() throws {
    let baseline = (1...3).map {
      recording(seed: $0, lambda: 0) { provenance in
        var data = Provenance.DataProvenance()
        data.skipped = [.init("a.png", "truncated")]
        data.duplicatesAcrossSplits = [["training: a", "test: b"], ["training: c", "test: d"]]
        data.sameAsTraining = false
        provenance.data = data
      }
    }
    let raised = try flags(baseline, arm(lambda: 0.3, from: 100))
    #expect(raised.map(\.code) == ["SKIPPED-IMAGES", "DUPLICATES", "OTHER-DATA"])
    #expect(raised.allSatisfy { $0.arm == "baseline" })
    #expect(raised[0].message.hasPrefix("1 image file could not be read and is missing"))
    #expect(raised[1].message.hasPrefix("2 images lie in more than one part"))
  }

  @Test func userTextStaysOnOneShortLine() throws {
    var left = syntheticRecording(sampleCount: 3)
    left.manifest.classNames = [String(repeating: "x", count: 10_000), "b\n\u{202e}c"]
    let raised = try flags([left], [left])
    #expect(raised.contains { $0.code == "SMALL-CLASS" })
    #expect(raised.allSatisfy { $0.message.count < 400 && !$0.message.contains("\n") })
  }
}
