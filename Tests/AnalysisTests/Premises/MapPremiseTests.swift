import Analysis
import Recordings
import TensorCore
import Testing

/// Where the maps of two arms differ in more than the training, their numbers stand and nothing is found.
struct MapPremiseTests {
  private func audit(
    _ change: (inout Recording) throws -> Void, sweep: [Recording] = []
  ) throws -> AuditResult {
    try Auditor.audit(
      baseline: soundArm(lambda: 0, from: 1),
      egt: try soundArm(lambda: 0.3, from: 100, change: change),
      sweep: sweep, options: AuditOptions(resamples: 300))
  }

  private func expectWithheld(_ result: AuditResult, _ reason: String) throws {
    let paired = try #require(result.paired)
    #expect(paired.mapPremise?.reason == reason)
    for exit in paired.exits + [paired.mean] {
      for measure in [AuditMeasure.cosine, .excess, .centred, .spread] {
        guard let number = exit[measure] else { continue }
        #expect(number.delta.low != nil && number.finding == nil && number.imageFinding == nil)
      }
    }
    #expect(paired.exits[1].accuracy?.finding != nil)
  }

  @Test func otherKinds() throws {
    let result = try audit { $0.manifest.attentionKind = "gradcam" }
    try expectWithheld(
      result, "EGT’s maps are gradcam, the baseline’s of a kind that is not given")
    #expect(result.flags.map(\.code) == ["OTHER-MAPS"])
    #expect(result.flags[0].arm == "both")
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
    #expect(try #require(result.paired?.mean.cosine?.interval.low) > 0)
    try expectWithheld(
      result,
      "EGT’s maps at exits 1, 2 have another grid than the baseline’s (2×2 instead of 4×4 at exit 1)"
    )
    #expect(result.flags.contains { $0.code == "OTHER-GRIDS" })
    // A spread on another grid is another number: it proves no flattening.
    #expect(!result.flags.contains { $0.code == "FLATTENED" })
  }

  @Test func oneMapForAllExits() throws {
    let result = try audit { $0.attention[0] = $0.attention[1] }
    try expectWithheld(result, "EGT’s exits 1, 2 have one and the same map")
    #expect(result.flags.contains { $0.code == "IDENTICAL-EXITS" && $0.arm == "egt" })
  }

  /// A chart over λ holds only maps that compare.
  @Test func sweepWithoutABaselineOfOtherMaps() throws {
    var other = soundRecording(seed: 200, lambda: 0.5)
    let plain = try audit({ _ in }, sweep: [other])
    #expect(plain.sweep?.lambdas == [0, 0.3, 0.5])
    other.manifest.attentionKind = "gradcam"
    let kinds = try audit({ $0.manifest.attentionKind = "gradcam" }, sweep: [other])
    #expect(kinds.sweep?.lambdas == [0.3, 0.5])
    #expect(throws: AnalysisFault.self) { try self.audit({ _ in }, sweep: [other]) }
  }

  @Test func nothingSpeaksAgainstASoundComparison() throws {
    let result = try audit { _ in }
    #expect(result.flags == [] && result.paired?.mapPremise == nil)
    #expect(result.paired?.mean.cosine?.finding != nil)
  }
}
