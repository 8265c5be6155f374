import Foundation
import TensorCore
import Testing

@Suite struct LanesTests {
  @Test(arguments: [(1, 5), (2, 5), (3, 2), (4, 0), (7, 100)])
  func partsCoverEverythingOnce(lanes: Int, total: Int) {
    let lanes = Lanes(lanes)
    let parts = (0..<lanes.count).flatMap { Array(lanes.range($0, of: total)) }
    #expect(parts == Array(0..<total))
    let sizes = (0..<lanes.count).map { lanes.range($0, of: total).count }
    #expect(sizes.max()! - sizes.min()! <= 1)
  }

  @Test func everyLaneRuns() {
    let memory = FloatMemory(zeros: 4)
    let base = memory.base
    Lanes(4).run { lane in base[lane] += Float(lane + 1) }
    #expect((0..<4).map { base[$0] } == [1, 2, 3, 4])
  }

  /// The lanes' threads serve one caller; others, and bodies that run lanes themselves, must not wait for it.
  @Test func callersAtOnceAndLanesWithinLanes() {
    let sums = ParallelLoop.map(16) { caller in
      let memory = FloatMemory(zeros: 9)
      let base = memory.base
      for _ in 0..<200 {
        Lanes(3).run { outer in
          Lanes(3).run { inner in base[3 * outer + inner] += Float(caller) }
        }
      }
      return (0..<9).map { base[$0] }
    }
    for caller in 0..<16 {
      #expect(sums[caller] == [Float](repeating: Float(200 * caller), count: 9))
    }
  }

  /// Long enough apart for threads to have gone to sleep.
  @Test func threadsWakeUpAgain() {
    let memory = FloatMemory(zeros: 2)
    let base = memory.base
    for _ in 0..<20 {
      Lanes(2).run { lane in base[lane] += 1 }
      usleep(2000)
    }
    #expect(base[0] == 20 && base[1] == 20)
  }
}
