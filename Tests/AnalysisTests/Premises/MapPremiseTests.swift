import Analysis
import Recordings
import TensorCore
import TestSupport
import Testing

/// Where the maps of two arms differ in more than the training, their numbers stand and nothing is found.
struct MapPremiseTests {
  private func audit(
    _ change: (inout Recording) throws -> Void
  ) throws -> AuditResult {
    try Auditor.audit(
      baseline: soundArm(lambda: 0, from: 1),
      egt: try soundArm(lambda: 0.3, from: 100, change: change),
      options: AuditOptions(resamples: 300))
  }

  private func expectWithheld(_ result: AuditResult, _ reason: String) throws {
    let paired = try #require(result.paired)
    #expect(paired.mapPremise?.reason == reason)
    for place in paired.exits.map(\.numbers) + [paired.mean.numbers] {
      for measure in [Measure.cosine, .excess, .centred, .spread] {
        guard let number = place[measure] else { continue }
        #expect(number.delta.low != nil && number.finding == nil && number.imageFinding == nil)
      }
    }
    #expect(paired.exits[1][.accuracy]?.finding != nil)
  }

  @Test func otherKinds() throws {
    let result = try audit { $0.manifest.mapKind = "Grad-CAM" }
    try expectWithheld(
      result, "the maps of EGT are Grad-CAM, those of Baseline of a kind that is not given")
    #expect(result.flags.map(\.code) == ["OTHER-MAPS"])
    #expect(result.flags[0].model == 1)
  }

  /// One module, normalised in two ways.
  @Test func otherAttention() throws {
    var baseline = soundArm(lambda: 0, from: 1)
    for run in baseline.indices { baseline[run].manifest.attentionKind = "sigmoid" }
    let egt = soundArm(lambda: 0.3, from: 100).map {
      var recording = $0
      recording.manifest.attentionKind = "softmax"
      return recording
    }
    let result = try Auditor.audit(
      baseline: baseline, egt: egt, options: AuditOptions(resamples: 300))
    try expectWithheld(
      result, "the maps of EGT are softmax attention, those of Baseline sigmoid attention")
  }

  /// The very same maps, pooled: the difference is the grid's alone, and large enough to be found.
  @Test func otherGrids() throws {
    func pooled(_ recording: Recording, seed: UInt64) throws -> Recording {
      var recording = recording
      recording.manifest.provenance!.seed = seed
      for exit in 0..<2 {
        let cells = try recording.attention[exit].elements()
        recording.manifest.exits[exit].grid = GridSize(height: 2, width: 2)
        recording.attention[exit] = MapTensor(
          (0..<160).map { place in
            let (map, row, column) = (place / 4 * 16, place / 2 % 2 * 8, place % 2 * 2)
            let start = map + row + column
            return (cells[start] + cells[start + 1] + cells[start + 4] + cells[start + 5]) / 4
          })
      }
      return recording
    }
    let baseline = soundArm(lambda: 0, from: 1)
    let egt = try baseline.enumerated().map { try pooled($1, seed: UInt64(100 + $0)) }
    let result = try Auditor.audit(
      baseline: baseline, egt: egt, options: AuditOptions(resamples: 300))
    #expect(try #require(result.paired?.mean[.cosine]?.widest.low) > 0)
    try expectWithheld(
      result,
      "the maps of EGT at exits 1, 2 have another grid than those of Baseline (2×2 instead of 4×4 at exit 1)"
    )
    #expect(result.flags.contains { $0.code == "OTHER-GRIDS" })
    // A spread on another grid is another number: it proves no flattening.
    #expect(!result.flags.contains { $0.code == "FLATTENED" })
  }

  @Test func oneMapForAllExits() throws {
    let result = try audit { $0.attention[0] = $0.attention[1] }
    try expectWithheld(result, "exits 1, 2 of EGT have one and the same map")
    #expect(result.flags.contains { $0.code == "IDENTICAL-EXITS" && $0.arm == "egt" })
  }

  /// Maps with and without a sign are no more the same than sigmoid and softmax ones.
  @Test func negativeMapsInOneArm() throws {
    func centre(_ recording: inout Recording) throws {
      recording.attention[0] = MapTensor(try recording.attention[0].elements().map { $0 - 1.5 })
    }
    let result = try audit(centre)
    try expectWithheld(
      result, "the maps of EGT have negative cells at exit 1, those of Baseline have none")
    let flag = try #require(result.flags.first { $0.code == "NEGATIVE-MAPS" })
    #expect(flag.message.contains("Not so in the model that it is compared with"))
    let both = try Auditor.audit(
      baseline: try soundArm(lambda: 0, from: 1, change: centre),
      egt: try soundArm(lambda: 0.3, from: 100, change: centre),
      options: AuditOptions(resamples: 50))
    #expect(both.paired?.mapPremise == nil)
    #expect(both.flags.filter { $0.code == "NEGATIVE-MAPS" }.map(\.arm) == ["baseline", "egt"])
  }

