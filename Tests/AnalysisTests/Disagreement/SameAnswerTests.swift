import Analysis
import Recordings
import TensorCore
import TestSupport
import Testing

/// The same answer from different maps, on 2×2 grids that need no interpolation.
struct SameAnswerTests {
  /// Two exits with the same map; `isRight` of the final exit.
  private func recording(_ maps: [[Float]], right: [Int]? = nil) -> Recording {
    let answers = right ?? [Int](repeating: 1, count: maps.count)
    return DisagreementTests.recording(
      right: [[Int](repeating: 1, count: maps.count), answers], map: { sample, _ in maps[sample] })
  }

  @Test func countsAgainstTheNull() throws {
    let flat: [Float] = [1, 1, 1, 1]
    let baseline = recording([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [1, 0, 0, 0]])
    let egt = recording([[1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], flat], right: [1, 1, 0, 1])
    let (result, disagreement) = try DisagreementTests.audit([baseline], [egt])
    let models = try #require(disagreement.models)
    // Of six ordered pairs only the baseline's 0 with EGT's 1 has a cosine of 1, the others 0.
    #expect(isClose(models.null, 1.0 / 6, 1e-7))
    #expect(isClose(models.chance, 5.0 / 6, 1e-12))
    // Image 2 has another answer, image 3 no defined map in EGT.
    #expect(models.count == 2 && models.elsewhere == 1)
    #expect(models.share == WilsonInterval.estimate(1, of: 2))
    #expect(disagreement.samples.elsewhere == [1])
    #expect(
      result.samples.map { $0.finalCosine.map { ($0 * 1e9).rounded() / 1e9 } } == [1, 0, 0, nil])
  }

  @Test func listsTheLowestCosineFirst() throws {
    let baseline = recording([[Float]](repeating: [1, 0, 0, 0], count: 5))
    let egt = recording([[1, 0, 0, 0], [1, 3, 0, 0], [1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]])
    let disagreement = try DisagreementTests.audit([baseline], [egt]).disagreement
    // Cosines 1, 0.316, 0.707, 0, 0; their mean is the null, since the baseline's maps are all the same.
    #expect(isClose(disagreement.models!.null!, 0.404668, 1e-5))
    #expect(disagreement.samples.elsewhere == [3, 4, 1])
    #expect(isClose(disagreement.models!.chance!, 0.6, 1e-12))
  }

  /// Rounding must not decide where nothing tells images apart.
  @Test func mapsThatAreTheSameForAllImagesAreFromElsewhere() throws {
    let same = recording([[Float]](repeating: [0.1, 0.2, 0.3, 0.4], count: 7))
    let disagreement = try DisagreementTests.audit([same], [same]).disagreement
    for answer in [disagreement.models, disagreement.modelExits[0].sameAnswer] {
      #expect(answer?.count == 7 && answer?.elsewhere == 7 && answer?.chance == 1)
    }
  }

  @Test func takesTheNullOfTheConsistencyWithinAModel() throws {
    var random = SeededGenerator(seed: 3, stream: "same answer")
    let maps = (0..<2).map { _ in (0..<60).map { _ in uniformMap(4, &random) } }
    let recording = DisagreementTests.recording(
      right: [[Int](repeating: 1, count: 60), (0..<60).map { $0 % 3 == 0 ? 0 : 1 }]
    ) { $0 == 4 ? [.nan, 0, 0, 0] : maps[$1][$0] }
    let (result, disagreement) = try DisagreementTests.audit([recording], [recording])
    let same = try #require(disagreement.referenceExits[0].sameAnswer)
    let null = try #require(same.null)
    #expect(null == result.baseline.exits[0][.cosine]?.null)
    // 40 images with the same answer, of which image 4 has no map.
    #expect(same.count == 39)
    let cosines = result.samples.map(\.baseline.cosines[0])
    #expect(same.elsewhere == cosines.indices.count { $0 % 3 != 0 && (cosines[$0] ?? 2) <= null })
    // 1,000 of 59·58 pairs are drawn: within four standard errors of all of them.
    let places = (0..<60).filter { $0 != 4 }
    let pairs = places.flatMap { one in places.filter { $0 != one }.map { (one, $0) } }
    let share =
      Double(pairs.count { Self.cosine(maps[0][$0], maps[1][$1]) <= null }) / Double(pairs.count)
    #expect(abs(try #require(same.chance) - share) < 4 * 0.5 / 1000.0.squareRoot())
    #expect(same.chance != share)
    let again = try DisagreementTests.audit([recording], [recording]).disagreement
    #expect(again.referenceExits[0].sameAnswer?.chance == same.chance)
  }

  @Test func oneImageHasNoNull() throws {
    let one = recording([[1, 0, 0, 0]])
    let models = try DisagreementTests.audit([one], [one]).disagreement.models
    #expect(models?.count == 1 && models?.null == nil && models?.share == nil)
    #expect(models?.chance == nil && models?.elsewhere == 0)
  }

  @Test func noDefinedMapIsNothing() throws {
    let flat = recording([[1, 1, 1, 1], [2, 2, 2, 2]])
    let disagreement = try DisagreementTests.audit([flat], [flat]).disagreement
    #expect(disagreement.models == nil && disagreement.referenceExits[0].sameAnswer == nil)
    #expect(disagreement.samples.elsewhere.isEmpty)
  }

  private static func cosine(_ a: [Float], _ b: [Float]) -> Double {
    func dot(_ a: [Float], _ b: [Float]) -> Double {
      zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    return dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
  }
}
