import TensorCore
import Testing

@Suite struct SeededGeneratorTests {
  /// The generator's numbers are part of every run's bytes: they must never change.
  @Test func sequenceIsFixed() {
    var generator = SeededGenerator(seed: 1, stream: "test")
    let again = SeededGenerator(seed: 1, stream: "test")
    let numbers = (0..<4).map { _ in generator.next() }
    var copy = again
    #expect(numbers == (0..<4).map { _ in copy.next() })
    var other = SeededGenerator(seed: 1, stream: "other")
    var seeded = SeededGenerator(seed: 2, stream: "test")
    #expect(other.next() != numbers[0])
    #expect(seeded.next() != numbers[0])
  }

  @Test func normalHasUnitMoments() {
    var generator = SeededGenerator(seed: 9)
    let values = (0..<100_000).map { _ in generator.normal() }
    let mean = values.reduce(0, +) / 100_000
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 100_000
    let fourth = values.reduce(0) { $0 + $1 * $1 * $1 * $1 } / 100_000
    // Five standard errors.
    #expect(abs(mean) < 5 * 0.00316)
    #expect(abs(variance - 1) < 5 * 0.00447)
    #expect(abs(fourth - 3) < 5 * 0.031)
  }

  @Test func permutationHoldsEachOnce() {
    var generator = SeededGenerator(seed: 4)
    let order = generator.permutation(1000)
    #expect(order.sorted() == Array(0..<1000))
    #expect(order != Array(0..<1000))
    #expect(generator.permutation(0).isEmpty)
  }

  /// Counting draws is drawing: the same indices, and the same numbers after them.
  @Test(arguments: [1, 2, 7, 1000, 1 << 20])
  func countedDrawsAreTheSame(bound: Int) {
    var one = SeededGenerator(seed: 6, stream: "draws")
    var other = one
    var expected = [Float](repeating: 0, count: bound)
    for _ in 0..<3000 { expected[one.index(below: bound)] += 1 }
    var counts = [Float](repeating: 0, count: bound)
    other.draw(3000, countingInto: &counts, of: bound)
    #expect(counts == expected)
    #expect(one.next() == other.next())
  }

  @Test func uniformStaysInRange() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<10_000 {
      #expect((0..<1).contains(generator.uniform()))
      #expect((0..<7).contains(generator.index(below: 7)))
    }
  }
}