  /// What an interpolation leaves in place of 0 is no sign.
  @Test func roundingBelowZeroIsNoSign() throws {
    let result = try audit {
      var cells = try $0.attention[0].elements()
      for map in 0..<3 { cells[map * 16] = -1e-9 }
      $0.attention[0] = MapTensor(cells)
    }
    #expect(!result.flags.contains { $0.code == "NEGATIVE-MAPS" })
    #expect(result.paired?.mapPremise == nil && result.egt.exits[0].spread != nil)
    #expect(result.egt.exits[0].entropy != nil)
  }

  /// One hook, scaled: no bit is the same, and no map is another.
  @Test func scaledMap() throws {
    let result = try audit { recording in
      recording.attention[0] = MapTensor(try recording.attention[1].elements().map { 3 * $0 })
    }
    try expectWithheld(result, "exits 1, 2 of EGT have one and the same map")
    let flag = try #require(result.flags.first { $0.code == "IDENTICAL-EXITS" })
    #expect(
      flag.arm == "egt" && flag.message.contains("EGT at exit 1 is the final exit's, but for"))
  }

  /// The same of a network that looks at one place whatever the image, whose chance level is as high as its agreement.
  @Test func scaledMapOfOnePlace() throws {
    let result = try audit { recording in
      let own = try recording.attention[1].elements()
      let maps = own.enumerated().map { own[$0 % 16] + $1 / 1000 }
      recording.attention = [MapTensor(maps.map { 3 * $0 }), MapTensor(maps)]
    }
    try expectWithheld(result, "exits 1, 2 of EGT have one and the same map")
    #expect(result.flags.contains { $0.code == "SAME-MAP" })
  }

  /// EGT's early maps are made of its final ones, the baseline's in the same way of its own.
  private func expectCopies(_ make: (inout Recording, [Float]) -> Void) throws {
    // With the contrast that tells one image's map from another's.
    func arm(_ lambda: Double, _ seed: UInt64, from exit: Int) throws -> [Recording] {
      try (seed..<seed + 3).map {
        var recording = soundRecording(seed: $0, lambda: lambda, contrast: 50, finalContrast: 50)
        make(&recording, try recording.attention[exit].elements())
        return recording
      }
    }
    let result = try Auditor.audit(
      baseline: try arm(0, 1, from: 0), egt: try arm(0.3, 100, from: 1),
      options: AuditOptions(resamples: 50))
    #expect(result.flags.filter { $0.code == "IDENTICAL-EXITS" }.map(\.arm) == ["egt"])
    #expect(result.paired?.mapPremise?.reason == "exits 1, 2 of EGT have one and the same map")
  }

  /// One hook, interpolated to each exit's grid.
  @Test func resizedMap() throws {
    let (coarse, fine) = (GridSize(height: 4, width: 4), GridSize(height: 8, width: 8))
    let resampler = BilinearResampler(from: coarse, to: fine)
    try expectCopies { recording, maps in
      recording.manifest.exits[0].grid = fine
      recording.attention[0] = MapTensor(
        (0..<40).flatMap { resampler.resample(Array(maps[16 * $0..<16 * ($0 + 1)])) })
    }
  }

  /// One hook, resized in another way than an audit does: known by cosines that do not scatter.
  @Test func nearlyTheSameMap() throws {
    try expectCopies { recording, maps in
      recording.attention[0] = MapTensor(
        maps.enumerated().map { $1 * (1 + 0.03 * Float($0 % 2)) })
    }
  }

  /// Flat maps have cosines near 1 that do not scatter, and are no copies.
  @Test func flatMapsAreNoCopies() throws {
    let flat = { (seed: UInt64, lambda: Double) in
      soundRecording(seed: seed, lambda: lambda, contrast: 0.01, finalContrast: 0.01)
    }
    let result = try Auditor.audit(
      baseline: (1...3).map { flat($0, 0) }, egt: (4...6).map { flat($0, 0.3) },
      options: AuditOptions(resamples: 50))
    #expect(try #require(result.egt.exits[0].consistency).cosine.value > 0.9999)
    #expect(result.flags.contains { $0.code == "COLLAPSE" })
    #expect(!result.flags.contains { $0.code == "IDENTICAL-EXITS" })
  }

  @Test func nothingSpeaksAgainstASoundComparison() throws {
    let result = try audit { _ in }
    #expect(result.flags == [] && result.paired?.mapPremise == nil)
    #expect(result.paired?.mean[.cosine]?.finding != nil)
  }
}
