import Datasets
import FileKit
import Testing

@Suite struct DatasetSummaryTests {
  private func split(_ pixels: [[UInt8]], _ name: String) -> ImageSplit {
    ImageSplit(
      pixels: Array(pixels.joined()), labels: pixels.map { Int($0[0]) % 2 },
      identifiers: pixels.indices.map { "\(name)\($0)" })
  }

  private func summary(
    _ training: [[UInt8]], _ validation: [[UInt8]], _ test: [[UInt8]], names: [String] = ["a", "b"]
  ) -> DatasetSummary {
    DatasetSummary(
      describing: [
        (.training, split(training, "x")), (.validation, split(validation, "y")),
        (.test, split(test, "z")),
      ], classNames: names, skipped: [])
  }

  @Test func countsPerClass() {
    let result = summary([[0, 1], [1, 1], [2, 0]], [], [[3, 3]])
    #expect(result.counts == ["training": [2, 1], "validation": [0, 0], "test": [0, 1]])
  }

  @Test func duplicatesOfOnePartAreNone() {
    #expect(summary([[0, 1], [0, 1]], [], [[3, 3]]).duplicatesAcrossSplits.isEmpty)
  }

  @Test func duplicatesAreListedWithTheirParts() {
    let result = summary([[0, 1], [5, 5], [0, 1]], [[5, 5]], [[0, 1], [3, 3]])
    #expect(
      result.duplicatesAcrossSplits.map(\.members) == [
        ["training: x0", "training: x2", "test: z0"], ["training: x1", "validation: y0"],
      ])
  }

  /// The bytes that are hashed, written out by hand.
  @Test func hashIsDefined() {
    func number(_ value: UInt8) -> [UInt8] { [value, 0, 0, 0, 0, 0, 0, 0] }
    func text(_ value: String) -> [UInt8] { number(UInt8(value.utf8.count)) + Array(value.utf8) }
    let bytes =
      number(2) + text("a") + text("b")
      + text("training") + number(1) + number(1) + text("x0") + number(2) + [7, 8]
      + text("validation") + number(0)
      + text("test") + number(1) + number(0) + text("z0") + number(2) + [4, 9]
    #expect(summary([[7, 8]], [], [[4, 9]]).hash == SHA256.of(bytes))
  }

  @Test func hashSeesEverything() {
    let base = summary([[0, 1]], [], [[2, 2]]).hash
    #expect(base == summary([[0, 1]], [], [[2, 2]]).hash)
    #expect(base != summary([[0, 2]], [], [[2, 2]]).hash)
    #expect(base != summary([], [[0, 1]], [[2, 2]]).hash)
    #expect(base != summary([[0, 1]], [], [[2, 2]], names: ["a", "c"]).hash)
    #expect(base != summary([[0, 1]], [], [[2, 2]], names: ["ab", ""]).hash)
  }
}
