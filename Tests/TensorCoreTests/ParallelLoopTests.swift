import TensorCore
import Testing

@Suite struct ParallelLoopTests {
  @Test(arguments: [0, 1, 2, 3, 1000]) func resultsComeInOrder(count: Int) {
    #expect(ParallelLoop.map(count) { 3 * $0 } == (0..<count).map { 3 * $0 })
  }

  /// A loop within a loop has no threads of its own to wait for.
  @Test func loopsWithinLoops() {
    let sums = ParallelLoop.map(20) { outer in
      ParallelLoop.map(30) { inner in
        ParallelLoop.map(4) { outer * inner * $0 }.reduce(0, +)
      }.reduce(0, +)
    }
    #expect(sums == (0..<20).map { $0 * 435 * 6 })
  }

  /// Threads are used again, and a loop that ends early leaves none behind in it.
  @Test func manyShortLoops() {
    var total = 0
    for round in 0..<5000 { total += ParallelLoop.map(3) { $0 + round }.reduce(0, +) }
    #expect(total == 5000 * 3 + 3 * (0..<5000).reduce(0, +))
  }

  @Test func progressEndsAtAll() {
    var told: [Int] = []
    ParallelLoop.forEach(300, progress: { done, _ in told.append(done) }, body: { _ in })
    #expect(told.last == 300 && told == told.sorted())
  }
}
